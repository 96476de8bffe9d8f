"""What Teams takes, written down once more: what is sent is held against it, whoever made it. Cheap.

The whole truth of a card (its types, its fields) is a test's to ask; this counts.
"""

import json
from collections.abc import Iterator

from bot.platforms.teams.render.kit import Json

MESSAGE = 25_000
"""Bytes of UTF-16 that one activity may be. Teams tells of 28 000, 40 000 and 100 000, in different pages."""
FORM = 80_000
"""A form's card with what somebody has written in it: their words weigh more than the margin."""
BUTTONS = 6


def weight(said: object) -> int:
    """Bytes of UTF-16, as Teams counts them."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return 2 * len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass"))


def of_card(card: Json) -> list[str]:
    """What Teams would refuse, or not show whole; empty when the card is fine."""
    return list(_faults(card))


def _faults(card: Json) -> Iterator[str]:
    inputs: list[str] = []
    for element in _elements(card.get("body", ())):
        kind = str(element.get("type"))
        if kind.startswith("Input."):
            inputs.append(str(element.get("id", "")))
        if kind == "ActionSet" and not 0 < len(element.get("actions", ())) <= BUTTONS:
            yield f"{len(element.get('actions', ()))} buttons in a row"
    if len(card.get("actions", ())) > BUTTONS:
        yield f"{len(card['actions'])} buttons under the card"
    if "" in inputs or len(set(inputs)) < len(inputs):
        yield "an input without an id of its own"
    if not card.get("body"):
        yield "nothing to show"
    heavy, most = weight(card), FORM if inputs else MESSAGE
    if heavy > most:
        yield f"{heavy} bytes, more than {most}"


def _elements(held: object) -> Iterator[Json]:
    """Every element, wherever it stands; what a button carries is none."""
    if isinstance(held, dict):
        yield held
        for name in ("items", "rows", "cells", "columns", "fallback"):
            yield from _elements(held.get(name))
    elif isinstance(held, list | tuple):
        for inner in held:
            yield from _elements(inner)

"""Reads cards back as a person or a program would: what is said, and what is pressed."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from bot.messages.model import Button, Fact, Form, Option
from bot.platforms.teams.render.escape import visible
from bot.platforms.teams.render.forms import to_dialog, to_form_card

Json = dict[str, Any]
UNSAID = {"kind", "token", "look", "key", "link", "file", "filename"}
SPOKEN = {"text", "title", "label", "value", "altText"}
NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
TENANT = "5ca1ab1e-0000-4000-8000-0000000000aa"
PEOPLE = tuple(
    (f"{TENANT}/5ca1ab1e-0000-4000-8000-00000000000{n}", name)
    for n, name in enumerate(("Maja Ström", "Ulla Åkesson", "Nils Öhman", "Sara Lind"), 1)
)
PRESSED = "answer|1|"
OPENED = {"nonce": "0a1b2c3d", "opened_from": "1700000000001", "thread": "1700000000000"}


def form_card(form: Form, *, pressed: str = PRESSED, people: Any = PEOPLE, mark: str = "") -> Json:
    return to_form_card(form, people=people, token=pressed, mark=mark, **OPENED)


def dialog(form: Form, *, people: Any = PEOPLE) -> Json:
    return to_dialog(form, people=people, **OPENED)


def squeezed(text: str) -> str:
    """A text without its white space and what has no width: what must never be lost."""
    return "".join(visible(text).translate(NOTHING).split())


def said_in(held: object) -> str:
    """Every string of words in a card, in order, but for what stands in the place of something else."""
    return squeezed("".join(_words(held)))


def _words(held: object) -> Iterator[str]:
    match held:
        case dict():
            for name, inner in held.items():
                if name in {"fallback", "fallbackText", "speak"}:
                    continue
                if isinstance(inner, str):
                    yield inner if name in SPOKEN else ""
                else:
                    yield from _words(inner)
        case list() | tuple():
            for inner in held:
                yield from _words(inner)
        case _:
            return


def leaves(value: object) -> Iterator[str]:
    """Every string that a message or a form means somebody to read."""
    match value:
        case str():
            yield value
        case Button(label=label) | Option(label=label):
            yield label
        case BaseModel():
            for name in type(value).model_fields:
                if name not in UNSAID and name not in {"value", "errors"}:
                    yield from leaves(getattr(value, name))
            yield from getattr(value, "errors", {}).values()
            if isinstance(value, Fact):
                yield value.value
        case tuple():
            for inner in value:
                yield from leaves(inner)
        case _:
            return


def actions(held: object) -> Iterator[Json]:
    """Every button, wherever it stands."""
    if isinstance(held, dict):
        if str(held.get("type")).startswith("Action."):
            yield held
        else:
            for inner in held.values():
                yield from actions(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from actions(inner)


def inputs(card: Json) -> dict[str, Json]:
    """Every input by its id, in order."""
    return {one["id"]: one for one in _objects(card) if str(one.get("type")).startswith("Input.")}


def _objects(held: object) -> Iterator[Json]:
    if isinstance(held, dict):
        yield held
        for inner in held.values():
            yield from _objects(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from _objects(inner)

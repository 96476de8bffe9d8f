"""Slack's limits, written down once more: what is sent is held against them, whoever made it.

Independent of the rendering on purpose: it counts for itself and shares no number with it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.platforms.slack.render.limits_parts import (
    ID,
    Json,
    button,
    element,
    length,
    number,
    plain,
    rich,
    text,
)

ALL_WORDS = 10_000
POST_TEXT = 40_000
UPDATE_TEXT = 4000
VIEW_BYTES = 250_000
WORDS = frozenset({"text", "alt_text", "title", "caption", "label", "name"})


def of_message(said: str, blocks: Sequence[Json], *, update: bool = False) -> list[str]:
    """What Slack would refuse in a message; empty when it is fine."""
    return list(_message(said, blocks, UPDATE_TEXT if update else POST_TEXT))


def of_view(view: Json) -> list[str]:
    """What Slack would refuse in a modal or the Home tab; empty when it is fine."""
    return list(_view(view))


def _message(said: str, blocks: Sequence[Json], most: int) -> Iterator[str]:
    yield from text("text", said, 1, most)
    yield from _blocks(blocks, 50, MESSAGES)
    total = sum(map(length, _words(blocks)))
    if total > ALL_WORDS:
        yield f"blocks: {total} characters in all"
    for kind, many in (("data_table", 1), ("data_visualization", 2)):
        if sum(block.get("type") == kind for block in blocks) > many:
            yield f"blocks: more than {many} {kind}"
    pressed = [
        one["action_id"] for block in blocks for one in block.get("elements", ()) if "action_id" in one
    ]
    if len(set(pressed)) < len(pressed):
        yield "blocks: two buttons with one action_id"


def _view(view: Json) -> Iterator[str]:
    modal = view.get("type") == "modal"
    if not modal and view.get("type") != "home":
        yield "view: neither modal nor home"
    for name in ("title", "submit", "close"):
        if name in view or (name == "title" and modal):
            yield from plain(name, view.get(name), 24)
    blocks = view.get("blocks", ())
    yield from _blocks(blocks, 100, MODALS if modal else HOMES)
    if any(block.get("type") == "input" for block in blocks) and "submit" not in view:
        yield "submit: missing beside inputs"
    yield from text("private_metadata", view.get("private_metadata", ""), 0, 3000)
    yield from text("callback_id", view.get("callback_id", ""), 0, ID)
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "replace")) > VIEW_BYTES:
        yield "view: too many bytes"


def _blocks(blocks: Sequence[Json], most: int, allowed: Mapping[str, "Check"]) -> Iterator[str]:
    yield from number("blocks", blocks, 0, most)
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(named)) < len(named):
        yield "blocks: two with one block_id"
    for at, block in enumerate(blocks):
        kind = str(block.get("type"))
        where = f"blocks[{at}] {kind}"
        yield from text(f"{where} block_id", block.get("block_id", ""), 0, ID)
        yield from allowed.get(kind, _refused)(where, block)


def _words(held: object) -> Iterator[str]:
    """Every string of words, wherever it stands."""
    if isinstance(held, Mapping):
        for name, inner in held.items():
            if isinstance(inner, str) and name in WORDS:
                yield inner
            else:
                yield from _words(inner)
    elif isinstance(held, list | tuple):
        for inner in held:
            yield from _words(inner)


def _refused(where: str, block: Json) -> Iterator[str]:
    del block
    yield f"{where}: not allowed here"


def _header(where: str, block: Json) -> Iterator[str]:
    yield from plain(where, block.get("text"), 150)


def _divider(where: str, block: Json) -> Iterator[str]:
    if set(block) - {"type", "block_id"}:
        yield f"{where}: more than a line"


def _context(where: str, block: Json) -> Iterator[str]:
    yield from number(f"{where} elements", block.get("elements", ()), 1, 10)
    for one in block.get("elements", ()):
        yield from plain(where, one, 3000)


def _actions(where: str, block: Json) -> Iterator[str]:
    yield from number(f"{where} elements", block.get("elements", ()), 1, 25)
    for one in block.get("elements", ()):
        yield from button(where, one)


def _rich_text(where: str, block: Json) -> Iterator[str]:
    yield from number(f"{where} elements", block.get("elements", ()), 1, 1000)
    for one in block.get("elements", ()):
        if one.get("type") not in {"rich_text_section", "rich_text_list", "rich_text_quote"}:
            yield f"{where}: {one.get('type')}"
        yield from rich(where, one)


def _image(where: str, block: Json) -> Iterator[str]:
    yield from text(f"{where} alt_text", block.get("alt_text"), 1, 2000)
    if not block.get("slack_file", {}).get("id"):
        yield f"{where}: no file"


def _input(where: str, block: Json) -> Iterator[str]:
    yield from plain(f"{where} label", block.get("label"), 2000)
    if "hint" in block:
        yield from plain(f"{where} hint", block["hint"], 2000)
    yield from element(where, block.get("element", {}))


def _data_table(where: str, block: Json) -> Iterator[str]:
    rows = block.get("rows", ())
    yield from text(f"{where} caption", block.get("caption"), 1, ALL_WORDS)
    yield from number(f"{where} rows", rows, 2, 101)
    if len({len(row) for row in rows}) != 1 or not 1 <= len(rows[0]) <= 20:  # noqa: PLR2004  Slack's own
        yield f"{where}: its rows are of different lengths, or too long"
    for cell in (cell for row in rows for cell in row):
        yield from text(f"{where} cell", cell.get("text"), 1, ALL_WORDS)
    if not 1 <= block.get("page_size", 5) <= 100:  # noqa: PLR2004  Slack's own
        yield f"{where}: page_size"


def _data_visualization(where: str, block: Json) -> Iterator[str]:
    yield from text(f"{where} title", block.get("title"), 1, 50)
    chart = block.get("chart", {})
    labels = chart.get("axis_config", {}).get("categories", ())
    yield from number(f"{where} categories", labels, 1, 20)
    yield from number(f"{where} series", chart.get("series", ()), 1, 6)
    for label in labels:
        yield from text(f"{where} label", label, 1, 20)
    for series in chart.get("series", ()):
        yield from text(f"{where} series", series.get("name"), 1, 20)
        if [point.get("label") for point in series.get("data", ())] != list(labels):
            yield f"{where}: labels that are no categories"
    if len(set(labels)) < len(labels):
        yield f"{where}: a label twice"


Check = Callable[[str, Json], Iterator[str]]
HOMES: dict[str, Check] = {
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
}
MODALS: dict[str, Check] = {**HOMES, "input": _input}
MESSAGES: dict[str, Check] = {
    **HOMES,
    "image": _image,
    "data_table": _data_table,
    "data_visualization": _data_visualization,
}

"""Slack's limits as Slack would enforce them, written apart from the bot's own check: each tests the other.

Numbers: Block Kit reference, Views reference, chat.postMessage and chat.update. Each problem names where.
"""

import json
from collections.abc import Iterator
from typing import Any

MESSAGE_BLOCKS = set(
    """
    actions alert card carousel container context context_actions data_table data_visualization divider file
    header image markdown rich_text section table video
    """.split()
)
MODAL_BLOCKS = {"actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
HOME_BLOCKS = MODAL_BLOCKS
ALL_TEXT_IN_BLOCKS = 13_200
CAPS = {
    ("header", "text"): 150,
    ("section", "text"): 3000,
    ("button", "text"): 75,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("image", "title"): 2000,
    ("option", "text"): 75,
    ("option", "description"): 75,
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
}
PLAIN_ONLY = set(
    "header.text button.text input.label input.hint modal.title modal.submit modal.close".split()
)
LONGEST = dict.fromkeys(("block_id", "action_id", "callback_id", "external_id"), 255)
LONGEST |= {"value": 2000, "alt_text": 2000, "url": 3000, "private_metadata": 3000}
MOST = {"actions": 25, "context": 10, "context_actions": 5, "overflow": 5, "radio_buttons": 10}
MOST |= {"checkboxes": 10, "static_select": 100, "multi_static_select": 100}
INPUTS = set(
    """
    plain_text_input static_select multi_static_select radio_buttons checkboxes datepicker timepicker
    datetimepicker users_select multi_users_select conversations_select multi_conversations_select
    channels_select multi_channels_select external_select multi_external_select email_text_input
    url_text_input number_input rich_text_input file_input
    """.split()
)
VIEW = set("type blocks private_metadata callback_id external_id title submit close".split())


def message_problems(said: dict[str, Any], *, update: bool = False) -> list[str]:
    """What Slack would not take in these arguments of a message."""
    text, blocks = said.get("text") or "", said.get("blocks") or []
    problems = list(_blocks(blocks, MESSAGE_BLOCKS, most=50))
    if not text and not said.get("markdown_text"):
        problems.append("text: nothing for notifications and screen readers")
    if len(text) > (4000 if update else 40_000):
        problems.append(f"text: {len(text)} characters")
    if sum(len(part) for part in texts_in(blocks)) > ALL_TEXT_IN_BLOCKS:
        problems.append("msg_blocks_too_long")
    if "metadata" in said:
        problems += _metadata(said["metadata"])
    return problems


def view_problems(view: dict[str, Any]) -> list[str]:
    """What Slack would not take in a view."""
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [f"view.type: {kind}"]
    blocks = view.get("blocks") or []
    problems = list(_blocks(blocks, MODAL_BLOCKS if kind == "modal" else HOME_BLOCKS, most=100))
    if len(json.dumps(view, ensure_ascii=False).encode()) > 250_000:
        problems.append("view_too_large")
    for name in ("callback_id", "private_metadata", "external_id"):
        problems += _longest("view", name, view.get(name))
    asked = ("clear_on_close", "notify_on_close", "submit_disabled")
    problems += [f"view.{name}: yes or no" for name in asked if view.get(name) not in {None, True, False}]
    if kind == "modal":
        for name in ("title", "submit", "close"):
            problems += _text("modal", name, view.get(name))
        if not view.get("title"):
            problems.append("view.title: missing")
        if any(block.get("type") == "input" for block in blocks) and not view.get("submit"):
            problems.append("view.submit: missing, and there are inputs")
    elif any(block.get("type") == "input" for block in blocks):
        problems.append("home: an input block would never be sent")
    return problems + [f"view.{name}: unknown" for name in view if name not in VIEW | set(asked)]


def texts_in(node: object) -> Iterator[str]:
    """Every text that stands in the blocks, wherever it stands."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in {"text", "alt_text"} and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value)
    elif isinstance(node, list):
        for one in node:
            yield from texts_in(one)


def _metadata(metadata: Any) -> Iterator[str]:
    if not isinstance(metadata, dict) or set(metadata) - {"event_type", "event_payload", "entities"}:
        yield "metadata: event_type and event_payload, nothing else"
    elif metadata and not isinstance(metadata.get("event_payload"), dict):
        yield "metadata.event_payload: not an object"


def _blocks(blocks: object, allowed: set[str], *, most: int) -> Iterator[str]:
    if not isinstance(blocks, list):
        yield "blocks: not a list"
        return
    if len(blocks) > most:
        yield f"blocks: {len(blocks)} of them"
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        yield "blocks: the same block_id twice"
    for number, block in enumerate(blocks):
        where = f"blocks[{number}] {block.get('type')}"
        if block.get("type") not in allowed:
            yield f"{where}: does not belong here"
        yield from (f"{where}: {problem}" for problem in _block(block))


def _block(block: dict[str, Any]) -> Iterator[str]:
    yield from _longest("block", "block_id", block.get("block_id"))
    match block.get("type"):
        case "section":
            if not (block.get("text") or block.get("fields")):
                yield "neither text nor fields"
            yield from _text("section", "text", block.get("text"))
            yield from _fields(block.get("fields") or [])
            yield from _element(block.get("accessory") or {})
        case "header":
            yield from _text("header", "text", block.get("text"), needed=True)
        case "actions" | "context" | "context_actions" as kind:
            elements = block.get("elements") or []
            if not 0 < len(elements) <= MOST[kind]:
                yield f"{len(elements)} elements"
            ids = [one["action_id"] for one in elements if one.get("action_id")]
            if len(ids) != len(set(ids)):
                yield "the same action_id twice"
            for one in elements:
                yield from _element(one)
        case "input":
            yield from _text("input", "label", block.get("label"), needed=True)
            yield from _text("input", "hint", block.get("hint"))
            if (block.get("element") or {}).get("type") not in INPUTS:
                yield f"no input element: {block.get('element')}"
            yield from _element(block.get("element") or {})
        case "image":
            yield from _longest("image", "alt_text", block.get("alt_text"), needed=True)
            if not block.get("image_url") and not block.get("slack_file"):
                yield "no picture"
        case _:
            yield from _table_or_text(block)


def _fields(fields: list[dict[str, Any]]) -> Iterator[str]:
    if len(fields) > 10:
        yield f"{len(fields)} fields"
    yield from (f"field of {len(one['text'])}" for one in fields if not 0 < len(one["text"]) <= 2000)


def _table_or_text(block: dict[str, Any]) -> Iterator[str]:
    rows = block.get("rows") or []
    match block.get("type"):
        case "table" if len(rows) > 100 or any(len(row) > 20 for row in rows):
            yield "more than 100 × 20 cells"
        case "data_table" if not block.get("caption") or not 2 <= len(rows) <= 101:
            yield "a caption, and 2 to 101 rows"
        case "data_table" if any(len(row) > 20 for row in rows) or len({len(row) for row in rows}) > 1:
            yield "at most 20 columns, the same in each row"
        case "data_visualization" if not 0 < len(block.get("title") or "") <= 50:
            yield "a title of at most 50"
        case "markdown" if len(block.get("text") or "") > 12_000:
            yield "more than 12 000"
        case "rich_text" if not block.get("elements"):
            yield "nothing in it"
        case _:
            return


def _element(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type", "")
    if kind in {"mrkdwn", "plain_text"} and not element.get("text"):
        yield "an empty text"
    if kind == "button":
        yield from _text("button", "text", element.get("text"), needed=True)
        if element.get("style") not in {None, "primary", "danger"}:
            yield f"style {element['style']}"
    for name in ("action_id", "value", "url"):
        yield from _longest(kind, name, element.get(name))
    yield from _choices(kind, element)
    if kind == "plain_text_input":
        longest = element.get("max_length")
        if longest is not None and not 0 < longest <= 3000:
            yield f"max_length {longest}"
        if len(element.get("initial_value") or "") > (longest or 3000):
            yield "initial_value longer than max_length"
    placeholder = element.get("placeholder") or {}
    if len(placeholder.get("text", "")) > 150:
        yield "placeholder over 150"
    confirm = element.get("confirm") or {}
    for name, longest in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if confirm and not 0 < len((confirm.get(name) or {}).get("text", "")) <= longest:
            yield f"confirm.{name}"


def _choices(kind: str, element: dict[str, Any]) -> Iterator[str]:
    groups = element.get("option_groups") or []
    if len(groups) > 100:
        yield f"{len(groups)} option groups"
    lists = [group.get("options") or [] for group in groups] or [element.get("options") or []]
    if kind in MOST and kind not in {"actions", "context"}:
        yield from (f"{len(one)} options" for one in lists if not 0 < len(one) <= MOST[kind])
    options = [option for one in lists for option in one]
    values = [option.get("value") for option in options]
    if len(values) != len(set(values)):
        yield "the same option value twice"
    for option in options:
        yield from _text("option", "text", option.get("text"), needed=True)
        yield from _text("option", "description", option.get("description"))
        if not 0 < len(option.get("value") or "") <= 150:
            yield f"option value of {len(option.get('value') or '')}"
    chosen = element.get("initial_options") or filter(None, [element.get("initial_option")])
    yield from ("initial option is not among the options" for one in chosen if one not in options)


def _text(kind: str, name: str, text: dict[str, Any] | None, *, needed: bool = False) -> Iterator[str]:
    if text is None:
        if needed:
            yield f"{name}: missing"
        return
    if text.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"{name}: type {text.get('type')}"
    if f"{kind}.{name}" in PLAIN_ONLY and text.get("type") != "plain_text":
        yield f"{name}: only plain_text"
    if not 0 < len(text.get("text") or "") <= CAPS[kind, name]:
        yield f"{name}: {len(text.get('text') or '')} characters"


def _longest(kind: str, name: str, value: str | None, *, needed: bool = False) -> Iterator[str]:
    if needed and not value:
        yield f"{kind}.{name}: missing"
    if value is not None and len(value) > LONGEST[name]:
        yield f"{kind}.{name}: {len(value)} characters"

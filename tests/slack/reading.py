"""What a person reads in Slack's blocks: the client's side, written apart from the bot's renderer."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from bot.messages.model import (
    Block,
    Button,
    ChoiceField,
    Choices,
    DateField,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    PeopleField,
    TextField,
)
from tests.chat_reading import attached
from tests.slack.state import Json, View

LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")
ADDRESS = re.compile(r"<((?:https?|mailto):[^<>]*)>")
STRONG = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])")


def message_of(text: str, blocks: list[Json]) -> Message:
    """A message as its reader sees it: lines and buttons; where there are no blocks, its text."""
    read = attached(list(_read(blocks)))
    if not blocks:
        return Message(title=mrkdwn(text))
    first = read[0] if read and isinstance(read[0], Paragraph) else None
    return Message(title=first.text if first else text, blocks=tuple(read[1:] if first else read))


def mrkdwn(text: str) -> str:
    """Slack's own markup without its marks."""
    bare = ADDRESS.sub(r"\1", LINK.sub(r"\1", text))
    bare = re.sub(r"^&gt; ?", "", bare, flags=re.MULTILINE)
    for _ in range(3):
        bare = STRONG.sub(r"\2", bare)
    return unescape(bare).replace("\u200b", "").replace("\u2060", "")


def _read(blocks: list[Json]) -> Iterator[Block]:
    for block in blocks:
        if block["type"] == "actions":
            buttons = [one for one in block["elements"] if one["type"] == "button" and "value" in one]
            yield Choices(
                buttons=tuple(Button(label=one["text"]["text"], token=one["value"]) for one in buttons)
            )
        else:
            yield from (Paragraph(text=line) for line in _lines(block) if line)


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "section":
            yield from _said(block.get("text"))
            for one in block.get("fields") or []:
                label, parted, value = _text(one).partition("\n")
                yield f"{label.rstrip(':')}: {value}" if parted else label
        case "header" | "context":
            for one in [block["text"]] if "text" in block else block["elements"]:
                yield one["alt_text"] if one["type"] == "image" else _text(one)
        case "rich_text":
            yield from (line for one in block["elements"] for line in _rich(one))
        case "image":
            yield from _said(block.get("title"))
            yield block["alt_text"]
        case "table" | "data_table":
            yield from filter(None, [block.get("caption")])
            yield from (" | ".join(_cell(cell) for cell in row) for row in block["rows"])
        case "markdown":
            yield block["text"]
        case "data_visualization":
            yield block["title"]
        case _:
            return


def _cell(cell: Json) -> str:
    if "elements" in cell:
        return "".join(line for one in cell["elements"] for line in _rich(one))
    return str(cell.get("text", cell.get("value", "")))


def _rich(element: Json) -> Iterator[str]:
    match element["type"]:
        case "rich_text_list":
            yield from (f"• {''.join(_rich(one))}" for one in element["elements"])
        case "rich_text_quote":
            yield f"”{_inline(element)}”"
        case _:
            yield from _inline(element).split("\n")


def _inline(element: Json) -> str:
    signs = {"user": "user_id", "channel": "channel_id", "emoji": "name"}
    return "".join(
        one.get("text") or one.get("url") or one.get(signs.get(one["type"], ""), "")
        for one in element["elements"]
    )


def _said(text: Json | None) -> Iterator[str]:
    if text:
        yield from _text(text).split("\n")


def _text(text: Json) -> str:
    return mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def form_of(view: View) -> Form:
    """A modal as the person sees it; errors stand beside the fields they name."""
    body = view.body
    inputs = [block for block in body["blocks"] if block["type"] == "input"]
    errors = {block["element"]["action_id"]: view.errors.get(block["block_id"], "") for block in inputs}
    return Form(
        token=body.get("private_metadata", ""),
        title=body["title"]["text"],
        intro=tuple(attached(list(_read([block for block in body["blocks"] if block["type"] != "input"])))),
        fields=tuple(_merged([_filled(_field(block), block, view.state) for block in inputs])),
        submit=(body.get("submit") or {"text": ""})["text"],
        errors={key: said for key, said in errors.items() if said},
    )


def _merged(fields: list[FormField]) -> Iterator[FormField]:
    """A field that was laid out in several parts is read as one."""
    kept: dict[str, FormField] = {}
    for field in fields:
        before = kept.get(field.key)
        if isinstance(before, ChoiceField) and isinstance(field, ChoiceField):
            field = before.model_copy(  # noqa: PLW2901  the same field, grown
                update={"options": before.options + field.options, "value": before.value + field.value}
            )
        kept[field.key] = field
    yield from kept.values()


def _filled(field: FormField, block: Json, state: Json) -> FormField:
    """The field with what has been filled in since the form was opened."""
    known = state.get(block["block_id"], {}).get(field.key)
    if known is None:
        return field
    picked = known.get("selected_options") or filter(None, [known.get("selected_option")])
    match field:
        case ChoiceField():
            return field.model_copy(update={"value": tuple(one["value"] for one in picked)})
        case PeopleField():
            users = known.get("selected_users") or filter(None, [known.get("selected_user")])
            return field.model_copy(update={"value": tuple(users)})
        case DateField():
            return field.model_copy(update={"value": known["selected_date"] or ""})
        case TextField():
            return field.model_copy(update={"value": known.get("value") or ""})


def _field(block: Json) -> FormField:
    element: Json = block["element"]
    shared: dict[str, Any] = {
        "key": element["action_id"],
        "label": block["label"]["text"],
        "help": (block.get("hint") or {"text": ""})["text"],
        "required": not block.get("optional", False),
    }
    match element["type"]:
        case "plain_text_input":
            longest = element.get("max_length", 3000)
            return TextField(**shared, value=element.get("initial_value", ""), longest=longest)
        case "datepicker":
            return DateField(**shared, value=element.get("initial_date", ""))
        case "users_select" | "multi_users_select" as kind:
            chosen = element.get("initial_users") or filter(None, [element.get("initial_user")])
            return PeopleField(**shared, value=tuple(chosen), several=kind.startswith("multi"))
        case "file_input":
            return TextField(**shared)
        case kind:
            several = kind in {"checkboxes", "multi_static_select"}
            chosen = [one["value"] for one in chosen_at_first(element)]
            options = tuple(
                Option(value=one["value"], label=_text(one["text"])) for one in options_of(element)
            )
            return ChoiceField(**shared, options=options, several=several, value=tuple(chosen))


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups")
    return [one for group in groups for one in group["options"]] if groups else element.get("options", [])


def chosen_at_first(element: Json) -> list[Json]:
    initial = element.get("initial_option")
    return element.get("initial_options") or ([initial] if initial else [])

"""Reads payloads back as a person or a program would: what is said, and what Slack's own models say of it."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pydantic import BaseModel
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.school import Place
from bot.messages.model import Button, Fact, Option
from bot.platforms.slack.render.forms import Metadata

UNMODELLED = {"data_table", "data_visualization"}
UNSAID = {"kind", "token", "look", "key", "link", "file"}
NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
METADATA = Metadata(
    token="reply_form||", nonce="0a1b2c3d", where=Place(platform="slack", address="T1/C1")
).model_dump_json()


def squeezed(text: str) -> str:
    """A text without its white space and what has no width: what must never be lost."""
    return "".join(text.translate(NOTHING).split())


def said_in(payload: object) -> str:
    """Every string of words in a payload, in order."""
    return squeezed("".join(_words(payload)))


def heard_in(text: str) -> str:
    return squeezed(unescape(text))


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


def check_with_sdk(payload: Mapping[str, Any]) -> None:
    """Let slack_sdk's models refuse what they know."""
    for block in payload["blocks"]:
        if block["type"] not in UNMODELLED:
            parsed = Block.parse(dict(block))
            assert parsed is not None
            parsed.to_dict()
    if "type" in payload:
        View(**payload).to_dict()


def _words(held: object) -> Iterator[str]:
    match held:
        case dict():
            for name, inner in held.items():
                if isinstance(inner, str):
                    yield inner if name in {"text", "caption", "initial_value", "alt_text"} else ""
                else:
                    yield from _words(inner)
        case list() | tuple():
            for inner in held:
                yield from _words(inner)
        case _:
            return

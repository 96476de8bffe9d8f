"""Reads payloads back as a person or a program would: what is said, and what Slack's own models say of it."""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.school import Place
from bot.platforms.slack.render.forms import Metadata
from tests.platforms.anything import squeezed

UNMODELLED = {"data_table", "data_visualization"}
METADATA = Metadata(
    token="reply_form||", nonce="0a1b2c3d", where=Place(platform="slack", address="T1/C1")
).model_dump_json()


def said_in(payload: object) -> str:
    """Every string of words in a payload, in order."""
    return squeezed("".join(_words(payload)))


def heard_in(text: str) -> str:
    return squeezed(unescape(text))


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
                    yield inner if name in {"text", "caption", "initial_value", "alt_text", "title"} else ""
                else:
                    yield from _words(inner)
        case list() | tuple():
            for inner in held:
                yield from _words(inner)
        case _:
            return

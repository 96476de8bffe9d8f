"""Slack's markup turned back into what the person saw, as text that can be stored."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from bot.platforms.legible import LONGEST, called, clean

_MARKED = re.compile(r"<([^<>]*)>")
_PERSON = re.compile(r"<@([A-Z0-9]{2,32})(?:\|[^<>]*)?>")
_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_SHORTCODE = re.compile(r":([a-z0-9_+'-]{1,100}):(?::skin-tone-([2-6]):)?")
_DEEPEST = 6
"""How far into rich text an emoji can be (a list in a quote); deeper is not read."""

Names = Mapping[str, str]


def seen(text: object, names: Names, blocks: object = ()) -> str:
    """What the sender saw: names for ids, labels for links, signs for entities and emoji."""
    if not isinstance(text, str):
        return ""
    shown = _MARKED.sub(lambda found: _label(found[1], names), text[: 4 * LONGEST])
    plain = _ENTITY.sub(lambda found: unescape(found[0]), shown)
    return clean(_with_emoji(plain, blocks) if ":" in plain else plain)


def mentioned(text: object) -> frozenset[str]:
    """Whose names a text needs: those it mentions by id alone."""
    return frozenset(_PERSON.findall(text)) if isinstance(text, str) and "<@" in text else frozenset()


def without_address(text: object, bot_user: str) -> object:
    """A message to the bot begins with its name in the channel; what is said comes after."""
    start = f"<@{bot_user}>"
    if bot_user and isinstance(text, str) and text.lstrip().startswith(start):
        return text.lstrip()[len(start) :].lstrip(" :,")
    return text


def _label(marked: str, names: Names) -> str:
    target, _, label = marked.partition("|")
    match target[:1]:
        case "@":
            return f"@{names.get(target[1:]) or called(label) or target[1:]}"
        case "#":
            return f"#{called(label) or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return label or target


def _with_emoji(text: str, blocks: object) -> str:
    """Put the sign itself where the text has its name; Slack tells both in the rich text beside it."""
    signs = {name: sign for block in _inner(blocks) for name, sign in _emoji(block, _DEEPEST)}
    if not signs:
        return text

    def sign(found: re.Match[str]) -> str:
        name, tone = found.groups()
        return signs.get(f"{name}:{tone}" if tone else name, found[0])

    return _SHORTCODE.sub(sign, text)


def _emoji(element: Any, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(element, dict) or not depth:
        return
    if element.get("type") == "emoji":
        try:
            sign = "".join(chr(int(point, 16)) for point in str(element["unicode"]).split("-"))
        except (KeyError, ValueError, OverflowError):
            return
        tone = element.get("skin_tone")
        yield (f"{element.get('name')}:{tone}" if tone else str(element.get("name"))), sign
    for inner in _inner(element.get("elements")):
        yield from _emoji(inner, depth - 1)


def _inner(elements: object) -> list[Any]:
    return elements if isinstance(elements, list) else []

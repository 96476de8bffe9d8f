"""What Teams makes of what people write, turned back into what they saw, as text that can be stored."""

import re
from html import unescape

from bot.platforms.legible import LONGEST, clean
from bot.platforms.payloads import Payload, part, parts, words

_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<>]*)</at>", re.IGNORECASE)
_QUOTED = re.compile(r"<quoted\b[^<>]*>(?:[^<>]*</quoted>)?", re.IGNORECASE)
_SHOWN = re.compile(r"<(?:img|emoji)\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt=\"([^\"<>]*)\"", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|tr|h[1-6]|blockquote|pre)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--[^<>]*-->", re.IGNORECASE)
_NBSP = "\u00a0"
_BLANK = f" {_NBSP}"
_AFTER_NAME = " :,\n"
"""What people write between the name of the one they speak to and what they say."""


def ours(identity: object, bot: str) -> bool:
    """Whether an account is the bot's own, with or without what Teams puts before it."""
    given = identity.removeprefix("28:").lower() if isinstance(identity, str) else ""
    return bool(given) and given == bot.removeprefix("28:").lower()


def mentions(activity: Payload, bot: str) -> frozenset[str]:
    """How the bot is mentioned in the text: the whole of each `<at>…</at>` that is its own."""
    found = (one for one in parts(activity, "entities") if one.get("type") == "mention")
    return frozenset(words(one, "text") for one in found if ours(part(one, "mentioned").get("id"), bot)) - {
        ""
    }


def seen(activity: Payload, own: frozenset[str]) -> str:
    """What the sender saw: names for mentions, signs for entities; our own name and quotes are gone."""
    given = words(activity, "text")[: 4 * LONGEST]
    text = _without(_QUOTED.sub("", given), own)
    if words(activity, "textFormat") in {"xml", "html"}:
        plain = _from_html(text)
    else:
        plain = clean(unescape(_AT.sub(r"\1", text)).replace(_NBSP, " "))
    return plain.lstrip(_AFTER_NAME) if own else plain


def seen_elsewhere(message: Payload, bot: str) -> str:
    """The words of a message that somebody points at: its body is HTML, and its mentions are numbered."""
    body, own = part(message, "body"), set()
    for one in parts(message, "mentions"):
        name, number = words(one, "mentionText"), one.get("id")
        if ours(part(part(one, "mentioned"), "application").get("id"), bot) and name:
            own |= {f"<at>{name}</at>", f'<at id="{number}">{name}</at>'} | _tagged(name)
    text = _without(words(body, "content")[: 4 * LONGEST], frozenset(own))
    plain = _from_html(text) if words(body, "contentType") == "html" else clean(text)
    return plain.lstrip(_AFTER_NAME) if own else plain


def _tagged(mention: str) -> set[str]:
    return {mention} if _AT.fullmatch(mention) else set()


def _without(text: str, own: frozenset[str]) -> str:
    for mention in sorted(own, key=len, reverse=True):
        first, *rest = text.split(mention)
        text = " ".join((first.rstrip(_BLANK), *(piece.strip(_BLANK) for piece in rest))) if rest else text
    return text


def _from_html(text: str) -> str:
    """The words in a piece of HTML, with the line breaks that were seen."""
    shown = _SHOWN.sub(_alt, _BREAK.sub("\n", text[: 4 * LONGEST]))
    plain = unescape(_TAG.sub("", shown)).replace(_NBSP, " ")
    return clean("\n".join(line.strip(" \t") for line in plain.split("\n")))


def _alt(tag: re.Match[str]) -> str:
    said = _ALT.search(tag[1])
    return said[1] if said else ""

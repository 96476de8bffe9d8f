"""People's words made safe for a card: nothing in them is read as markup or turns the line around."""

import re

from bot.platforms.cutting import shortened

EMPTY = "–"
"""What stands where a card wants words and there are none."""
JOINER = "\u2060"
"""Has no width; before a list's number or dash it makes the line an ordinary one."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_NOTHING = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_INSIDE = re.compile(
    r"[*_\[\]<>`\\~|{}$\t\n]|&(?=#?\w+;)|://|www\.|(?<=\w)@(?=\w)|(?<=[^\W\d])\.(?=[^\W\d]{2})"
)
"""What Markdown, a mention, a templating function or an eager link begins with, wherever it stands."""
_FIRST = re.compile(r"\s|[-+](?:\s|$)|[-=+]+$|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$)")
"""What makes a line a list, a heading or code when it stands first."""


def visible(text: str) -> str:
    """Return the text without what no screen can show or what turns it around, its lines broken one way."""
    if text.isprintable():
        return text
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_said(text: str) -> bool:
    """Whether anything is left to read."""
    return bool(visible(text).strip(_NOTHING))


def is_tame(text: str) -> bool:
    """Whether a reader of Markdown shows the (visible) text as it stands, in one line."""
    return not (_INSIDE.search(text) or _FIRST.match(text))


def headed(text: str) -> str:
    """The (visible) text as it can stand in a line of Markdown; empty where it cannot without a change."""
    if _INSIDE.search(text) or not is_said(text):
        return ""
    return JOINER + text if _FIRST.match(text) else text


def tamed(text: str) -> str:
    """What is left of a text where Markdown is read. Whoever uses this says the whole elsewhere."""
    line = " ".join(_INSIDE.sub(" ", visible(text)).split())
    return (JOINER + line if _FIRST.match(line) else line) or EMPTY


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(visible(text).split()) or EMPTY


def brief(text: str, most: int) -> str:
    """The text in one line of at most `most`, cut at a word. Whoever uses this says the whole elsewhere."""
    return shortened(flat(text), most)

"""People's words made safe for a card: nothing in them is read as markup or turns the line around."""

import re

from bot.platforms.legible import EMPTY, is_said, visible

JOINER = "\u2060"
"""Has no width; before a list's number or dash it makes the line an ordinary one."""

_INSIDE = re.compile(
    r"[*_\[\]<>`\\~|{}$\t\n]|&(?=#?\w+;)|://|www\.|(?<=\w)@(?=\w)|(?<=[^\W\d])\.(?=[^\W\d]{2})"
)
"""What Markdown, a mention, a templating function or an eager link begins with, wherever it stands."""
_FIRST = re.compile(r"\s|[-+](?:\s|$)|[-=+]+$|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$)")
"""What makes a line a list, a heading or code when it stands first."""


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

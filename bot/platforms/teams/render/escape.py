"""People's words made safe for a card: nothing in them is read as markup or turns the line around."""

import re

from bot.platforms.legible import EMPTY, is_said, visible

JOINER = "\u2060"
"""Has no width; before a list's number or dash it makes the line an ordinary one."""

_INSIDE = re.compile(
    r"[*_\[\]<>`\\~|{}$\t\n]|&(?=#?\w+;)|://|www\.|(?<=\w)@(?=\w)|(?<=[^\W\d])\.(?=[^\W\d]{2})"
)
"""What Markdown, a mention, a templating function or an eager link begins with, wherever it stands."""
_FIRST = re.compile(r"\s|[-+](?:\s|$)|[-=+][-=+\s]*$|#{1,6}(?:\s|$)|\d{1,9}[.)](?:\s|$)")
"""What makes a line a list, a heading, a rule or code when it stands first."""
_WITHIN = re.compile(
    r"[\[\]<>|{}$@]|&(?=#?\w)|(?<=[:/])/|(?<=[^\W\d])\.(?=[^\W\d]{2})|(?<=\bwww)\.", re.IGNORECASE
)
"""What means nothing to a reader of Markdown, and nothing to an eager link, with a joiner on each side."""
ALIKE = {
    ord("*"): "\u2217",
    ord("_"): "\u02cd",
    ord("`"): "\u02cb",
    ord("~"): "\u223c",
    ord("\\"): "\u2216",
}
"""Marks that are read wherever they stand, and what looks like each of them.

Who types such a mark to find a choice in a long menu finds none, nor past a joiner: a letter before it does.
"""


def is_tame(text: str) -> bool:
    """Whether a reader of Markdown shows the (visible) text as it stands, in one line."""
    return not (_INSIDE.search(text) or _FIRST.match(text))


def headed(text: str) -> str:
    """The (visible) text as it can stand in a line of Markdown; empty where it cannot without a change."""
    if _INSIDE.search(text) or not is_said(text):
        return ""
    return JOINER + text if _FIRST.match(text) else text


def inert(text: str) -> str:
    """The whole text in one line, where Markdown may be read or not: every word as it stands, nothing done.

    The marks that nothing can be put into stand as others that look the same.
    """
    line = _WITHIN.sub(rf"{JOINER}\g<0>{JOINER}", " ".join(visible(text).split()).translate(ALIKE))
    if not is_said(line):
        return EMPTY
    return JOINER + line if _FIRST.match(line) else line


def tamed(text: str) -> str:
    """What is left of a text where Markdown is read. Whoever uses this says the whole elsewhere."""
    line = " ".join(_INSIDE.sub(" ", visible(text)).split())
    return (JOINER + line if _FIRST.match(line) else line) or EMPTY

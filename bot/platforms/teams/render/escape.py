"""People's words made safe for a card: nothing in them is read as markup or turns the line around."""

import re
from collections.abc import Iterator
from unicodedata import combining

EMPTY = "–"
"""What stands where a card wants words and there are none."""
JOINER = "\u2060"
"""Has no width; before a list's number or dash it makes the line an ordinary one."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_NOTHING = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_JOINED = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_BREAK = re.compile(r"\s(?=\S*$)")
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


def size(text: str) -> int:
    """Count as Teams does, in UTF-16: an emoji outside the first plane counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> Iterator[str]:
    """Cut in pieces of at most `most`, after a line or a word where there is one; nothing is dropped."""
    while size(text) > most:
        end = _end(text, most)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(visible(text).split()) or EMPTY


def brief(text: str, most: int) -> str:
    """The text in one line of at most `most`, cut at a word. Whoever uses this says the whole elsewhere."""
    line = flat(text)
    if size(line) <= most:
        return line
    return line[: _end(line, most - 1)].rstrip(" ,;:–-") + "…"


def _end(text: str, most: int) -> int:
    """Where the first piece ends: after the last line break, else the last space, else between two signs."""
    head = text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")
    if len(head) < len(text) and text[len(head)].isspace():
        return max(len(head), 1)
    line = head.rfind("\n") + 1
    if line > len(head) // 2:
        return line
    word = _BREAK.search(head)
    if word and word.end() > len(head) // 4:
        return word.end()
    end = len(head)
    while end > 1 and (combining(text[end]) or _JOINED.match(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return end if end > 1 else max(len(head), 1)

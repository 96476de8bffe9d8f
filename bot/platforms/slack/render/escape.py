"""People's words made safe for Slack: nothing in them pings, links or is cut without a trace."""

import re
from collections.abc import Iterator
from unicodedata import combining

EMPTY = "–"
"""What stands where Slack wants words and there are none."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOTHING = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_JOINED = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_BREAK = re.compile(r"\s(?=\S*$)")


def visible(text: str) -> str:
    """Return the text without what no screen can show, its lines broken one way."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def spoken(text: str) -> str:
    """Return the visible text, or a dash where Slack refuses emptiness."""
    shown = visible(text)
    return shown if is_said(shown) else EMPTY


def is_said(text: str) -> bool:
    """Whether anything is left to read."""
    return bool(visible(text).strip(_NOTHING))


def inert(text: str) -> str:
    """Return text that Slack's own markup reads as it stands (`<!channel>` and its kin are words)."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """Count as the strictest reader would: an emoji outside the first plane counts as two."""
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

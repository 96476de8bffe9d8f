"""Long text in pieces, as every chat counts it: nothing is dropped, and no sign is split."""

import re
from collections.abc import Iterator
from unicodedata import combining

_JOINED = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_BREAK = re.compile(r"\s(?=\S*$)")


def size(text: str) -> int:
    """Count in UTF-16, as the strictest reader would: an emoji outside the first plane counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> Iterator[str]:
    """Cut in pieces of at most `most`, after a line or a word where there is one; nothing is dropped."""
    while size(text) > most:
        end = _end(text, most)
        yield text[:end]
        text = text[end:]
    if text:
        yield text


def shortened(line: str, most: int) -> str:
    """The line in at most `most`, cut at a word. Whoever uses this says the whole elsewhere."""
    return line if size(line) <= most else line[: _end(line, most - 1)].rstrip(" ,;:–-") + "…"


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

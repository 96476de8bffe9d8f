"""A text as it is read: what looks the same becomes the same. Used by `privacy` before it searches."""

import re
import unicodedata
from typing import Literal, NamedTuple

LONGEST_CLUSTER = 8
ALREADY_PLAIN = re.compile(r"[\n\t -~åäöÅÄÖéÉüÜ”“’»…•]*")
DASHES = "‐‑‒–—―−﹣－"
UNSEEN = frozenset({"Cf", "Cc", "Cn", "Mn", "Me"})
FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0\u2800\u2400\ufffd")
"""Seen as nothing, or put by `free_text.clean` where there was nothing to see."""


class Plain(NamedTuple):
    """The shadow, and where each of its characters stands in the text; no spans if it is the text itself."""

    text: str
    spans: tuple[tuple[int, int], ...] | None


def _simple(cluster: str) -> str:
    """One plain character for what is seen as one, or nothing for what is not seen."""
    first = cluster[0]
    if (digit := unicodedata.digit(first, None)) is not None:
        return str(digit)
    category = unicodedata.category(first)
    if first not in "\n\t" and (category in UNSEEN or first in FILLERS):
        return ""
    if category.startswith("Z"):
        return " "
    if first in DASHES:
        return "-"
    form: Literal["NFC", "NFKC"] = "NFKC" if "！" <= first <= "～" else "NFC"
    return unicodedata.normalize(form, cluster[:LONGEST_CLUSTER])[0]


def _is_mark(text: str, at: int) -> bool:
    """Whether a raised or ringed digit marks a note beside a number: "²2026". It is no part of the number."""
    if text[at].isdecimal() or not text[at].isdigit():
        return False
    return text[at - 1 : at].isdecimal() or text[at + 1 : at + 2].isdecimal()


def is_seen(text: str) -> bool:
    """Whether there is anything in the text that a person can see."""
    return any(_simple(char).strip() for char in text)


def plain(text: str) -> Plain:
    """The text as it is read: NFC, ASCII digits and spaces, nothing invisible. Linear in its length."""
    if ALREADY_PLAIN.fullmatch(text):
        return Plain(text, None)
    shadow: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if char := " " if _is_mark(text, start) else _simple(text[start:end]):
            shadow.append(char)
            spans.append((start, end))
        start = end
    return Plain("".join(shadow), tuple(spans))

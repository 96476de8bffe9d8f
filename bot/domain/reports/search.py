"""Search among texts: stems and misspellings, newest first. What matches is shown, never merged.

A text matches when every word of the query is there: as it stands, as another form of the word, as a part
of a compound ("läslyft" in "läslyftet"), without rings and dots, or misspelt.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from bot.domain.reports.ranker import COMMON, sentences, shorten, stem
from bot.domain.value import Value

WORD = re.compile(r"[^\W_]+")
PART_OF_COMPOUND: Final = 4
FUZZY_FROM: Final = 5
LIKE_SHORT: Final = 84
LIKE_LONG: Final = 80
LONG: Final = 8
SAME = {"åk": "årskurs", "ak": "årskurs"}
GRADE = re.compile(r"(\d{1,2})([a-z])?")


class Searchable(Value):
    """A text one may read, and when it was written."""

    id: str
    text: str
    at: datetime


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """The stem without rings and dots: "Läsningen" and "lasning" are one."""
    plain = unicodedata.normalize("NFD", stem(word))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _words(text: str) -> frozenset[str]:
    written = unicodedata.normalize("NFC", text).casefold()
    found = (SAME.get(word, word) for word in WORD.findall(written))
    return frozenset(_folded(word) for word in found if word not in COMMON)


def _same_grade(sought: str, word: str) -> bool:
    """Whether "4a" is sought in "åk 4" or "4" in "4a"; but "4a" is not "4b"."""
    one, other = GRADE.fullmatch(sought), GRADE.fullmatch(word)
    if one is None or other is None or one[1] != other[1]:
        return False
    return one[2] is None or other[2] is None or one[2] == other[2]


def _alike(sought: str, words: Iterable[str]) -> frozenset[str]:
    """The words that one word of a query stands for."""
    from rapidfuzz import fuzz, process

    if sought[0].isdigit():
        return frozenset(word for word in words if _same_grade(sought, word))
    alike = {word for word in words if word == sought}
    if len(sought) >= PART_OF_COMPOUND:
        alike |= {word for word in words if word.startswith(sought) or word.endswith(sought)}
    if len(sought) >= FUZZY_FROM:
        cutoff = LIKE_LONG if len(sought) >= LONG else LIKE_SHORT
        alike |= {
            word for word, _, _ in process.extract_iter(sought, words, scorer=fuzz.ratio, score_cutoff=cutoff)
        }
    return frozenset(alike)


def matches(query: str, texts: Sequence[Searchable]) -> tuple[Searchable, ...]:
    """The texts that have every word of the query, newest first."""
    sought = _words(query)
    if not sought:
        return ()
    indexed = [(text, _words(text.text)) for text in texts]
    vocabulary = sorted(frozenset[str]().union(*(words for _, words in indexed)))
    wanted = [_alike(word, vocabulary) for word in sorted(sought)]
    found = [text for text, words in indexed if all(not words.isdisjoint(one) for one in wanted)]
    return tuple(sorted(found, key=lambda text: text.at, reverse=True))


def quote(query: str, text: str) -> str:
    """The first sentence that has most of the query, word for word: what to show beside the link."""
    sought = _words(query)

    def hits(sentence: str) -> int:
        words = _words(sentence)
        return sum(not words.isdisjoint(_alike(word, words)) for word in sought)

    return shorten(max(sentences(text), key=hits, default=""))

"""Search among texts: stems and misspellings, newest first. What matches is shown, never merged.

A text matches when every word of the query is there: as it stands, as another form of the word, as a part
of a compound ("läslyft" in "läslyftet"), without rings and dots, or misspelt. A misspelling may hide the
form ("trygghett" has no stem we know), so words are compared as they are written too, more strictly.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from bot.domain.marks import unmarked
from bot.domain.reports.ranker import COMMON, sentences, shorten, stem
from bot.domain.value import Value

WORD = re.compile(r"(?:åk|ak|årskurs|arskurs)(?=\d)|[^\W_]+")
PART_OF_COMPOUND: Final = 4
FUZZY_FROM: Final = 5
LIKE_SHORT: Final = 84
LIKE_LONG: Final = 80
LONG: Final = 8
LIKE_WRITTEN: Final = 90
"""As it is written: a letter too many or too few, or another one in a long word."""
SAME = {"åk": "årskurs", "ak": "årskurs"}
GRADE = re.compile(r"(\d{1,2})([a-z])?")


class Searchable(Value):
    """A text one may read, and when it was written."""

    id: str
    text: str
    at: datetime


class _Words(NamedTuple):
    """Words without rings and dots: their stems, and as they are written."""

    stems: frozenset[str]
    written: frozenset[str]

    def have(self, wanted: "_Words") -> bool:
        return not (self.stems.isdisjoint(wanted.stems) and self.written.isdisjoint(wanted.written))


@lru_cache(maxsize=50_000)
def _folded(word: str) -> tuple[str, str]:
    """A stem and its word: by the stem "Läsningen" and "lasning" are one."""
    return unmarked(stem(word)), unmarked(word)


def _each(text: str) -> frozenset[tuple[str, str]]:
    written = unicodedata.normalize("NFC", text).casefold()
    found = (SAME.get(word, word) for word in WORD.findall(written))
    return frozenset(_folded(word) for word in found if word not in COMMON)


def _words(text: str) -> _Words:
    each = _each(text)
    return _Words(frozenset(stem for stem, _ in each), frozenset(word for _, word in each))


def _same_grade(sought: str, word: str) -> bool:
    """Whether "4a" is sought in "åk 4" or "4" in "4a"; but "4a" is not "4b"."""
    one, other = GRADE.fullmatch(sought), GRADE.fullmatch(word)
    if one is None or other is None or one[1] != other[1]:
        return False
    return one[2] is None or other[2] is None or one[2] == other[2]


def _alike(stem: str, written: str, words: _Words) -> _Words:
    """Those of the words that one word of a query stands for."""
    long = len(written) >= FUZZY_FROM
    near = _spelt(written, words.written, LIKE_WRITTEN) if long else frozenset[str]()
    return _Words(_same(stem, words.stems), near)


def _same(sought: str, words: frozenset[str]) -> frozenset[str]:
    """The stems that one stem stands for."""
    if sought[0].isdigit():
        return frozenset(word for word in words if _same_grade(sought, word))
    alike = {word for word in words if word == sought}
    if len(sought) >= PART_OF_COMPOUND:
        alike |= {word for word in words if word.startswith(sought) or word.endswith(sought)}
    if len(sought) >= FUZZY_FROM:
        cutoff = LIKE_LONG if len(sought) >= LONG else LIKE_SHORT
        alike |= _spelt(sought, words, cutoff)
    return frozenset(alike)


def _spelt(sought: str, words: frozenset[str], cutoff: int) -> frozenset[str]:
    """The words that are nearly spelt so; 100 is the same."""
    from rapidfuzz import fuzz, process

    near = process.extract_iter(sought, words, scorer=fuzz.ratio, score_cutoff=cutoff)
    return frozenset(word for word, _, _ in near)


def matches(query: str, texts: Sequence[Searchable]) -> tuple[Searchable, ...]:
    """The texts that have every word of the query, newest first."""
    sought = _each(query)
    if not sought:
        return ()
    indexed = [(text, _words(text.text)) for text in texts]
    none = frozenset[str]()
    vocabulary = _Words(
        none.union(*(words.stems for _, words in indexed)),
        none.union(*(words.written for _, words in indexed)),
    )
    wanted = [_alike(*word, vocabulary) for word in sought]
    found = [text for text, words in indexed if all(words.have(one) for one in wanted)]
    return tuple(sorted(found, key=lambda text: text.at, reverse=True))


def quote(query: str, text: str) -> str:
    """The first sentence that has most of the query, word for word: what to show beside the link."""
    sought = _each(query)

    def hits(sentence: str) -> int:
        words = _words(sentence)
        return sum(words.have(_alike(*word, words)) for word in sought)

    return shorten(max(sentences(text), key=hits, default=""))

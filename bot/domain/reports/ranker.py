"""The sentences of many notes that say the most, word for word (PRODUCT.md 8).

1. Cut every note into sentences, and every sentence into stems.
2. Weigh a stem by how few sentences have it (TF-IDF); a sentence is near what many say (the centroid).
3. Choose one at a time: near the centroid, far from what is chosen (MMR), a new note before a used one.

Nothing is rewritten: an excerpt is a piece of its note. The same notes always give the same answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import fsum, log, sqrt
from typing import Final, NamedTuple

from bot.domain.value import Value

LONGEST: Final = 240
SHORTLIST: Final = 60
RELEVANCE: Final = 0.65
ENOUGH_STEMS: Final = 6
SAID_BEFORE: Final = 0.8

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
BOUNDARY = re.compile(r"([.!?…])[\"”»)]*[ \t\u00a0]+(?=(\S))|\n")
LONGEST_ABBREVIATION: Final = 12
NEVER_LAST = frozenset(
    """
    t.ex bl.a s.k p.g.a f.d fr.o.m t.o.m d.v.s dvs åk v kl ca resp jfr inkl exkl nr s sid kap ex ev st mån
    tis
    """.split()
)
OFTEN_LAST = frozenset("m.m o.s.v osv m.fl etc e.d o.d tim min".split())
COMMON = frozenset(
    """
    att och i en ett det den de som på är av för med till har inte om vi ni jag man men sig så från var vid
    kan när också ska skulle nu där här eller då ut upp in mer än hade blir blev bli få får fick sin sitt
    sina vår vårt våra er ert era oss dem detta dessa denna alla allt många något några mycket bara efter
    under mellan utan hos över vad hur ha göra gör gjort lite även ju väl
    """.split()
)


class Candidate(Value):
    """A note that may be quoted; `weight` lifts or lowers it against the others."""

    id: str
    text: str
    weight: float = 1.0


class Excerpt(Value):
    """A piece of a note, word for word; it ends in "…" where a long sentence was cut."""

    id: str
    text: str


class _Sentence(NamedTuple):
    id: str
    text: str
    terms: dict[str, float]
    relevance: float


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Swedish stem of a casefolded word. A stemmer keeps state, so each call has its own."""
    from snowballstemmer.swedish_stemmer import SwedishStemmer

    return str(SwedishStemmer().stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of what carries meaning in a text."""
    return frozenset(stem(word) for word in WORD.findall(text.casefold()) if word not in COMMON)


def _ends(before: str, mark: str, following: str) -> bool:
    """Whether a sentence ends at this mark, and not just an abbreviation or an ordinal."""
    if mark != ".":
        return not following.islower()
    word = before[-LONGEST_ABBREVIATION:].split()[-1:]
    last = word[0].lstrip('("”»').casefold() if word else ""
    if last in OFTEN_LAST or last.replace(".", "").isdigit():
        return not following.islower() and not following.isdigit()
    return not (last in NEVER_LAST or len(last) == 1 or "." in last)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, word for word; a line break ends one too."""
    start = 0
    for match in BOUNDARY.finditer(text):
        before = text[max(start, match.start() - LONGEST_ABBREVIATION) : match.start()]
        if match[1] is None or _ends(before, match[1], match[2]):
            if piece := text[start : match.end()].strip():
                yield piece
            start = match.end()
    if piece := text[start:].strip():
        yield piece


def shorten(sentence: str, longest: int = LONGEST) -> str:
    """A sentence that fits, cut between words with "…" where it does not."""
    if len(sentence) <= longest:
        return sentence
    head = sentence[:longest]
    cut = head.rfind(" ", 1)
    return (head[:cut] if cut > 0 else head[:-1]).rstrip(" ,;:–-") + "…"


def _weighed(texts: Sequence[Candidate]) -> list[_Sentence]:
    """Every sentence with its TF-IDF terms (of length one) and its nearness to what is said in all."""
    pieces = [(each, piece, stems(piece)) for each in texts for piece in sentences(each.text)]
    spread = Counter(chain.from_iterable(terms for _, _, terms in pieces))
    rarity = {term: log(1 + len(pieces) / count) for term, count in spread.items()}
    centroid = {term: count * rarity[term] for term, count in spread.items()}
    weighed: list[_Sentence] = []
    for each, piece, terms in pieces:
        if not terms:
            continue
        length = sqrt(fsum(rarity[term] ** 2 for term in terms))
        near = fsum(rarity[term] * centroid[term] for term in terms) / length
        full = min(1.0, len(terms) / ENOUGH_STEMS)
        weighed.append(
            _Sentence(each.id, piece, {t: rarity[t] / length for t in terms}, near * full * each.weight)
        )
    return weighed


def _likeness(one: _Sentence, other: _Sentence) -> float:
    """Cosine: 1 says the same, 0 shares no stem. `fsum` keeps it the same whatever the order of a set."""
    return fsum(weight * other.terms[term] for term, weight in one.terms.items() if term in other.terms)


def choose(texts: Sequence[Candidate], n: int) -> tuple[Excerpt, ...]:
    """At most `n` excerpts, the most telling first; fewer where the rest only repeats what is said."""
    left = sorted(_weighed(texts), key=lambda each: -each.relevance)[: max(SHORTLIST, 4 * n)]
    highest = (left[0].relevance if left else 1.0) or 1.0
    nearest = [0.0] * len(left)
    chosen: list[_Sentence] = []
    while len(chosen) < n:
        used = {each.id for each in chosen}
        best = max(
            (place for place in range(len(left)) if nearest[place] < SAID_BEFORE),
            key=lambda place: (
                left[place].id not in used,
                RELEVANCE * left[place].relevance / highest - (1 - RELEVANCE) * nearest[place],
                -place,
            ),
            default=None,
        )
        if best is None:
            break
        chosen.append(left[best])
        nearest = [max(near, _likeness(each, left[best])) for near, each in zip(nearest, left, strict=True)]
    return tuple(Excerpt(id=each.id, text=shorten(each.text)) for each in chosen)

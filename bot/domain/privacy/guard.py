"""Personal data in free text: found before anything is saved (DOMAIN.md L2, L6, C8).

The check is local and pure, and it reads the text as a person would: invisible characters, wide digits and
odd spaces change nothing. Spans always refer to the text that was given.

1. `plain` makes a shadow of the text, character by character, and remembers where each came from.
2. The detectors look for what is certain first; what is found is blanked, so that nothing is found twice.
3. They look again, since a blanked "K.L." may join two halves of one sentence.
"""

from collections.abc import Iterator, Sequence

from bot.domain.privacy.case_words import CaseKind
from bot.domain.privacy.cases import Case, refers_to_case
from bot.domain.privacy.disguised import lookalikes, odd
from bot.domain.privacy.numbers import contacts, identities, near_identities
from bot.domain.privacy.people import initials, names, sensitive
from bot.domain.privacy.plain import plain
from bot.domain.privacy.words import MARKS, Hit, Kind
from bot.domain.value import Value

__all__ = ["Case", "CaseKind", "Kind", "Suspicion", "inspect", "mask", "may_keep", "refers_to_case"]

CERTAIN: frozenset[Kind] = frozenset({"personnummer", "samordningsnummer"})
ROUNDS = 4


class Suspicion(Value):
    """Something in `text[start:end]` that may point at one person; what is `certain` may never be saved."""

    kind: Kind
    start: int
    end: int
    certain: bool


def _found(text: str) -> Iterator[Hit]:
    """Everything the detectors see, the surest first."""
    yield from identities(text)
    yield from lookalikes(text)
    yield from contacts(text)
    yield from near_identities(text)
    yield from odd(text)
    yield from initials(text)
    people = list(names(text))
    yield from people
    yield from sensitive(text, people)


def _fresh(hits: Iterator[Hit], length: int) -> Iterator[Hit]:
    """The hits that overlap none before them."""
    taken = bytearray(length)
    for kind, start, end in hits:
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            yield (kind, start, end)


def _blank(text: str, hits: Sequence[Hit]) -> str:
    """The same text with a bracket of the same length where something was found."""
    parts: list[str] = []
    at = 0
    for _, start, end in sorted(hits, key=lambda hit: hit[1]):
        parts += (text[at:start], "[", "·" * (end - start - 2), "]")
        at = end
    return "".join((*parts, text[at:]))


def inspect(text: str) -> tuple[Suspicion, ...]:
    """What in the text may point at one person, in order, without overlap."""
    shadow = plain(text)
    left, found = shadow.text, list[Hit]()
    for _ in range(ROUNDS):
        hits = list(_fresh(_found(left), len(left)))
        if not hits:
            break
        found += hits
        left = _blank(left, hits)
    found.sort(key=lambda hit: hit[1])
    return tuple(
        Suspicion(
            kind=kind,
            start=shadow.spans[start][0] if shadow.spans else start,
            end=shadow.spans[end - 1][1] if shadow.spans else end,
            certain=kind in CERTAIN,
        )
        for kind, start, end in found
    )


def mask(text: str, suspicions: Sequence[Suspicion]) -> str:
    """The text with a readable mark in place of every suspicion."""
    parts: list[str] = []
    at = 0
    for suspicion in sorted(suspicions, key=lambda each: each.start):
        parts += (text[at : suspicion.start], MARKS[suspicion.kind])
        at = suspicion.end
    return "".join((*parts, text[at:]))


def may_keep(suspicions: Sequence[Suspicion]) -> bool:
    """Whether the author may save the words as they stand, with a reason: never a number that holds (C8)."""
    return not any(suspicion.certain for suspicion in suspicions)

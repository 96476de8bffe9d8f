"""A case does not belong in the bot: it is pointed to its routine and nothing is stored (DOMAIN.md L6).

A case is something done to a person, or by one, so the person decides how sure it is:

1. `SURE` says what was done, whoever it was; `TO_SOMEONE` does so if a person stands in the same clause.
2. `FIGURATIVE` words are said of things as well ("Läsningen är hotad"): a person must be their subject.
3. `PERHAPS` only names a case, or is a deed without a person; talk of the work in general is none.
4. `FIGURES`, or a story that may have ended, make a deed less than sure, never nothing.

What is not sure may be a false alarm, and its author may say so (C8).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from bot.domain.patterns import compiled
from bot.domain.privacy.case_words import (
    BACK_TO_LIFE,
    CLAUSE,
    FIGURATIVE,
    FIGURES,
    GENERAL,
    PERHAPS,
    PERHAPS_BACK,
    PERSON,
    PRETENDED,
    SENTENCE,
    STORY,
    SUPPOSED,
    SURE,
    TO_SOMEONE,
    CaseKind,
)
from bot.domain.privacy.people import names
from bot.domain.privacy.plain import plain

NEAR = 2
"""So many spaces may part the subject from a figurative word: "hon har [blivit hotad]"."""
FAR = 60
"""So many characters before the deed its person is sought."""


class Case(NamedTuple):
    """What a text seems to report. Unless it is `sure`, its author may say that it does not."""

    kind: CaseKind
    sure: bool


Likely = Literal["sure", "perhaps", "no"]


def refers_to_case(text: str) -> Case | None:
    """The case a text reports, the surest first, or nothing if it only talks of the work in general."""
    perhaps: Case | None = None
    for sentence in compiled(SENTENCE).split(plain(text).text):
        found = _in_sentence(sentence)
        if found and found.sure:
            return found
        perhaps = perhaps or found
    return perhaps


def _in_sentence(sentence: str) -> Case | None:
    if compiled(PRETENDED).search(sentence):
        return None
    said, *supposed = compiled(SUPPOSED).split(sentence, 1)
    doubtful = bool(supposed) or compiled(FIGURES).search(sentence) is not None
    perhaps: CaseKind | None = None
    for kind in SURE:
        likely = _how_likely(kind, said, BACK_TO_LIFE)
        if likely == "sure" and not doubtful:
            return Case(kind, sure=True)
        if likely == "sure" or (likely == "perhaps" and not doubtful) or _may_be_life(kind, said):
            perhaps = perhaps or kind
    return Case(perhaps, sure=False) if perhaps else None


def _may_be_life(kind: CaseKind, sentence: str) -> bool:
    """Whether a deed is told where a story may have ended: "I texten skriver eleven att hon blir slagen"."""
    return _how_likely(kind, sentence, PERHAPS_BACK) == "sure"


def _how_likely(kind: CaseKind, sentence: str, back: str) -> Likely:
    if any(_deeds(SURE[kind], sentence, back)):
        return "sure"
    done = list(_steps_from_a_person(TO_SOMEONE[kind], sentence, back))
    if any(steps is not None for steps in done):
        return "sure"
    near = [steps for steps in _steps_from_a_person(FIGURATIVE[kind], sentence, back) if steps is not None]
    if near and min(near) <= NEAR:
        return "sure"
    named = done or compiled(PERHAPS[kind]).search(sentence)
    if named and not compiled(GENERAL).search(sentence) and not compiled(STORY).search(sentence):
        return "perhaps"
    return "perhaps" if near else "no"


def _deeds(pattern: str, sentence: str, back: str) -> Iterator[re.Match[str]]:
    """What was done, save what is told of in a story: "Vi läste om en flicka som blev mobbad".

    `back` are the words that lead out of the story.
    """
    turns: list[tuple[int, bool]] | None = None
    for deed in compiled(pattern).finditer(sentence):
        if turns is None:
            turns = [(turn.start(), False) for turn in compiled(back).finditer(sentence)]
            turns = sorted(turns + [(told.start(), True) for told in compiled(STORY).finditer(sentence)])
        last = bisect_left(turns, (deed.start(),)) - 1
        if last < 0 or not turns[last][1]:
            yield deed


def _steps_from_a_person(pattern: str, sentence: str, back: str) -> Iterator[int | None]:
    """For each deed, how many spaces part it from the nearest person of its clause; None without a person."""
    persons: list[int] | None = None
    clauses: list[int] = []
    for deed in _deeds(pattern, sentence, back):
        if persons is None:
            persons = [person.end() for person in compiled(PERSON).finditer(sentence)]
            persons = sorted(persons + [end for _, _, end in names(sentence)])
            clauses = [0, *(clause.end() for clause in compiled(CLAUSE).finditer(sentence))]
        begins = max(clauses[bisect_right(clauses, deed.start()) - 1], deed.start() - FAR)
        last = bisect_right(persons, deed.end()) - 1
        found = last >= 0 and persons[last] > begins
        yield sentence.count(" ", persons[last], deed.start()) if found else None

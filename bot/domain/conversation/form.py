"""The same pack as a form: the page of questions that hold now, and what came back from it.

One interpreter decides (`Plan.walk`), so a form and a thread never disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from bot.domain.conversation.path import asking, options_at
from bot.domain.conversation.reading import Reason, folded, read
from bot.domain.effects.conversation import Ask, AskMore
from bot.domain.questions.answers import Answer, Answers
from bot.domain.questions.pack import QuestionPack
from bot.domain.questions.plan import Spot, Way
from bot.domain.value import PersonId


@dataclass(frozen=True, slots=True)
class PageRefused:
    """What to mend, by path. Nothing was stored."""

    errors: dict[str, Reason]


@dataclass(frozen=True, slots=True)
class PageAccepted:
    """All answers, the page's with those from before. `changed` are the paths it wrote."""

    answers: dict[str, Answer]
    changed: tuple[str, ...]


def form_page(pack: QuestionPack, answers: Answers) -> tuple[Ask | AskMore, ...]:
    """One field for each question that holds now, with what stands there since before."""
    way = pack.plan.walk(answers)
    return tuple(asking(spot, way, pack) for spot in way.spots)


def validate_page(
    pack: QuestionPack, answers: Answers, values: Mapping[str, tuple[str, ...]], at: datetime, by: PersonId
) -> PageRefused | PageAccepted:
    """Read a page that was sent in.

    1. A blank field passes its question by; a required one is refused, if it still holds.
    2. What was written in a field that no longer holds is kept, and does not apply.
    3. A path the pack does not have here is ignored: what comes from a client is only a claim.
    """
    way = pack.plan.walk(answers)
    merged = dict(answers)
    errors: dict[str, Reason] = {}
    changed: list[str] = []
    for spot in way.spots:
        if spot.path not in values:
            continue
        got = written(spot, values[spot.path], way, pack)
        if isinstance(got, str):
            errors[spot.path] = got
            continue
        before = merged.get(spot.path)
        answer = got.at(at, by, before)
        if before is None or not before.same_as(answer):
            merged[spot.path] = answer
            changed.append(spot.path)
    after = pack.plan.walk(merged)
    holding = {spot.path for spot in after.spots}
    wrong = {path: reason for path, reason in errors.items() if path in holding}
    return PageRefused(wrong) if wrong else PageAccepted(merged, tuple(changed))


class Written(NamedTuple):
    """What was given at a question, before who and when."""

    values: tuple[str, ...] = ()
    skipped: bool = False
    unknown: bool = False

    def at(self, at: datetime, by: PersonId, before: Answer | None) -> Answer:
        return Answer(
            values=self.values,
            at=at,
            by=by,
            version=1 if before is None else before.version + 1,
            skipped=self.skipped,
            unknown=self.unknown,
        )


SKIPPED = Written(skipped=True)
UNKNOWN = Written(unknown=True)


def written(spot: Spot, given: tuple[str, ...], way: Way, pack: QuestionPack) -> Written | Reason:
    """What these values, or these typed words, mean at this question."""
    question = spot.leaf.question
    values = read(question, given, options_at(spot, way))
    if values == "empty" and not question.required:
        return SKIPPED
    if len(given) == 1 and (isinstance(values, str) or question.kind == "text"):
        words = folded(given[0]) if len(given[0]) <= _LONGEST_WORDS else ""
        if question.dont_know and words in _meaning(pack.words.dont_know, pack.words.also_dont_know):
            return UNKNOWN
        if question.skippable and words in _meaning(pack.words.skip, pack.words.also_skip):
            return SKIPPED
    return values if isinstance(values, str) else Written(values)


_LONGEST_WORDS = 40


@lru_cache(maxsize=16)
def _meaning(word: str, also: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(folded, (word, *also)))

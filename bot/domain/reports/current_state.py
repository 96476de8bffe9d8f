"""`/nuläge`: where a school or an arbetslag stands, gaps first. Pure: rows in, one value out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import Field

from bot.domain.analysis.strength import Strength
from bot.domain.notes import Aspect, Perspective, Sign, is_to_find_out
from bot.domain.reports.gaps import Gap, TeamRound, gaps_of
from bot.domain.reports.ranker import shorten
from bot.domain.value import ArbetslagId, Value

FLOOR = 5
"""The answers of fewer people than this are never broken down (DOMAIN L3)."""

SIGNS_SHOWN = 2
"""Latest signs of each aspect: what changed, not all text."""

ASPECTS: tuple[Aspect, ...] = ("resultat", "process", "forutsattning")


class Count(Value):
    """How many notes an arbetslag has of one aspect, sign and perspective in the weeks looked at."""

    arbetslag: ArbetslagId
    aspect: Aspect
    sign: Sign
    perspective: Perspective
    n: int


class Told(Value):
    """One note as others may read it: whose arbetslag, never who."""

    note: str
    arbetslag: str
    aspect: Aspect
    sign: Sign
    text: str
    link: str | None
    at: datetime


class OpenCause(Value):
    """An explanation somebody works with: a hypothesis, with what supports it."""

    text: str
    result: str
    strength: Strength
    arbetslag: str


class Facts(Value):
    """Everything the store knows that the current state is made of.

    `scope_id` is the arbetslag, None for the whole school. `from_outside`: the reader is none of those
    who wrote, so that nothing below the floor is broken down; `writers` is how many they are, and
    `writers_in` how many in each arbetslag.
    `may_read` is False where only completion may be seen. `named` is False in shared places: numbers
    there, never names. `far`: `next_check_in` is so far off that its year is said.
    """

    scope: str
    scope_id: ArbetslagId | None
    from_outside: bool
    may_read: bool
    phase: str
    question: str
    next_phase: str
    next_check_in: datetime | None
    far: bool = False
    counts: tuple[Count, ...]
    writers: int
    writers_in: dict[ArbetslagId, int] = Field(default_factory=dict)
    latest: tuple[Told, ...]
    teams: tuple[TeamRound, ...]
    causes: tuple[OpenCause, ...]
    results_without_causes: tuple[str, ...]
    waiting: int
    minutes: int
    ceiling: int
    named: bool = True


class Spread(Value):
    """How one aspect is described, and by how many arbetslag.

    `apart` when it mostly works in some and mostly worries in others.
    """

    aspect: Aspect
    works: int
    worries: int
    teams: int
    apart: bool


class CurrentState(Value):
    """What `/nuläge` says, in its order.

    `parted`: whose words may be told apart by aspect and sign. `too_few`: some, or all, may not.
    """

    facts: Facts
    gaps: tuple[Gap, ...]
    spreads: tuple[Spread, ...]
    signs: tuple[Told, ...]
    parted: frozenset[str]
    too_few: bool
    answered: int
    asked: int


def current_state(facts: Facts) -> CurrentState:
    """Put the facts in order: gaps, spread, the latest signs, participation."""
    asked = [team for team in facts.teams if team.asked]
    all_too_few = facts.from_outside and facts.writers < FLOOR
    parted = frozenset() if all_too_few else _parted(facts)
    return CurrentState(
        facts=facts,
        gaps=tuple(_gaps(facts)),
        spreads=() if all_too_few or not facts.may_read else _spreads(facts),
        signs=_latest_signs(facts.latest, parted) if facts.may_read else (),
        parted=parted,
        too_few=all_too_few or any(not _is_enough(facts, count.arbetslag) for count in facts.counts),
        answered=sum(team.answered for team in asked),
        asked=len(asked),
    )


def _parted(facts: Facts) -> frozenset[str]:
    """The names of those whose own people reach the floor; whoever belongs there reads all of it."""
    if not facts.from_outside:
        return frozenset(told.arbetslag for told in facts.latest)
    few = {team.name for team in facts.teams if not _is_enough(facts, team.arbetslag)}
    return frozenset({team.name for team in facts.teams} - few)


def _is_enough(facts: Facts, team: ArbetslagId) -> bool:
    return not facts.from_outside or facts.writers_in.get(team, 0) >= FLOOR


def _gaps(facts: Facts) -> Iterable[Gap]:
    yield from gaps_of(facts.teams, named=facts.named)
    if results := facts.results_without_causes:
        named = (one.rstrip(".") for one in results if facts.may_read)  # the sentence has a stop of its own
        yield Gap(kind="no_causes", names=tuple(named), n=len(results))
    if facts.counts and not any(count.perspective == "barn_elever" for count in facts.counts):
        yield Gap(kind="no_voice")
    if facts.waiting:
        yield Gap(kind="waiting", n=facts.waiting)


def _spreads(facts: Facts) -> tuple[Spread, ...]:
    found = []
    for aspect in ASPECTS:
        works = _per_team(facts.counts, aspect, "fungerar")
        worries = _per_team(facts.counts, aspect, "bekymrar")
        told = _shown(facts, {*works, *worries})
        if told:
            leaning = [works.get(team, 0) - worries.get(team, 0) for team in told if _is_enough(facts, team)]
            found.append(
                Spread(
                    aspect=aspect,
                    works=sum(works.get(team, 0) for team in told),
                    worries=sum(worries.get(team, 0) for team in told),
                    teams=len(told),
                    apart=min(leaning, default=0) < 0 < max(leaning, default=0),
                )
            )
    return tuple(found)


def _shown(facts: Facts, told: set[ArbetslagId]) -> set[ArbetslagId]:
    """Whose numbers are added up: the small ones only when they reach the floor together."""
    small = {team for team in told if not _is_enough(facts, team)}
    together = sum(facts.writers_in.get(team, 0) for team in small)
    return told if together >= FLOOR else told - small


def _per_team(counts: Sequence[Count], aspect: Aspect, sign: Sign) -> dict[ArbetslagId, int]:
    found: dict[ArbetslagId, int] = defaultdict(int)
    for count in counts:
        if (count.aspect, count.sign) == (aspect, sign):
            found[count.arbetslag] += count.n
    return dict(found)


def _latest_signs(latest: Sequence[Told], parted: frozenset[str]) -> tuple[Told, ...]:
    """The newest of each aspect, one a sign first, so that both what works and what worries shows.

    Words that may not be told apart stand last, newest first: their order says nothing either. What several
    in an arbetslag said in the same words stands once. What is left to find out gives way to signs.
    """
    once = {(told.arbetslag, told.text): told for told in sorted(latest, key=_when)}
    newest = sorted(once.values(), key=_when, reverse=True)
    chosen: list[Told] = []
    for aspect in ASPECTS:
        of_aspect = [told for told in newest if told.aspect == aspect]
        works = [told for told in of_aspect if told.sign == "fungerar"][:1]
        others = [told for told in of_aspect if told not in works]
        others.sort(key=lambda told: is_to_find_out(told.note))
        chosen += (works + others)[:SIGNS_SHOWN]
    shown = [told for told in chosen if told.arbetslag in parted]
    shown += sorted((told for told in chosen if told.arbetslag not in parted), key=_when, reverse=True)
    return tuple(told.model_copy(update={"text": shorten(told.text)}) for told in shown)


def _when(told: Told) -> tuple[datetime, str]:
    return told.at, told.note

"""The week's summary for a rektor: what is new, what sticks out, what waits. Pure; quotes are verbatim."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from bot.domain.notes import Aspect
from bot.domain.reports.current_state import ASPECTS, FLOOR, Told
from bot.domain.reports.ranker import Candidate, choose
from bot.domain.reports.week_facts import NewCause, NotAsked, Raised, TeamWeek, WeekFacts, WeekNote
from bot.domain.value import ArbetslagId, Value

QUOTES_PER_TEAM = 3
BASELINE_WEEKS = 4
"""How many earlier weeks are looked at to know what is usual."""
ENOUGH_WEEKS = 2
"""… of which the arbetslag wrote in at least this many: else nothing is usual yet."""
CLEAR_RISE = 2.0
"""Times as many as in an ordinary week, and …"""
CLEARLY_MORE = 3
"""… at least this many more, before anything is said to stick out."""


class AspectCount(Value):
    aspect: Aspect
    works: int
    worries: int


class SticksOut(Value):
    """`rise`: clearly more worries than in earlier weeks. `apart`: arbetslag describe an aspect unlike."""

    kind: Literal["rise", "apart"]
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    aspect: Aspect | None = None
    n: int = 0
    usual: int = 0


class TeamSummary(Value):
    """One arbetslag's part. `counts` is None below the floor: then nothing is broken down.

    `closed`: it has answered, and its words stay with it.
    """

    arbetslag: ArbetslagId
    name: str
    n: int
    counts: tuple[AspectCount, ...] | None
    quotes: tuple[Told, ...]
    changed: int = 0
    closed: bool = False


class WeekSummary(Value):
    """What the rektor reads, in its order."""

    school: str
    week: date
    since: date
    until: date
    teams: tuple[TeamSummary, ...]
    silent: tuple[str, ...]
    sticks_out: tuple[SticksOut, ...]
    raised: tuple[Raised, ...]
    new_causes: tuple[NewCause, ...]
    not_asked: tuple[NotAsked, ...]
    missing_voice: bool
    answered: int
    asked: int

    @property
    def is_empty(self) -> bool:
        """Nobody was asked, nothing was written and nothing waits: the bot is not in use yet."""
        return not (self.teams or self.asked or self.raised or self.new_causes or self.not_asked)


def summarise(facts: WeekFacts) -> WeekSummary:
    """Make the summary.

    1. Each arbetslag that wrote: how much, of what (from five answers on), and chosen quotes.
    2. What sticks out against its own earlier weeks, and between arbetslag.
    3. What waits for the rektor, and who wrote nothing though asked.
    """
    wrote = [team for team in facts.teams if team.notes or (team.closed and team.answered)]
    notes = [note for team in facts.teams for note in team.notes]
    return WeekSummary(
        school=facts.school,
        week=facts.week,
        since=facts.since,
        until=facts.until,
        teams=tuple(_team(team) for team in wrote),
        silent=tuple(
            team.name for team in facts.teams if team.asked and not team.notes and not team.answered
        ),
        sticks_out=(*_rises(wrote), *_apart(wrote)),
        raised=facts.raised,
        new_causes=facts.new_causes,
        not_asked=facts.not_asked,
        missing_voice=bool(notes) and all(note.perspective != "barn_elever" for note in notes),
        answered=sum(team.answered > 0 for team in facts.teams if team.asked),
        asked=sum(team.asked > 0 for team in facts.teams),
    )


def digest(text: str) -> str:
    """A short mark of a text, to see whether it was changed after a summary; never to read it from."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_changed(note: str, text: str, sent: Mapping[str, str]) -> bool:
    """Whether a note that an earlier summary held (`sent`: digests by note) says something else now."""
    return note in sent and sent[note] != digest(text)


def _fresh(team: TeamWeek) -> list[WeekNote]:
    return [note for note in team.notes if not note.changed]


def _enough(notes: Sequence[WeekNote]) -> bool:
    """Whether so many have answered that what is broken down points at nobody. One may write much."""
    return len({note.writer for note in notes}) >= FLOOR


def _team(team: TeamWeek) -> TeamSummary:
    fresh = _fresh(team)
    return TeamSummary(
        arbetslag=team.arbetslag,
        name=team.name,
        n=len(fresh),
        counts=_counts(fresh) if _enough(fresh) else None,
        quotes=chosen_quotes(team.notes),
        changed=len(team.notes) - len(fresh),
        closed=team.closed,
    )


def _counts(notes: Sequence[WeekNote]) -> tuple[AspectCount, ...]:
    found = Counter((note.told.aspect, note.told.sign) for note in notes)
    return tuple(
        AspectCount(aspect=aspect, works=found[aspect, "fungerar"], worries=found[aspect, "bekymrar"])
        for aspect in ASPECTS
        if any(found[aspect, sign] for sign in ("fungerar", "bekymrar", "neutral"))
    )


def chosen_quotes(notes: Sequence[WeekNote]) -> tuple[Told, ...]:
    """Choose the sentences that say most, verbatim, each with its source."""
    by_id = {note.told.note: note.told for note in notes}
    excerpts = choose([Candidate(id=key, text=told.text) for key, told in by_id.items()], QUOTES_PER_TEAM)
    return tuple(by_id[found.id].model_copy(update={"text": found.text}) for found in excerpts)


def _rises(teams: Sequence[TeamWeek]) -> list[SticksOut]:
    found = []
    for team in teams:
        fresh = _fresh(team)
        worries = sum(note.told.sign == "bekymrar" for note in fresh)
        if not _enough(fresh) or team.weeks_before < ENOUGH_WEEKS:
            continue
        usual = team.before.get("bekymrar", 0) / team.weeks_before
        if worries >= usual * CLEAR_RISE and worries - usual >= CLEARLY_MORE:
            found.append(SticksOut(kind="rise", names=(team.name,), n=worries, usual=round(usual)))
    return found


def _apart(teams: Sequence[TeamWeek]) -> list[SticksOut]:
    """Aspects that mostly work in some arbetslag and mostly worry in others, each from the floor on."""
    found = []
    enough = [team for team in teams if _enough(_fresh(team))]
    for aspect in ASPECTS:
        leaning = {team.name: _leaning(team, aspect) for team in enough}
        works = tuple(name for name, lean in leaning.items() if lean > 0)
        worries = tuple(name for name, lean in leaning.items() if lean < 0)
        if works and worries:
            found.append(SticksOut(kind="apart", names=works, others=worries, aspect=aspect))
    return found


def _leaning(team: TeamWeek, aspect: Aspect) -> int:
    signs = Counter(note.told.sign for note in _fresh(team) if note.told.aspect == aspect)
    return signs["fungerar"] - signs["bekymrar"]

"""What is missing of each arbetslag: a time to be asked, an answer, a sign of life."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from bot.domain.value import ArbetslagId, Value

SILENT_AFTER_WEEKS = 3

GapKind = Literal[
    "no_plan", "paused", "no_channel", "silent", "no_answer", "no_causes", "no_voice", "waiting"
]


class TeamRound(Value):
    """What an arbetslag's latest check-in came to, if it was ever `asked`.

    `planned`: a time is set for its next question. `paused`: its questions rest, until a day or until
    somebody starts them; `shut` is since which day they do because the bot cannot reach its channel.
    `weeks_silent` is None when it was neither asked nor wrote of its own accord.
    """

    arbetslag: ArbetslagId
    name: str
    planned: bool
    paused: bool = False
    shut: date | None = None
    asked: bool
    answered: bool
    weeks_silent: int | None


class Gap(Value):
    """Something missing: `n` arbetslag, results or questions, and their names where they may stand.

    `since` which day, where that is known.
    """

    kind: GapKind
    names: tuple[str, ...] = ()
    n: int = 0
    since: date | None = None


def gaps_of(teams: Sequence[TeamRound], *, named: bool) -> Iterable[Gap]:
    """Tell what is missing in each; the names only where they may stand."""
    found = defaultdict[tuple[GapKind, date | None], list[str]](list)
    for team in teams:
        if not team.planned:
            found[_why_not_asked(team), team.shut if named else None].append(team.name)
    silent = [team.name for team in teams if (team.weeks_silent or 0) >= SILENT_AFTER_WEEKS]
    owing = [team.name for team in teams if team.asked and not team.answered]
    found["silent", None] = silent
    found["no_answer", None] = [name for name in owing if name not in silent]
    for (kind, since), names in found.items():
        if names:
            yield Gap(kind=kind, names=tuple(names) if named else (), n=len(names), since=since)


def _why_not_asked(team: TeamRound) -> GapKind:
    return "no_channel" if team.shut else "paused" if team.paused else "no_plan"

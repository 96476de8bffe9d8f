"""Gathering what a week's summary is made of: within the school, and no words that stay with their own."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.domain.calendar.school_year import Calendar
from bot.domain.notes import week_number
from bot.domain.reports.week_facts import NotAsked, TeamWeek, WeekFacts, WeekNote
from bot.domain.reports.weekly import BASELINE_WEEKS, WeekSummary, digest, summarise
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId, SchoolId
from storage.said import weekly
from storage.unit import UnitOfWork

FIRST_LOOK = timedelta(days=28)
"""How far back a school's first summary looks: a lov may have silenced the weeks before it."""

GRACE = timedelta(days=1)
"""How much earlier notes are looked at again, for one that was saved while a summary was made."""

WEEK = timedelta(days=7)


class Gathered(NamedTuple):
    """A summary, a mark of each note it is made of, and the latest one that was sent."""

    summary: WeekSummary
    held: dict[str, str]
    latest: weekly.Sent | None


def gather(unit: UnitOfWork, school: SchoolId, at: datetime, week: date) -> Gathered:
    """Make the summary of what came since the last one that was sent. `week` is a day in its week."""
    roster = unit.roster
    calendar = roster.calendars[school]
    teams = roster.arbetslag_of(school)
    open_teams = tuple(team for team in teams if team.kind != "elevhalsa")
    sent = weekly.sent_summaries(unit, school)
    latest = sent[0] if sent else None
    since = latest.at if latest else at - FIRST_LOOK
    held = {note: mark for one in reversed(sent) for note, mark in one.held.items()}
    notes = [
        *(
            one
            for one in weekly.notes_between(unit, open_teams, since - GRACE if latest else since, at)
            if one.told.note not in held
        ),
        *weekly.rewritten(unit, open_teams, held),
    ]
    first = min([at - WEEK, *(one.told.at for one in notes)]) if latest is None else since
    facts = WeekFacts(
        school=roster.schools[school].name,
        week=week,
        since=calendar.local(first).date(),
        until=calendar.local(at).date(),
        teams=_team_weeks(unit, calendar, teams, notes, (first, at)),
        raised=weekly.waiting_notes(unit, school, {team.id: team.name for team in teams}),
        new_causes=weekly.causes_between(unit, school, open_teams, first, at),
        not_asked=_not_asked(unit, calendar, teams, (first, at)),
    )
    return Gathered(summarise(facts), {one.told.note: digest(one.told.text) for one in notes}, latest)


def own_week(unit: UnitOfWork, team: Arbetslag, at: datetime, week: date) -> Gathered:
    """The same summary, with the words of an arbetslag for itself: what it may read of its own part."""
    gathered = gather(unit, team.school, at, week)
    mine = tuple(one for one in gathered.summary.teams if one.arbetslag == team.id)
    raised = tuple(one for one in gathered.summary.raised if one.arbetslag == team.id)
    return gathered._replace(summary=gathered.summary.model_copy(update={"teams": mine, "raised": raised}))


def _team_weeks(
    unit: UnitOfWork,
    calendar: Calendar,
    teams: Sequence[Arbetslag],
    notes: Sequence[WeekNote],
    period: tuple[datetime, datetime],
) -> tuple[TeamWeek, ...]:
    first, until = period
    school = teams[0].school if teams else SchoolId("")
    rounds = weekly.rounds_between(unit, school, first, until)
    local = calendar.local(first)
    baseline = week_number(local - BASELINE_WEEKS * WEEK), week_number(local)
    before = weekly.earlier_weeks(unit, school, teams, *baseline)
    by_team: dict[ArbetslagId, list[WeekNote]] = {team.id: [] for team in teams}
    for one in notes:
        by_team[one.arbetslag].append(one)
    nothing = weekly.Earlier({}, 0)
    return tuple(
        TeamWeek(
            arbetslag=team.id,
            name=team.name,
            notes=tuple(by_team[team.id]),
            asked=rounds.get(team.id, (0, 0))[0],
            answered=rounds.get(team.id, (0, 0))[1],
            before=before.get(team.id, nothing).signs,
            weeks_before=before.get(team.id, nothing).weeks,
            closed=team.kind == "elevhalsa",
        )
        for team in teams
    )


def _not_asked(
    unit: UnitOfWork, calendar: Calendar, teams: Sequence[Arbetslag], period: tuple[datetime, datetime]
) -> tuple[NotAsked, ...]:
    names = {team.id: team.name for team in teams}
    first, until = (calendar.local(moment) for moment in period)
    return tuple(
        NotAsked(name=names[one.arbetslag], planned=one.planned, why=one.why)
        for one in weekly.skipped_between(unit, teams, first, until)
    )

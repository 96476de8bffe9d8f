"""What a week's summary is made of and what was sent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, exists, func, select

from bot.domain.analysis.causes import Cause
from bot.domain.check_in import WhyNotAsked
from bot.domain.notes import Sign
from bot.domain.reports.week_facts import NewCause, Raised, WeekNote
from bot.domain.reports.weekly import WeekSummary, is_changed
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId, SchoolId, Value
from storage.asked.reasons import why_in
from storage.moments import to_text
from storage.said.notes import READABLE
from storage.said.reports import SAID_SOMETHING, TOLD, WAITS, told
from storage.tables import (
    analysis,
    cause,
    check_in,
    note,
    occurrence,
    participation,
    schedule,
    summary,
)
from storage.unit import UnitOfWork

KEPT = 8
"""How many earlier summaries are looked back at, to see which of their notes were changed since."""

_TEAMS: BindParameter[Any] = bindparam("teams", expanding=True)
_NOTES: BindParameter[Any] = bindparam("notes", expanding=True)
_COLUMNS = (*TOLD, note.c.perspective, note.c.author_id)
_WRITTEN = (
    select(*_COLUMNS)
    .where(
        note.c.arbetslag_id.in_(_TEAMS),
        note.c.created_at > bindparam("since"),
        note.c.created_at <= bindparam("until"),
        note.c.state.in_(READABLE),
    )
    .order_by(note.c.created_at, note.c.id)
)
_REWRITTEN = (
    select(*_COLUMNS)
    .where(note.c.id.in_(_NOTES), note.c.version > 1, note.c.state.in_(READABLE))
    .order_by(note.c.created_at, note.c.id)
)
_BEFORE = (
    select(note.c.arbetslag_id, note.c.week, note.c.sign, func.count().label("n"))
    .where(
        note.c.school_id == bindparam("school"),
        note.c.week >= bindparam("first"),
        note.c.week < bindparam("week"),
        note.c.arbetslag_id.in_(_TEAMS),
        note.c.state.in_(READABLE),
    )
    .group_by(note.c.arbetslag_id, note.c.week, note.c.sign)
)
_WAITING = select(*TOLD).where(*WAITS).order_by(note.c.created_at, note.c.id)
_ROUNDS = (
    select(
        check_in.c.arbetslag_id,
        func.count().label("asked"),
        func.count()
        .filter(exists().where(participation.c.check_in_id == check_in.c.id, SAID_SOMETHING))
        .label("answered"),
    )
    .where(
        check_in.c.school_id == bindparam("school"),
        check_in.c.opened_at > bindparam("since"),
        check_in.c.opened_at <= bindparam("until"),
    )
    .group_by(check_in.c.arbetslag_id)
)
_CAUSES = (
    select(analysis.c.arbetslag_id, cause.c.body)
    .join_from(analysis, cause, cause.c.analysis_id == analysis.c.id)
    .where(
        analysis.c.school_id == bindparam("school"),
        analysis.c.state.in_(("open", "done")),
        analysis.c.arbetslag_id.in_(_TEAMS),
        cause.c.at > bindparam("since"),
        cause.c.at <= bindparam("until"),
        cause.c.version == 1,
    )
    .order_by(cause.c.at, cause.c.analysis_id, cause.c.number)
)
_SKIPPED = (
    select(schedule.c.arbetslag_id, occurrence.c.planned_local, occurrence.c.reason)
    .join_from(schedule, occurrence, occurrence.c.schedule_id == schedule.c.id)
    .where(
        schedule.c.arbetslag_id.in_(_TEAMS),
        occurrence.c.planned_local > bindparam("since"),
        occurrence.c.planned_local <= bindparam("until"),
        occurrence.c.verdict == "skipped",
    )
    .order_by(occurrence.c.planned_local, schedule.c.arbetslag_id)
)


class Sent(Value):
    """A summary that was sent: what it said, and a mark of each note it was made of."""

    week: int
    at: datetime
    summary: WeekSummary
    held: dict[str, str]


class Earlier(NamedTuple):
    """What is usual: notes by sign over some weeks, and how many of those weeks had any."""

    signs: dict[Sign, int]
    weeks: int


class Skip(NamedTuple):
    """An occasion that was never asked, and why."""

    arbetslag: ArbetslagId
    planned: datetime
    why: WhyNotAsked


def sent_summaries(unit: UnitOfWork, school: SchoolId, most: int = KEPT) -> tuple[Sent, ...]:
    """The newest summaries of a school, newest first."""
    rows = unit.rows(
        select(summary.c.body)
        .where(summary.c.school_id == school)
        .order_by(summary.c.week.desc())
        .limit(most)
    )
    return tuple(Sent.model_validate_json(row["body"]) for row in rows)


def keep_summary(unit: UnitOfWork, school: SchoolId, sent: Sent, digest: str) -> bool:
    """Note that a school's summary of a week is sent; False when it was already."""
    same = (summary.c.school_id == school, summary.c.week == sent.week)
    if unit.rows(select(summary.c.week).where(*same)):
        return False
    row = {"week": sent.week, "digest": digest, "body": sent.model_dump_json(), "at": to_text(sent.at)}
    unit.add(summary, {"school_id": school, **row})
    return True


def notes_between(
    unit: UnitOfWork, teams: Sequence[Arbetslag], since: datetime, until: datetime
) -> tuple[WeekNote, ...]:
    """The readable notes of these arbetslag, written after `since` and until `until`."""
    values = {"teams": [team.id for team in teams], "since": to_text(since), "until": to_text(until)}
    return _week_notes(unit, unit.rows(_WRITTEN, values), teams)


def rewritten(unit: UnitOfWork, teams: Sequence[Arbetslag], held: Mapping[str, str]) -> tuple[WeekNote, ...]:
    """The notes that earlier summaries held (`held`: marks by note), and that say something else now."""
    mine = {team.id for team in teams}
    rows = [
        row
        for row in (unit.rows(_REWRITTEN, {"notes": sorted(held)}) if held else ())
        if row["arbetslag_id"] in mine and is_changed(row["id"], row["text"], held)
    ]
    found = _week_notes(unit, rows, teams)
    return tuple(one.model_copy(update={"changed": True}) for one in found)


def readable_among(unit: UnitOfWork, notes: Collection[str]) -> frozenset[str]:
    """Which of these notes may still be read: none that was removed."""
    rows = unit.rows(select(note.c.id).where(note.c.id.in_(sorted(notes)), note.c.state.in_(READABLE)))
    return frozenset(row["id"] for row in rows)


def _week_notes(unit: UnitOfWork, rows: Sequence[Any], teams: Sequence[Arbetslag]) -> tuple[WeekNote, ...]:
    said = told(unit, rows, {team.id: team.name for team in teams})
    return tuple(
        WeekNote(
            told=one, arbetslag=row["arbetslag_id"], writer=row["author_id"], perspective=row["perspective"]
        )
        for one, row in zip(said, rows, strict=True)
    )


def earlier_weeks(
    unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag], first: int, week: int
) -> dict[ArbetslagId, Earlier]:
    """Notes by sign from the week `first` up to but not including `week`."""
    values = {"school": school, "teams": [team.id for team in teams], "first": first, "week": week}
    signs: dict[ArbetslagId, dict[Sign, int]] = defaultdict(dict)
    weeks: dict[ArbetslagId, set[int]] = defaultdict(set)
    for row in unit.rows(_BEFORE, values):
        of_team = signs[row["arbetslag_id"]]
        of_team[row["sign"]] = of_team.get(row["sign"], 0) + row["n"]
        weeks[row["arbetslag_id"]].add(row["week"])
    return {team: Earlier(counted, len(weeks[team])) for team, counted in signs.items()}


def waiting_notes(unit: UnitOfWork, school: SchoolId, names: dict[ArbetslagId, str]) -> tuple[Raised, ...]:
    """What is raised to the rektor and has no reply yet, oldest first."""
    rows = [row for row in unit.rows(_WAITING, {"school": school}) if row["arbetslag_id"] in names]
    return tuple(
        Raised(
            note=one.note,
            arbetslag=row["arbetslag_id"],
            name=one.arbetslag,
            text=one.text,
            at=one.at,
            link=one.link,
        )
        for one, row in zip(told(unit, rows, names), rows, strict=True)
    )


def rounds_between(
    unit: UnitOfWork, school: SchoolId, since: datetime, until: datetime
) -> dict[ArbetslagId, tuple[int, int]]:
    """How often each arbetslag was asked, and how many of those rounds anybody has dealt with."""
    values = {"school": school, "since": to_text(since), "until": to_text(until)}
    return {row["arbetslag_id"]: (row["asked"], row["answered"]) for row in unit.rows(_ROUNDS, values)}


def causes_between(
    unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag], since: datetime, until: datetime
) -> tuple[NewCause, ...]:
    """The causes that were agreed on after `since` and until `until`."""
    values = {"school": school, "teams": [team.id for team in teams]}
    rows = unit.rows(_CAUSES, {**values, "since": to_text(since), "until": to_text(until)})
    names = {team.id: team.name for team in teams}
    found = ((names[row["arbetslag_id"]], Cause.model_validate_json(row["body"])) for row in rows)
    return tuple(NewCause(name=name, text=one.text, strength=one.strength) for name, one in found)


def skipped_between(
    unit: UnitOfWork, teams: Sequence[Arbetslag], since: datetime, until: datetime
) -> tuple[Skip, ...]:
    """The occasions planned between two local moments that were never asked, but for closed days."""
    values = {
        "teams": [team.id for team in teams],
        "since": since.replace(tzinfo=None).isoformat(timespec="minutes"),
        "until": until.replace(tzinfo=None).isoformat(timespec="minutes"),
    }
    return tuple(
        Skip(row["arbetslag_id"], datetime.fromisoformat(row["planned_local"]), why)
        for row in unit.rows(_SKIPPED, values)
        if (why := why_in(row["reason"]))
    )

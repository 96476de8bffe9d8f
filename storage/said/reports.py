"""What reports are made of. Every question here is answered from an index, however old the store is."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, exists, func, select
from sqlalchemy.engine import RowMapping

from bot.domain.check_in import CheckIn
from bot.domain.reports.current_state import Count, Told
from bot.domain.school import Arbetslag
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from storage.asked.answering import record, recorded
from storage.moments import from_text, to_text
from storage.said.notes import READABLE
from storage.tables import arbetslag, check_in, note, outbox, participation, reply, schedule
from storage.unit import UnitOfWork

LATEST = 12
"""Newest notes read of each arbetslag: enough to find one of each aspect and sign."""

READ = "read_notes"
"""What the audit calls it when somebody outside an arbetslag has its words in front of them."""

_TEAMS: BindParameter[Any] = bindparam("teams", expanding=True)
_COUNTED = (note.c.arbetslag_id, note.c.aspect, note.c.sign, note.c.perspective)
_COUNTED_NOTES = (
    note.c.school_id == bindparam("school"),
    note.c.week >= bindparam("week"),
    note.c.arbetslag_id.in_(_TEAMS),
    note.c.state.in_(READABLE),
)
_COUNTS = select(*_COUNTED, func.count().label("n")).where(*_COUNTED_NOTES).group_by(*_COUNTED)
_WRITERS = select(note.c.arbetslag_id, note.c.author_id).where(*_COUNTED_NOTES).distinct()

_older = note.alias("older")
_FROM_WHEN = (
    select(_older.c.created_at)
    .where(_older.c.arbetslag_id == arbetslag.c.id, _older.c.state.in_(READABLE))
    .order_by(_older.c.created_at.desc())
    .limit(1)
    .offset(bindparam("more"))
    .correlate(arbetslag)
    .scalar_subquery()
)
TOLD = (
    note.c.id,
    note.c.arbetslag_id,
    note.c.aspect,
    note.c.sign,
    note.c.text,
    note.c.source,
    note.c.check_in_id,
    note.c.created_at,
)
"""The columns that `told` makes its values of."""
_NEWEST = (
    select(*TOLD)
    .join_from(arbetslag, note, note.c.arbetslag_id == arbetslag.c.id)
    .where(
        arbetslag.c.id.in_(_TEAMS),
        note.c.created_at >= func.coalesce(_FROM_WHEN, ""),
        note.c.state.in_(READABLE),
    )
)
_LATEST_ROUND = (
    select(check_in.c.id)
    .where(check_in.c.arbetslag_id == arbetslag.c.id)
    .order_by(check_in.c.opened_at.desc(), check_in.c.id.desc())
    .limit(1)
    .correlate(arbetslag)
    .scalar_subquery()
)
SAID_SOMETHING = participation.c.how != "skipped"
"""Of who took part: those who count as an answer, as `check_in_round.standing` counts them."""
_ACTIVE = schedule.c.state + "" == "active"
"""Said so that no planner walks all schedules by `next_at` instead of those of one arbetslag."""
_ROUNDS = select(
    arbetslag.c.id,
    select(func.max(check_in.c.opened_at))
    .where(check_in.c.arbetslag_id == arbetslag.c.id)
    .scalar_subquery()
    .label("asked_at"),
    select(exists().where(participation.c.check_in_id == _LATEST_ROUND, SAID_SOMETHING))
    .scalar_subquery()
    .label("answered"),
    select(note.c.created_at)
    .where(note.c.arbetslag_id == arbetslag.c.id, note.c.state.in_(READABLE))
    .order_by(note.c.created_at.desc())
    .limit(1)
    .scalar_subquery()
    .label("wrote_at"),
    select(func.min(schedule.c.next_at))
    .where(schedule.c.arbetslag_id == arbetslag.c.id, _ACTIVE)
    .scalar_subquery()
    .label("next_at"),
).where(arbetslag.c.id.in_(_TEAMS))
_REPLIED = select(reply.c.note_id).where(
    reply.c.school_id == bindparam("school"), reply.c.note_id.is_not(None)
)
WAITS = (
    note.c.school_id == bindparam("school"),
    note.c.state.in_(("raised", "raised_read")),
    note.c.id.not_in(_REPLIED),
)
"""Raised to the rektor of `school`, and without a reply."""
_WAITING = select(func.count().label("n")).where(*WAITS, note.c.arbetslag_id.in_(_TEAMS))


class Round(NamedTuple):
    """How an arbetslag stands: when it was last asked, answered, last wrote, and is next asked."""

    asked_at: datetime | None
    answered: bool
    wrote_at: datetime | None
    next_at: datetime | None


def counts_since(
    unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag], week: int
) -> tuple[Count, ...]:
    """Notes by arbetslag, aspect, sign and perspective since `week` (ISO year × 100 + week)."""
    rows = unit.rows(_COUNTS, {"school": school, "week": week, "teams": [team.id for team in teams]})
    return tuple(
        Count(
            arbetslag=row["arbetslag_id"],
            aspect=row["aspect"],
            sign=row["sign"],
            perspective=row["perspective"],
            n=row["n"],
        )
        for row in rows
    )


def writers_since(
    unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag], week: int
) -> dict[ArbetslagId, set[PersonId]]:
    """Who wrote those notes, in each arbetslag: to count heads by, never to show."""
    rows = unit.rows(_WRITERS, {"school": school, "week": week, "teams": [team.id for team in teams]})
    writers = defaultdict[ArbetslagId, set[PersonId]](set)
    for row in rows:
        writers[row["arbetslag_id"]].add(row["author_id"])
    return dict(writers)


def latest_notes(unit: UnitOfWork, teams: Sequence[Arbetslag]) -> tuple[Told, ...]:
    """The newest readable notes of each arbetslag, with a link to where they were written."""
    rows = unit.rows(_NEWEST, {"teams": [team.id for team in teams], "more": LATEST - 1})
    return told(unit, rows, {team.id: team.name for team in teams})


def told(unit: UnitOfWork, rows: Sequence[RowMapping], names: dict[ArbetslagId, str]) -> tuple[Told, ...]:
    """Rows of `TOLD` as others may read them: whose arbetslag, never who."""
    links = links_to(unit, {row["check_in_id"] for row in rows if row["check_in_id"]})
    return tuple(
        Told(
            note=row["id"],
            arbetslag=names[row["arbetslag_id"]],
            aspect=row["aspect"],
            sign=row["sign"],
            text=row["text"],
            link=f"#{row['source']}" if row["source"] else links.get(row["check_in_id"]),
            at=from_text(row["created_at"]),
        )
        for row in rows
    )


def links_to(unit: UnitOfWork, check_ins: Collection[str]) -> dict[str, str]:
    """Where each round's message stands in the chat, as a link, for those that have one."""
    keys = {f"check_in:{key}": key for key in check_ins}
    if not keys:
        return {}
    rows = unit.rows(
        select(outbox.c.key, outbox.c.reference).where(
            outbox.c.key.in_(sorted(keys)), outbox.c.reference.is_not(None)
        )
    )
    return {keys[row["key"]]: f"#{row['reference']}" for row in rows}


def rounds_of(unit: UnitOfWork, teams: Sequence[Arbetslag]) -> dict[ArbetslagId, Round]:
    """How each arbetslag stands, in one statement."""

    def moment(text: str | None) -> datetime | None:
        return from_text(text) if text else None

    return {
        row["id"]: Round(
            moment(row["asked_at"]), bool(row["answered"]), moment(row["wrote_at"]), moment(row["next_at"])
        )
        for row in unit.rows(_ROUNDS, {"teams": [team.id for team in teams]})
    }


def minutes_asked(unit: UnitOfWork, school: SchoolId, since: datetime) -> dict[ArbetslagId, int]:
    """Minutes asked of each arbetslag since a moment: what the packs say they take."""
    rows = unit.rows(
        select(check_in.c.arbetslag_id, check_in.c.body).where(
            check_in.c.school_id == school, check_in.c.opened_at >= to_text(since)
        )
    )
    found: dict[ArbetslagId, int] = {}
    for row in rows:
        minutes = CheckIn.model_validate_json(row["body"]).minutes
        found[row["arbetslag_id"]] = found.get(row["arbetslag_id"], 0) + minutes
    return found


def raised_waiting(unit: UnitOfWork, school: SchoolId, teams: Sequence[Arbetslag]) -> int:
    """How many notes were raised to the rektor and have no reply yet."""
    return int(unit.rows(_WAITING, {"school": school, "teams": [team.id for team in teams]})[0]["n"])


def record_read(unit: UnitOfWork, by: PersonId, teams: Sequence[Arbetslag], at: datetime) -> None:
    """Note that somebody outside these arbetslag has read their words."""
    for team in teams:
        record(unit, by, READ, f"arbetslag:{team.id}", at)


def last_read(unit: UnitOfWork, team: ArbetslagId) -> datetime | None:
    """When somebody outside an arbetslag last read its words."""
    return recorded(unit, READ, f"arbetslag:{team}")

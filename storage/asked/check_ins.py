"""The rounds of asking: who is asked, who took part, and who is reminded when."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from bot.domain.check_in import CheckIn, Participation
from bot.domain.value import ArbetslagId, PersonId
from storage.moments import from_text, to_text
from storage.reading import read_once
from storage.tables import check_in as rounds
from storage.tables import participation, reminder
from storage.unit import UnitOfWork

NEWEST = 3
"""Rounds of a plan that are read to see who has missed them."""
MOST_AT_ONCE = 500
"""Nudges in one transaction."""

_TEAM = select(rounds.c.arbetslag_id).where(rounds.c.id == bindparam("key"))


class Reminder(NamedTuple):
    """A nudge that is due: which round, whom, and since when."""

    check_in: str
    person: PersonId
    due_at: datetime


def load_check_in(unit: UnitOfWork, key: str, *, to_answer: bool = False) -> CheckIn | None:
    """Read one round; what this unit has saved is known without asking the database.

    `to_answer`: on PostgreSQL whoever answers it at the same moment waits, so that the last one counts all.
    """
    query = select(rounds.c.body).where(rounds.c.id == key)
    return read_once(unit, "check_in", key, CheckIn, query.with_for_update() if to_answer else query)


def team_of_round(unit: UnitOfWork, key: str) -> ArbetslagId | None:
    """Whose round it is. Nobody waits for it: unlike `load_check_in` it neither locks nor reads the body."""
    seen: CheckIn | None = unit.seen.get(("check_in", key))
    if seen:
        return seen.arbetslag
    row = unit.find(_TEAM, {"key": key})
    return ArbetslagId(row[0]) if row else None


def save_check_in(unit: UnitOfWork, check_in: CheckIn, *, was: int | None) -> None:
    """Save a round; `was` is the version that was read, None when it is new."""
    unit.seen["check_in", check_in.id] = check_in
    row = {
        "id": check_in.id,
        "schedule_id": check_in.plan,
        "school_id": check_in.school,
        "arbetslag_id": check_in.arbetslag,
        "opened_at": to_text(check_in.opened_at),
        "state": check_in.state,
        "body": check_in.model_dump_json(),
        "version": check_in.version,
    }
    unit.keep(rounds, row, was=was)


def latest_check_in(unit: UnitOfWork, arbetslag: ArbetslagId) -> CheckIn | None:
    """The newest round an arbetslag was asked, open or closed."""
    found = unit.rows(
        select(rounds.c.body)
        .where(rounds.c.arbetslag_id == arbetslag)
        .order_by(rounds.c.opened_at.desc(), rounds.c.id.desc())
        .limit(1)
    )
    return CheckIn.model_validate_json(found[0]["body"]) if found else None


def rounds_of_plan(unit: UnitOfWork, arbetslag: ArbetslagId, plan: str) -> tuple[CheckIn, ...]:
    """The newest rounds of one plan of an arbetslag, newest first."""
    found = unit.rows(
        select(rounds.c.body)
        .where(rounds.c.arbetslag_id == arbetslag, rounds.c.schedule_id == plan)
        .order_by(rounds.c.opened_at.desc(), rounds.c.id.desc())
        .limit(NEWEST)
    )
    return tuple(CheckIn.model_validate_json(row["body"]) for row in found)


def open_rounds(unit: UnitOfWork, arbetslag: ArbetslagId, plan: str) -> tuple[CheckIn, ...]:
    """The rounds of one plan of an arbetslag that are still open."""
    found = unit.rows(
        select(rounds.c.body).where(
            rounds.c.arbetslag_id == arbetslag, rounds.c.schedule_id == plan, rounds.c.state == "open"
        )
    )
    return tuple(CheckIn.model_validate_json(row["body"]) for row in found)


def participations(unit: UnitOfWork, check_in: str) -> tuple[Participation, ...]:
    """Who took part in a round, and how."""
    return tuple(_taking_part(unit, check_in).values())


def take_part(unit: UnitOfWork, check_in: str, took: Participation) -> None:
    """Note how a person took part; what they did last counts."""
    known = _taking_part(unit, check_in)
    if took.person in known:
        same = (participation.c.check_in_id == check_in, participation.c.person_id == took.person)
        unit.change(update(participation).where(*same).values(how=took.how, at=to_text(took.at)))
    else:
        row = {"check_in_id": check_in, "person_id": took.person, "how": took.how, "at": to_text(took.at)}
        unit.add(participation, row)
    unit.seen["participations", check_in] = {**known, took.person: took}  # a new one: a savepoint may undo it


def _taking_part(unit: UnitOfWork, check_in: str) -> dict[PersonId, Participation]:
    known: dict[PersonId, Participation] | None = unit.seen.get(("participations", check_in))
    if known is None:
        found = unit.look_all(
            select(participation).where(participation.c.check_in_id == check_in).order_by(participation.c.at)
        )
        known = {
            PersonId(row["person_id"]): Participation(
                person=PersonId(row["person_id"]), how=row["how"], at=from_text(row["at"])
            )
            for row in found
        }
        unit.seen["participations", check_in] = known
    return known


def set_reminder(unit: UnitOfWork, check_in: str, person: PersonId, due_at: datetime) -> None:
    """Remind a person of a round at `due_at`; there is one reminder a person and round."""
    if not _settle(unit, check_in, person, state="waiting", due_at=to_text(due_at)):
        row = {
            "check_in_id": check_in,
            "person_id": person,
            "due_at": to_text(due_at),
            "state": "waiting",
        }
        unit.add(reminder, row)


def clear_reminder(unit: UnitOfWork, check_in: str, person: PersonId, state: str = "cleared") -> None:
    """Let a reminder rest: it was sent, or nobody needs it."""
    _settle(unit, check_in, person, state=state)


def reminders_due(unit: UnitOfWork, now: datetime) -> tuple[Reminder, ...]:
    """The nudges whose time has come, oldest first."""
    found = unit.rows(
        select(reminder)
        .where(reminder.c.state == "waiting", reminder.c.due_at <= to_text(now))
        .order_by(reminder.c.due_at, reminder.c.check_in_id, reminder.c.person_id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return tuple(
        Reminder(row["check_in_id"], PersonId(row["person_id"]), from_text(row["due_at"])) for row in found
    )


def _settle(unit: UnitOfWork, check_in: str, person: PersonId, **values: object) -> bool:
    same = (reminder.c.check_in_id == check_in, reminder.c.person_id == person)
    return unit.change(update(reminder).where(*same).values(**values)) > 0

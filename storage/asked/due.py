"""When something will next happen by itself."""

from datetime import datetime

from sqlalchemy import func, select

from storage.moments import from_text
from storage.post.outbox import state_is
from storage.tables import outbox, reminder, schedule
from storage.unit import UnitOfWork

_MOMENTS = (
    select(func.min(schedule.c.next_at).label("at")).where(schedule.c.state == "active"),
    select(func.min(reminder.c.due_at).label("at")).where(reminder.c.state == "waiting"),
    select(func.min(outbox.c.not_before).label("at")).where(state_is("new")),
    select(func.min(outbox.c.lease_until).label("at")).where(state_is("sending")),
)


def next_moment(unit: UnitOfWork) -> datetime | None:
    """Return the earliest moment when a schedule, a reminder or a message is due, or a doubt looked into."""
    found = [row["at"] for moment in _MOMENTS for row in unit.rows(moment) if row["at"]]
    return from_text(min(found)) if found else None


def next_check_in(unit: UnitOfWork) -> datetime | None:
    """Return when any arbetslag will next be asked."""
    asked = select(func.min(schedule.c.next_at).label("at")).where(
        schedule.c.state == "active", schedule.c.kind == "check_in"
    )
    at = unit.rows(asked)[0]["at"]
    return from_text(at) if at else None

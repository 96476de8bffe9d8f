"""What is decided of a promised message later: it is taken back, sent anyway, or counted as there."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import RowMapping

from storage.moments import to_text
from storage.post.outbox import AGAIN, NO_WORDS, Promised, promised_in, state_is, unsaid_in
from storage.tables import outbox
from storage.unit import UnitOfWork

_WITHDRAW = (
    update(outbox)
    .where(outbox.c.concerns == bindparam("about"), state_is("new"))
    .values(state="expired", why=bindparam("reason"))
)
_TAKE_BACK = (
    update(outbox)
    .where(outbox.c.key == bindparam("the_key"), state_is("new", "parked"))
    .values(state="expired", why=bindparam("reason"))
)
_change = outbox.alias("change")
_CHANGED = (
    select(_change.c.message)
    .where(_change.c.replacing == outbox.c.key, _change.c.message != NO_WORDS)
    .order_by(_change.c.seq.desc())
    .limit(1)
    .correlate(outbox)
    .scalar_subquery()
)
"""What it was to be changed to since, which it never was: nobody knew where it stood."""
_SEND_ANYWAY = (
    update(outbox)
    .where(outbox.c.key == bindparam("the_key"), state_is("uncertain", "parked", "quarantined"))
    .values(**AGAIN, expires_at=None, hours_of=None, message=func.coalesce(_CHANGED, outbox.c.message))
)
_MARK_ARRIVED = (
    update(outbox)
    .where(outbox.c.key == bindparam("the_key"), state_is("uncertain"))
    .values(state="sent", why="said to have arrived")
)


def promised_of(unit: UnitOfWork, key: str) -> Promised | None:
    """The promised message with this key, as it was promised; None too where its words cannot be read."""
    with suppress(ValidationError):
        return _promised(unit, key, promised_in)
    return None


def unsaid_of(unit: UnitOfWork, key: str) -> Promised | None:
    """The same without its words: where it was promised, and about what."""
    return _promised(unit, key, unsaid_in)


def _promised(unit: UnitOfWork, key: str, read: Callable[[RowMapping], Promised]) -> Promised | None:
    row = unit.look(select(outbox).where(outbox.c.key == key))
    return read(row) if row else None


def attempts_of(unit: UnitOfWork, key: str) -> int:
    """How often the courier has tried to send the message with this key."""
    row = unit.look(select(outbox.c.attempt).where(outbox.c.key == key))
    return int(row["attempt"]) if row else 0


def withdraw(unit: UnitOfWork, concerns: str, why: str) -> int:
    """Take back what is promised about something but not yet on its way."""
    return unit.change(_WITHDRAW, {"about": concerns, "reason": why})


def take_back(unit: UnitOfWork, key: str, why: str) -> int:
    """Take back one promised message that has not left yet; one that was refused has not."""
    return unit.change(_TAKE_BACK, {"the_key": key, "reason": why})


def send_anyway(unit: UnitOfWork, key: str, now: datetime) -> bool:
    """A person wants an uncertain, parked or quarantined message sent once more, late or not.

    It says what holds by now. False when it is not in such a state (any more): somebody was quicker.
    """
    return unit.change(_SEND_ANYWAY, {"the_key": key, "now": to_text(now)}) == 1


def mark_arrived(unit: UnitOfWork, key: str) -> bool:
    """A person has seen an uncertain message in its channel. False when it is not uncertain (any more)."""
    return unit.change(_MARK_ARRIVED, {"the_key": key}) == 1

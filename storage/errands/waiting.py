"""What waits for somebody who could not be reached."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from bot.messages.delivery import Why
from storage.moments import from_text, to_text
from storage.post.outbox import state_is
from storage.tables import outbox
from storage.unit import UnitOfWork


class Waiting(NamedTuple):
    """A promised message that is parked: its key, its lane, and since when it should have gone out."""

    key: str
    lane: str
    since: datetime


def unreachable(unit: UnitOfWork, beginning: str, since: datetime) -> tuple[Waiting, ...]:
    """Return what is parked because its reader is unreachable, in the lanes that begin so, oldest first."""
    rows = unit.rows(
        select(outbox.c.key, outbox.c.lane, outbox.c.not_before)
        .where(
            state_is("parked"),
            outbox.c.why == Why.UNREACHABLE.value,
            outbox.c.not_before > to_text(since),
            outbox.c.lane.startswith(beginning, autoescape=True),
        )
        .order_by(outbox.c.seq)
    )
    return tuple(Waiting(row["key"], row["lane"], from_text(row["not_before"])) for row in rows)

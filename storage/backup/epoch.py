"""The restore epoch: the moment a copy became the store. What was unsent in it may have been sent since."""

from datetime import UTC, datetime

from sqlalchemy import and_, case, delete, func, or_, select, update

from storage.asked.plans import set_mark
from storage.moments import from_text, to_text
from storage.post.outbox import state_is
from storage.tables import inbox, mark, outbox
from storage.unit import UnitOfWork

COPIED_AT = "copied_at"
"""The mark that only a copy has: as of when. Gone once it is the store again."""

RESTORED_AT = "restored_at"

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def copied_at(unit: UnitOfWork) -> datetime | None:
    """As of when this store is, if it is a copy that says so and nobody has begun an epoch in it."""
    return _marked(unit, COPIED_AT)


def newest_event(unit: UnitOfWork) -> datetime | None:
    """When the bot that wrote this last noted anything: it notes three ticks a minute."""
    at = unit.rows(select(func.max(inbox.c.at).label("at")))[0]["at"]
    return from_text(at) if at else None


def restored_at(unit: UnitOfWork) -> datetime | None:
    return _marked(unit, RESTORED_AT)


def _marked(unit: UnitOfWork, name: str) -> datetime | None:
    found = unit.rows(select(mark.c.value).where(mark.c.name == name))
    return from_text(found[0]["value"]) if found else None


def note_restored(unit: UnitOfWork, now: datetime) -> None:
    set_mark(unit, RESTORED_AT, to_text(now))
    unit.change(delete(mark).where(mark.c.name == COPIED_AT))


def doubt_unsent(unit: UnitOfWork, since: datetime | None, now: datetime) -> int:
    """Hold in doubt all that may have been sent after `since`; return how many messages that are.

    Each is as if whoever carried it never said what became of it: the courier looks for it, and where
    nobody can look a person is asked. What was not to be sent until later was surely not sent.
    """
    lost = to_text(since or LONG_AGO)
    carried = and_(outbox.c.state == "sending", outbox.c.since.is_not(None))
    tried = case((outbox.c.state == "sending", outbox.c.attempt), else_=outbox.c.attempt + 1)
    earliest = case((outbox.c.not_before > lost, outbox.c.not_before), else_=lost)
    # What changes nothing that stands would be posted a second time where nobody can look: ask first.
    posts = and_(outbox.c.message_class == "replaceable", outbox.c.replacing.is_(None))
    unsent = or_(
        state_is("sending"),
        state_is("parked"),
        and_(state_is("new"), outbox.c.not_before <= to_text(now)),
    )
    return unit.change(
        update(outbox)
        .where(unsent)
        .values(
            state="sending",
            message_class=case((posts, "critical"), else_=outbox.c.message_class),
            lease_until=to_text(now),
            since=case((carried, outbox.c.since), else_=earliest),
            attempt=tried,
            fence=outbox.c.fence + 1,
            looks=0,
            why="",
        )
    )

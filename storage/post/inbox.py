"""The inbox: an event has its effect exactly once, however often it is delivered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.domain.events import Event
from storage.moments import a_while, to_text
from storage.tables import inbox
from storage.unit import UnitOfWork

KEEP = timedelta(hours=72)
"""Longer than any platform goes on repeating an event (Slack, Events API: about six minutes)."""

SQLITE_ERROR = 1
"""SQLite's code for a mistake in the statement, not a database that is away (sqlite.org, rescode)."""

_PURGE = delete(inbox).where(inbox.c.at < bindparam("before"))


class StoreAway(Exception):
    """The database cannot be written now; nothing was saved, and the sender should try again."""


class NotYet(StoreAway):
    """What the event is about is still on its way out; nothing was saved, and the sender should try again."""


def remember(unit: UnitOfWork, event: Event) -> None:
    """Note the event's key; a key that is there already fails the group when it is written."""
    unit.add(inbox, {"key": event.id, "at": to_text(event.at)})


def take(unit: UnitOfWork, key: str, at: datetime) -> bool:
    """Use up a key that may be used once, at this moment; False when it was used before."""
    if known(unit, [key]):
        return False
    unit.add(inbox, {"key": key, "at": to_text(at)})
    return True


def take_a_while(unit: UnitOfWork, key: str, at: datetime) -> bool:
    """Use up a key for a minute at least; False when it is used up just now, also in this very group."""
    unit.flush()
    now, *beside = a_while(key, at)
    return not known(unit, beside) and take(unit, now, at)


def known(unit: UnitOfWork, keys: Iterable[str]) -> set[str]:
    """Which of these events had their effect before."""
    return unit.find_among(inbox.c.key, list(keys))


def purge(unit: UnitOfWork, now: datetime) -> int:
    """Forget keys that no platform will repeat any more.

    There is no index on when they came: it would cost every event, and this runs once in a while.
    """
    return unit.change(_PURGE, {"before": to_text(now - KEEP)})


def is_away(problem: DBAPIError) -> bool:
    """Whether the database is unreachable, locked, full or read-only, rather than asked a wrong question."""
    if problem.connection_invalidated or isinstance(problem, InterfaceError):
        return True
    if getattr(problem.orig, "sqlstate", None) == "25006":  # PostgreSQL: read-only, e.g. a standby
        return True
    wrong_question = getattr(problem.orig, "sqlite_errorcode", None) == SQLITE_ERROR
    return isinstance(problem, OperationalError) and not wrong_question

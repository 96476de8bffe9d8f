"""The store: an engine at head, a roster shelf, and one transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, PendingRollbackError

from bot.domain.school import Account, Person
from storage import transaction
from storage.asked.recall import Recall
from storage.engine import (
    StoreRefused,
    away,
    damaged,
    hold_alone,
    make_ours_alone,
    occupied,
    open_engine,
    refuse_network_disk,
    unwritable,
)
from storage.migrate import migrate
from storage.people.roster import RosterShelf
from storage.post.inbox import StoreAway, is_away
from storage.unit import UnitOfWork


class Store:
    """Everything the bot remembers, behind `begin()`."""

    def __init__(self, engine: Engine, lock: TextIO | None = None) -> None:
        self.engine = engine
        self._lock = lock
        self._shelf = RosterShelf()
        self._alone = engine.dialect.name == "sqlite"
        self._recall = Recall(alone=self._alone)
        self._idle: list[transaction.Transaction] = []

    def close(self) -> None:
        """Let go of the database and of the lock on it."""
        for idle in self._idle:
            idle.close()
        self._idle.clear()
        self.engine.dispose()
        if self._lock:
            self._lock.close()

    def person_of(self, account: Account) -> Person | None:
        """Who an account was when anybody last looked: no database is asked, for there may be none to ask."""
        return self._shelf.last.person_of(account) if self._shelf.last else None

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """One transaction: committed when the block ends well, rolled back when it raises.

        Raises storage.post.inbox.StoreAway when the database cannot be reached or written.
        """
        begun = None
        try:
            begun = self._idle.pop() if self._idle else transaction.Transaction(self.engine.connect())
            begun.begin()
            self._shelf.begin(alone=self._alone)
            unit = UnitOfWork(begun, self._shelf, self._recall)
            yield unit
            unit.flush()
            begun.commit()
        except BaseException as problem:
            self._shelf.forget()
            self._recall.forget()
            if begun is not None:
                transaction.give_up(begun.connection)
            if _is_gone(problem):
                raise StoreAway(type(problem).__name__) from problem
            raise
        self._recall.committed(unit.seen)
        if self._alone:
            self._idle.append(begun)  # a SQLite connection is kept: nobody can end it but us
        else:
            begun.close()


def _is_gone(problem: BaseException) -> bool:
    """Whether it is the database that could not, rather than somebody's work in it."""
    if isinstance(problem, DBAPIError):
        return is_away(problem)
    return isinstance(problem, transaction.Undone | PendingRollbackError)


def open_store(url: str) -> Store:
    """Open the store at `url`, checked, locked against a second bot, and at the newest schema.

    Raises storage.engine.StoreRefused with a Swedish sentence and an exit code.
    """
    parsed = make_url(url)
    path = file_of(parsed)
    if path:
        refuse_network_disk(path)
    store = Store(open_engine(url), hold_alone(path) if path else None)
    try:
        if path:
            make_ours_alone(path)
            _refuse_damaged(store.engine, path)
        migrate(store.engine)
    except StoreRefused:
        store.close()
        raise
    except DatabaseError as problem:
        store.close()
        raise refusal_of(problem, parsed, path) from problem
    return store


def _refuse_damaged(engine: Engine, path: Path) -> None:
    """Let SQLite look through its own file (sqlite.org, pragma quick_check) before anything is written.

    A damaged page may not be met for weeks; by then every backup is damaged too.
    """
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise damaged(path)


def file_of(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database)).resolve()  # one lock for one file, whatever it is called


def refusal_of(problem: DatabaseError, url: URL, path: Path | None) -> StoreRefused:
    if path is None:
        return away(url)
    if getattr(problem.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return occupied(path)
    return unwritable(path) if isinstance(problem, OperationalError) else damaged(path)

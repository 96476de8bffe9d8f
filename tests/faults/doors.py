"""The doors of the bot: every call to the database or a platform goes through one, and may not come back."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from math import inf
from typing import Any, Self

from sqlalchemy import event

from bot.domain.school import Place
from bot.messages.delivery import Platform, Unknowable
from bot.messages.model import Message
from storage.store import Store

Door = Callable[[str], None]
"""Told which door is passed: read, write, commit, committed, send, sent, find or found.

A commit that wrote nothing is a read.
"""

DISK_BROKEN = sqlite3.OperationalError("disk I/O error")
WRITES = ("INSERT", "UPDATE", "DELETE")


def watch_store(store: Store, door: Door) -> None:
    """From now on every call to the SQLite file of `store` passes `door`; it may kill, or raise."""
    wrote: list[bool] = [False]  # there is one writer

    def passing(sql: str) -> None:
        wrote[0] = sql.startswith(WRITES) or (wrote[0] and not sql.startswith("BEGIN"))
        door("write" if sql.startswith(WRITES) else "read")

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> Self:
            passing(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, rows: Any) -> Self:
            passing(sql)
            return super().executemany(sql, rows)

    class Watched(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            door("commit" if wrote[0] else "read")
            super().commit()
            door("committed" if wrote[0] else "read")

    def connecting(_dialect: Any, _record: Any, _values: Any, how: dict[str, Any]) -> None:
        how["factory"] = Watched

    for connection in store._idle:
        connection.close()
    store._idle.clear()
    store.engine.dispose()
    event.listen(store.engine, "do_connect", connecting)


class FailingDoor:
    """Raises at the `first` call that is counted, and at as many as it is told to.

    `times` without end: from then on nothing works, whatever is counted.
    """

    def __init__(self) -> None:
        self.set(0)

    def set(
        self,
        first: int,
        *kinds: str,
        times: float = 1,
        problem: Exception = DISK_BROKEN,
    ) -> None:
        self.fired = 0
        self._first, self._kinds, self._times, self._problem = first, kinds, times, problem
        self._calls = 0

    def __call__(self, kind: str) -> None:
        if kind in self._kinds or (self.fired and self._times == inf):
            self._calls += 1
            if self._first <= self._calls < self._first + self._times:
                self.fired += 1
                raise self._problem


class WatchedPlatform:
    """A platform whose every call passes `door` before and after."""

    def __init__(self, inner: Platform, door: Door) -> None:
        self.name = inner.name
        self._inner = inner
        self._door = door

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        self._door("send")
        reference = await self._inner.send(message, place, key=key, replacing=replacing)
        self._door("sent")
        return reference

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        self._door("find")
        found = await self._inner.find(place, key=key, since=since)
        self._door("found")
        return found

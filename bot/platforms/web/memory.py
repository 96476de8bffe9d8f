"""One SQLite file behind a lock: transactions, a running number for changes, and who wants to know."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SCHEMA = """
create table if not exists line(
  id integer primary key autoincrement, change integer not null, address text not null, thread text,
  author text not null, only_to text, text text not null, message text, at text not null,
  edited_at text, removed integer not null default 0);
create index if not exists line_place on line(address, thread, id);
create index if not exists line_change on line(change);
create table if not exists sent(key text primary key, line integer not null) without rowid;
create table if not exists seen(
  slug text not null, address text not null, line integer not null, primary key(slug, address)) without rowid;
create table if not exists form(
  number integer primary key autoincrement, id text not null unique, slug text not null,
  address text not null, thread text, form text not null);
create table if not exists meta(name text primary key, value text not null) without rowid;
"""


class Memory:
    """What every table of the chat stands on. Safe to use from any thread."""

    def __init__(self, path: str | Path = ":memory:") -> None:
        self._lock = threading.RLock()
        self._watchers: dict[int, Callable[[], None]] = {}
        if str(path) != ":memory:":  # it holds the door's token: for this user only
            Path(path).touch(0o600)
            Path(path).chmod(0o600)
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=5)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def get_meta(self, name: str) -> str | None:
        row = self._one("select value from meta where name = ?", name)
        return row["value"] if row else None

    def set_meta(self, name: str, value: str) -> None:
        with self._write():
            self._db.execute("insert or replace into meta values (?, ?)", (name, value))

    @contextmanager
    def watching(self, woken: Callable[[], None]) -> Iterator[None]:
        """Call `woken` (from any thread, quickly) whenever something has changed."""
        with self._lock:
            self._watchers[id(woken)] = woken
        try:
            yield
        finally:
            with self._lock:
                self._watchers.pop(id(woken), None)

    def nudge(self) -> None:
        with self._lock:
            watchers = tuple(self._watchers.values())
        for woken in watchers:
            with suppress(RuntimeError):  # its event loop has closed; its window is going away
                woken()

    def _next(self) -> int:
        number = int(self.get_meta("chat.change") or 0) + 1
        self._db.execute("insert or replace into meta values ('chat.change', ?)", (str(number),))
        return number

    @contextmanager
    def _write(self, *, quietly: bool = False) -> Iterator[None]:
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")
        if not quietly:
            self.nudge()

    def _one(self, statement: str, *values: object) -> sqlite3.Row | None:
        with self._lock:
            row: sqlite3.Row | None = self._db.execute(statement, values).fetchone()
            return row

    def _all(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()

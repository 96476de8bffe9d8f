"""What tests of copies are made of: a small database, and ways to look at one and to break it."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from storage.store import Store, open_store
from storage.unit import UnitOfWork
from tests.storage.made import promise_all, promised

HOURS = timedelta(hours=11)


def made(path: Path) -> Path:
    """A database with one promised message, closed."""
    store = open_store(f"sqlite:///{path}")
    promise_all(store, promised("a"))
    store.close()
    return path


def opened(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


def keys_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM outbox ORDER BY seq")]


def nothing(_unit: UnitOfWork) -> None:
    """What is begun in these copies."""


def damage(path: Path) -> None:
    """Write over one page that nothing we count is in: only a look through the whole file finds it."""
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'outbox'").fetchone()
    held = bytearray(path.read_bytes())
    held[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(held)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith((".lock.pid", ".backup"))}

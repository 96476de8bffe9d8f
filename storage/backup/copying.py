"""A copy of a SQLite store, made while the bot works: read again and counted before it has its name."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from sqlalchemy.engine import make_url

from bot.log import log
from storage.backup.epoch import COPIED_AT
from storage.backup.names import HALF, REGISTER, beside, is_ours, our_name, remove
from storage.engine import StoreRefused, damaged
from storage.moments import from_text, to_text
from storage.store import file_of

HEADER = b"SQLite format 3\x00"
"""How every SQLite file begins (sqlite.org, fileformat2); an empty database may be an empty file."""


class Copied(NamedTuple):
    """What a copy holds: how many answers and notes, and the moment it is of, where it says one."""

    answers: int
    notes: int
    at: datetime | None


def database_file(url: str) -> Path | None:
    """The file a store lives in; None for PostgreSQL, which has tools of its own."""
    return file_of(make_url(url))


def back_up(database: Path, to: Path, now: datetime) -> Copied:
    """Copy the database to the file `to`, in the place of an older copy there.

    1. SQLite's online copy, as it stands at one moment, to a name beside `to` that only we may read.
    2. To disk; opened again, looked through and counted. 3. Renamed, and the folder to disk.

    Killed at any moment only the other name is left, and the next run removes it. Raises StoreRefused.
    Once it has its name it is the copy, whatever we cannot do after that.
    """
    if not is_there(database):
        raise StoreRefused(f"Det finns ingen databas i {database}. Kontrollera NULAGE_DATABASE_URL.")
    _refuse_target(database, to)
    half = beside(to, HALF)
    with _one_at_a_time(database) as register:
        try:
            remove(half)
            _copy_out(database, half, now)
            copied = _look_through(database, half)
            half.replace(to)
        except OSError as problem:
            raise _cannot_write(to) from problem
        finally:
            remove(half)
        finish(partial(sync, to.parent))
        finish(partial(_note, register, to, now))
    return copied


def _copy_out(database: Path, half: Path, now: datetime) -> None:
    try:
        copy(database, half)
        with closing(sqlite3.connect(half)) as copied, copied:
            copied.execute("INSERT OR IGNORE INTO mark VALUES (?, ?)", (COPIED_AT, to_text(now)))
    except sqlite3.OperationalError as problem:  # full, read-only or locked
        raise _cannot_write(half) from problem
    except sqlite3.DatabaseError as problem:
        raise damaged(database) from problem
    sync(half)


def _look_through(database: Path, half: Path) -> Copied:
    """Page by page they are the same: what cannot be read in the copy is damaged in the database too."""
    try:
        return check(half)
    except StoreRefused as refused:
        raise damaged(database) from refused


def copy(database: Path, to: Path, *, at_rest: bool = False) -> None:
    """Copy a database as it stands at one moment, to a new file that only we may read.

    `at_rest`: nobody has it open, so that nothing is laid beside it, not even where we may not write.
    """
    how = "mode=rw"
    if at_rest:
        how = "mode=ro" if beside(database, "-wal").exists() else "mode=ro&immutable=1"
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = sqlite3.connect(f"file:{quote(str(database.resolve()))}?{how}", uri=True)
    with closing(source), closing(sqlite3.connect(to)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, and nothing beside it


def check(path: Path) -> Copied:
    """Open a copy that nobody uses, let SQLite look all through it, and count what people wrote."""
    try:
        opened = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
        with closing(opened):
            if opened.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise not_a_copy(path)
            opened.execute("SELECT version_num FROM alembic_version")
            (answers,) = opened.execute("SELECT count(*) FROM answer").fetchone()
            (notes,) = opened.execute("SELECT count(*) FROM note").fetchone()
            marked = opened.execute("SELECT value FROM mark WHERE name = ?", (COPIED_AT,)).fetchone()
    except sqlite3.Error as problem:
        raise not_a_copy(path) from problem
    return Copied(answers, notes, from_text(marked[0]) if marked else None)


def is_copy(database: Path) -> bool:
    """Whether somebody has laid a copy here by hand: only a copy says when it was made."""
    try:
        return database.exists() and _marked(database)
    except (OSError, sqlite3.Error):  # whoever opens it for work says what is wrong
        return False


def _marked(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as opened:
        return bool(opened.execute("SELECT 1 FROM mark WHERE name = ?", (COPIED_AT,)).fetchone())


def newest(database: Path) -> tuple[Path, datetime] | None:
    """Where the newest whole copy was put, and when; None when none was made or it is gone."""
    try:
        at, _, where = _register(database).read_text(encoding="utf-8").strip().partition(" ")
    except OSError:
        return None
    return (Path(where), from_text(at)) if at and Path(where).exists() else None


def _register(database: Path) -> Path:
    return beside(database, REGISTER)


def _note(register: Path, to: Path, now: datetime) -> None:
    register.write_text(f"{to_text(now)} {to.resolve()}\n", encoding="utf-8")


@contextmanager
def _one_at_a_time(database: Path) -> Iterator[Path]:
    """Two at once would write in each other's file."""
    path = _register(database)
    try:
        path.touch(0o600)
        register = path.open("a+", encoding="utf-8")
    except OSError as problem:
        raise _cannot_write(path) from problem
    with register:
        try:
            fcntl.flock(register, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = "En säkerhetskopia görs redan. Vänta tills den är klar och försök igen. Inget är ändrat."
            raise StoreRefused(text) from None
        yield path


def is_there(path: Path) -> bool:
    """Raises StoreRefused where this user may not even look."""
    try:
        return path.is_file()
    except OSError as problem:
        raise StoreRefused(
            f"Jag får inte läsa {path} som användare {os.getuid()}. Kör kommandot som botens användare. "
            "Inget är ändrat."
        ) from problem


def sync(path: Path) -> None:
    """See to it that a file, or the names in a folder, are on disk (fsync(2))."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def finish(last: Callable[[], object]) -> None:
    """Do what comes after the rename: what it cannot do changes nothing of what is done."""
    try:
        last()
    except OSError as problem:
        kind = type(problem).__name__
        log.warning("not_finished", action="backup.not_finished", kind=kind, code=problem.errno)


def _refuse_target(database: Path, to: Path) -> None:
    """A copy is never laid over the database itself, nor over something that is no database.

    Nor where we lay something ourselves: that would be written over it later.
    """
    try:
        if is_ours(database, to):
            raise our_name(to)
        taken = to.is_dir() or (to.exists() and _is_other(database, to))
    except OSError as problem:
        raise _cannot_write(to) from problem
    if taken:
        raise StoreRefused(
            f"{to} är något annat än en säkerhetskopia. Välj ett annat filnamn. Inget är ändrat.", exit_code=2
        )


def _is_other(database: Path, to: Path) -> bool:
    with to.open("rb") as opened:
        begins = opened.read(len(HEADER))
    return to.samefile(database) or begins != HEADER


def _cannot_write(path: Path) -> StoreRefused:
    return StoreRefused(
        f"Jag kan inte skriva {path} som användare {os.getuid()}. Kontrollera att mappen finns, att "
        "användaren får skriva där och att disken inte är full. Den förra kopian är inte ändrad."
    )


def not_a_copy(path: Path) -> StoreRefused:
    return StoreRefused(
        f"{path} är skadad, eller är inte en kopia av Nuläges databas. Använd en annan kopia. "
        "Inget är ändrat."
    )

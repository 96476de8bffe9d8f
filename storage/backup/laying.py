"""Laying a copy back: made ready beside the database, and in its place by one rename."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from storage.backup.copying import Copied, check, copy, finish, is_there, not_a_copy, sync
from storage.backup.names import KEPT, READY, beside, our_name, remove
from storage.emptying import is_rehearsed_in
from storage.engine import StoreRefused, hold_alone, open_engine, refuse_network_disk, unwritable
from storage.migrate import migrate
from storage.store import Store
from storage.unit import UnitOfWork

T = TypeVar("T")

REHEARSED = (
    "{copy} är en kopia av provrummet. Skolan i den är påhittad, och klockan kan stå fel. Inget är ändrat."
)
IN_USE = "Något annat program har databasen {database} öppen. Stäng det och försök igen. Inget är ändrat."
PATIENCE = 5.0
"""Seconds that another program may take to let go of the database."""


class Laid(NamedTuple):
    """What the copy held, and where what lay there before is kept; None when nothing did."""

    copied: Copied
    kept: Path | None


def lay_back(
    copied: Path,
    database: Path,
    now: datetime,
    begin: Callable[[UnitOfWork], T],
    *,
    only_look: bool = False,
    patience: float = PATIENCE,
) -> tuple[Laid, T]:
    """Let a copy be the database, once `begin` has been run in it; `only_look` stops before that.

    1. Nobody else: the lock of a bot at work. 2. A copy of the copy beside the database, looked through,
    brought to the newest schema and begun. 3. What lies there gets another name. 4. One rename.

    Killed before the rename the database is what it was, after it the copy is whole and begun. Once
    renamed it is laid back, whatever we cannot do after that. Raises StoreRefused.
    """
    refuse_network_disk(database)
    if not is_there(copied):
        raise StoreRefused(f"Det finns ingen fil som heter {copied}. Inget är ändrat.")
    copied = copied.resolve()  # what lies beside it lies beside the file, not beside another name of it
    with hold_alone(database):
        if database.exists() and copied.samefile(database):
            raise StoreRefused(f"{copied} är databasen själv, inte en kopia. Inget är ändrat.")
        ready = beside(database, READY)
        if copied == ready.resolve():
            raise our_name(copied)
        try:
            remove(ready)
            found = _make_ready(copied, ready)
            begun = _begin(ready, copied, begin)
            kept = None if only_look else _lay(ready, database, now, patience)
        except OSError as problem:
            raise unwritable(database) from problem
        finally:
            remove(ready)
    return Laid(found, kept), begun


def _make_ready(copied: Path, ready: Path) -> Copied:
    try:
        copy(copied, ready, at_rest=True)
    except sqlite3.OperationalError as problem:
        if "disk is full" in str(problem):
            raise unwritable(ready) from problem
        raise not_a_copy(copied) from problem
    except sqlite3.DatabaseError as problem:
        raise not_a_copy(copied) from problem
    try:
        return check(ready)
    except StoreRefused as refused:
        raise not_a_copy(copied) from refused


def _begin(ready: Path, copied: Path, begin: Callable[[UnitOfWork], T]) -> T:
    begun = _begun(ready, copied, begin)
    with closing(sqlite3.connect(ready)) as opened:  # now that nothing of the unit holds it open
        opened.execute("PRAGMA journal_mode=DELETE")  # all of it in the one file that is renamed
        opened.execute("PRAGMA journal_mode=WAL")  # and as a bot keeps it: nothing is beside it yet
    sync(ready)
    return begun


def _begun(ready: Path, copied: Path, begin: Callable[[UnitOfWork], T]) -> T:
    store = Store(open_engine(f"sqlite:///{ready}"))
    try:
        migrate(store.engine)
        with store.begin() as unit:
            if is_rehearsed_in(unit):
                raise StoreRefused(REHEARSED.format(copy=copied))
            return begin(unit)
    finally:
        store.close()


def _lay(ready: Path, database: Path, now: datetime, patience: float) -> Path | None:
    kept = _keep(database, now, patience) if database.exists() else None
    for ending in ("-wal", "-shm", "-journal"):  # what is left of another database would be read into this
        beside(database, ending).unlink(missing_ok=True)
    ready.replace(database)
    finish(partial(sync, database.parent))
    return kept


def _keep(database: Path, now: datetime, patience: float) -> Path:
    """Give what lies there a second name, with all that belongs to it; the first is taken by the rename."""
    journals = ("-wal", "-journal")
    _forget_second_names(database, journals)
    kept = _free_name(beside(database, f"{KEPT}{now.astimezone():%Y%m%d-%H%M%S}"))
    held = [ending for ending in journals if beside(database, ending).exists()]
    for ending in held:  # SQLite throws away what it cannot read
        _name_again(beside(database, ending), beside(kept, ending))
    taken_in = False
    try:
        _take_in(database, patience)
        taken_in = True
    finally:
        for name in (beside(kept, ending) for ending in held):
            if not taken_in or not name.stat().st_size:
                name.unlink()
    _name_again(database, kept)
    sync(kept)
    sync(database.parent)
    return kept


def _forget_second_names(database: Path, journals: tuple[str, ...]) -> None:
    """Killed between its second name and the rename: what has both is no other than the database."""
    ours = [one for ending in ("", *journals) if (one := beside(database, ending)).exists()]
    for other in database.parent.glob(f"{database.name}{KEPT}*"):
        if any(other.samefile(one) for one in ours):
            other.unlink()


def _name_again(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a file system without second names
        shutil.copy2(path, name)


def _take_in(database: Path, patience: float) -> None:
    """Let SQLite write what lies beside the database into it, so that taking that away loses nothing.

    A damaged one cannot: no bot starts with what is left, whenever we are killed.
    """
    try:
        with closing(sqlite3.connect(database, timeout=patience)) as opened:
            (busy, *_) = opened.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as problem:
        busy = problem.sqlite_errorname == "SQLITE_BUSY"
    if busy:
        raise StoreRefused(IN_USE.format(database=database))


def _free_name(wanted: Path) -> Path:
    number, name = 1, wanted
    while name.exists():
        number += 1
        name = beside(wanted, f"-{number}")
    return name

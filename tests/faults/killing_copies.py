"""Kills `nulage backup` and `nulage restore` before each thing they do to a file, and looks at what is left.

A program of its own, so that nothing runs when it forks: `python -m tests.faults.killing_copies backup`.
Prints one line a fault.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.domain.school import Place
from bot.messages.model import Message
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from handlers.restoring import on_restored
from storage.backup.copying import back_up, check
from storage.backup.epoch import restored_at
from storage.backup.laying import lay_back
from storage.post.outbox import Promised, promise
from storage.store import open_store
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.faults.killing import apart
from tests.play import prompts

NOW = datetime(2026, 11, 23, 21, tzinfo=UTC)
LATER = NOW + timedelta(hours=12)
TOUCHES = ("open", "os.", "shutil.", "sqlite3.connect")
"""How the names of the interpreter's own events begin (Python, audit events) when a file is touched."""


def die_at(number: int, folder: Path) -> None:
    """From now on the process is gone before its `number`th touch of something in `folder`."""
    left = number

    def heard(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if event.startswith(TOUCHES) and any(str(folder) in str(one) for one in given):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def asked(key: str) -> Promised:
    place = Place(platform=PLATFORM, address=f"#{key}")
    return Promised(key, "critical", key, place, Message(title=key), NOW)


def begin_with(database: Path, key: str) -> None:
    with closing(open_store(f"sqlite:///{database}")) as store, store.begin() as unit:
        example.found(unit, PLATFORM, NOW.date())
        promise(unit, asked(key))


def write_and_die(database: Path, key: str) -> None:
    """As a bot that was killed: what it wrote last lies beside the database."""
    store = open_store(f"sqlite:///{database}")
    with store.begin() as unit:
        promise(unit, asked(key))
    os.kill(os.getpid(), signal.SIGKILL)


def held(database: Path) -> tuple[dict[str, str], bool]:
    """The outbox, and whether an epoch was begun; opening it looks through every page."""

    def look(unit: UnitOfWork) -> tuple[dict[str, str], bool]:
        rows = unit.rows(select(outbox.c.key, outbox.c.state))
        return {row["key"]: row["state"] for row in rows}, restored_at(unit) is not None

    with closing(open_store(f"sqlite:///{database}")) as store, store.begin() as unit:
        return look(unit)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith((".lock.pid", ".backup"))}


def lay(folder: Path) -> None:
    begin = partial(on_restored, prompts=prompts(), now=LATER)
    lay_back(folder / "copy", folder / "nulage.sqlite3", LATER, begin)


def copy(folder: Path) -> None:
    back_up(folder / "nulage.sqlite3", folder / "copy", LATER)


def after_backup(folder: Path) -> None:
    """The copy is the old one or the new one, and the next run leaves nothing else."""
    left = {name for name in names(folder) if not name.startswith("copy.partial")}
    assert left - {"nulage.sqlite3-wal", "nulage.sqlite3-shm"} == {"nulage.sqlite3", "copy"}, left
    assert check(folder / "copy").at in {NOW, LATER}
    copy(folder)
    assert check(folder / "copy").at == LATER
    assert not list(folder.glob("*.partial*")), names(folder)
    assert held(folder / "nulage.sqlite3")[0] == {"a": "new", "b": "new"}


def after_restore(folder: Path) -> None:
    """It is what it was, or the whole copy with its epoch; nothing is lost; the next run ends it."""
    database = folder / "nulage.sqlite3"
    states, begun = held(database)
    assert "b" not in states if begun else states == {"a": "new", "b": "new"}, (states, begun)
    check(folder / "copy")
    lay(folder)
    states, again = held(database)
    assert again
    assert states.pop("a") == "sending"
    assert [key.partition(":")[0] for key in states] == ["restored", "restored"], states  # Pia, Rut
    kept = [path for path in sorted(folder.glob("*.before-*")) if not path.name.endswith("-wal")]
    assert any("b" in held(path)[0] for path in kept), kept
    assert not list(folder.glob("*.restoring*")), names(folder)
    assert len(kept) == 1 + begun, "once for each time something was taken away"


WORK: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "backup": (copy, after_backup),
    "restore": (lay, after_restore),
}


def killed(folder: Path, work: Callable[[Path], None], number: int) -> None:
    die_at(number, folder)
    work(folder)


def main(kind: str) -> None:
    work, look = WORK[kind]
    prompts()
    died = faults = 0
    with tempfile.TemporaryDirectory() as home:
        first = Path(home) / "first"
        first.mkdir()
        begin_with(first / "nulage.sqlite3", "a")
        back_up(first / "nulage.sqlite3", first / "copy", NOW)
        assert not apart(partial(write_and_die, first / "nulage.sqlite3", "b"))
        assert (first / "nulage.sqlite3-wal").stat().st_size
        lived = False
        while not lived:
            folder = Path(home) / f"at-{died + 1}"
            shutil.copytree(first, folder)
            lived = apart(partial(killed, folder, work, died + 1))
            died += not lived
            if not apart(partial(look, folder)):
                faults += 1
                print(f"FAULT after dying before touch {died}: {sorted(names(folder))}", flush=True)
            shutil.rmtree(folder)
    print(f"DIED {died} FAULTS {faults}")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main(sys.argv[1])

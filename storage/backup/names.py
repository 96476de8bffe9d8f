"""What lies beside a database, by name: no copy may bear one of these."""

from pathlib import Path

from storage.engine import StoreRefused

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite lays beside a database, and the database itself."""

REGISTER, HALF, READY, KEPT = ".backup", ".partial", ".restoring", ".before-"
OURS = frozenset(name + ending for name in ("", ".lock.pid", REGISTER, READY) for ending in BESIDE) - {""}
"""All that may follow the database's name in what lies beside it, but for what is `KEPT` of each day."""


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def remove(path: Path) -> None:
    """Remove a file that is not finished, and what SQLite laid beside it."""
    for ending in BESIDE:
        beside(path, ending).unlink(missing_ok=True)


def is_ours(database: Path, path: Path) -> bool:
    """Whether we lay, write over or remove something of this name ourselves. Raises OSError."""
    if path.name.endswith(HALF):
        return True
    ending = path.name.removeprefix(database.name)
    ours = ending != path.name and (ending in OURS or ending.startswith(KEPT))
    return ours and path.parent.samefile(database.parent)


def our_name(path: Path) -> StoreRefused:
    return StoreRefused(
        f"{path} är ett namn som Nuläge använder själv. Låt kopian heta något annat. Inget är ändrat.",
        exit_code=2,
    )

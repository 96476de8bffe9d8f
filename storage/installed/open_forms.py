"""The forms that stand open in Teams when a process ends, for the next one: taken once, or forgotten."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.tables import mark
from storage.unit import UnitOfWork

_BEGINS = "teams_open_forms:"
_OURS = mark.c.name.startswith(_BEGINS, autoescape=True)
_TAKE = delete(mark).where(_OURS).returning(mark.c.name, mark.c.value)
_DROP = delete(mark).where(mark.c.name == bindparam("dropped"))


def leave(unit: UnitOfWork, told: str, until: datetime, whose: str) -> None:
    """Leave what is told of them, for whoever asks first, until nobody writes in them any more.

    `whose` tells apart those that end at the same time.
    """
    unit.add(mark, {"name": f"{_BEGINS}{until.timestamp():.0f}:{whose}", "value": told})


def take(unit: UnitOfWork) -> tuple[str, ...]:
    """All that was left; nobody else is given it."""
    taken = unit.rows(_TAKE)
    return tuple(row["value"] for row in sorted(taken, key=lambda row: str(row["name"])))


def purge(unit: UnitOfWork, now: datetime) -> None:
    """Forget what nobody came for in time: it names people and where they wrote."""
    names = [str(row["name"]) for row in unit.rows(select(mark.c.name).where(_OURS))]
    unit.change_each(_DROP, [{"dropped": name} for name in names if _until(name) <= now.timestamp()])


def _until(name: str) -> float:
    """Seconds; 0 when the name does not say."""
    seconds = name.removeprefix(_BEGINS).partition(":")[0]
    return float(seconds) if seconds.isdecimal() else 0.0

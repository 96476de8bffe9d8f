"""Starting over, in a store that was made to rehearse in: a school's own is never emptied."""

from sqlalchemy import delete, select

from storage.asked.plans import set_mark
from storage.tables import installation, mark, metadata, reference
from storage.unit import UnitOfWork

REHEARSAL = "rehearsal"


def empty(unit: UnitOfWork) -> None:
    """Remove every row, children before parents."""
    for table in reversed(metadata.sorted_tables):
        unit.change(delete(table))


def is_empty(unit: UnitOfWork) -> bool:
    """Say whether nobody has been written down yet, and no chat has let a bot in."""
    let_in = any(unit.rows(select(table).limit(1)) for table in (installation, reference))
    return not (unit.roster.schools or let_in)


def rehearse_in(unit: UnitOfWork) -> None:
    """Note that this store is for rehearsing: nobody may go live with it."""
    set_mark(unit, REHEARSAL, "yes")


def is_rehearsed_in(unit: UnitOfWork) -> bool:
    return bool(unit.rows(select(mark.c.name).where(mark.c.name == REHEARSAL)))

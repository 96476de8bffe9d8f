"""Starting over: for the provrum, never for a school."""

from sqlalchemy import delete

from storage.tables import metadata
from storage.unit import UnitOfWork


def empty(unit: UnitOfWork) -> None:
    """Remove every row, children before parents."""
    for table in reversed(metadata.sorted_tables):
        unit.change(delete(table))


def is_empty(unit: UnitOfWork) -> bool:
    """Say whether nobody has been written down yet."""
    return not unit.roster.schools

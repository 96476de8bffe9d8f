"""Reading what is kept whole, as JSON, in one row: once in a unit of work, however many ask for it."""

from typing import Any, TypeVar

from sqlalchemy import Select

from bot.domain.value import Value
from storage.unit import UnitOfWork

T = TypeVar("T", bound=Value)


def read_once(unit: UnitOfWork, what: str, key: str, kind: type[T], query: Select[Any]) -> T | None:
    """Give the value that this unit has read or saved as (`what`, `key`), else what the row's `body` says."""
    seen: T | None = unit.seen.get((what, key))
    if seen is None and (row := unit.look(query)) is not None:
        seen = unit.seen[what, key] = kind.model_validate_json(row["body"])
    return seen

"""The few statements that every turn runs, without SQLAlchemy's work per statement and per row.

Each is compiled once and then handed to the driver as it is; the driver's errors become SQLAlchemy's.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from types import NoneType
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Executable,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from storage.transaction import Transaction, as_sqlalchemys

Row = dict[str, Any]

sqlite3.register_adapter(NoneType, lambda nothing: nothing)  # or it searches for one, for each None of a row

AT_ONCE = 64
"""Keys in one look-up: one statement for all sizes, compiled once; the last key fills it up."""


class _Compiled(NamedTuple):
    """`pick` makes the driver's parameters of a row; None when SQLAlchemy has to convert some of them."""

    text: str
    pick: Callable[[Row], Any] | None


class Bulk:
    """One transaction's way to the driver: one cursor for all its statements."""

    def __init__(self, transaction: Transaction) -> None:
        self._connection = transaction.connection
        self._dialect = transaction.dialect
        self._cursor = transaction.cursor

    def run_many(self, statement: Executable, rows: Sequence[Row]) -> int:
        """Run `statement` for each row as one `executemany`, and return how many rows it touched.

        All rows have the same keys. `statement` is a constant, or from `insert_into` and `update_of`.
        """
        compiled = _compiled(statement, tuple(rows[0]), self._dialect)
        if compiled.pick is None:
            return self._connection.execute(statement, rows).rowcount
        values = list(map(compiled.pick, rows))
        try:
            self._cursor.executemany(compiled.text, values)
        except self._dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(self._connection, problem, compiled.text) from problem
        return int(self._cursor.rowcount)

    def look_up(self, statement: Executable, values: Row) -> tuple[Any, ...] | None:
        """Run a constant query by key and return its first row, as the driver gives it."""
        found = self._read(statement, values)
        return found[0] if found else None

    def look_up_many(self, key: Column[str], wanted: Sequence[str]) -> set[str]:
        """Return those of the `wanted` keys that are there; one query for each `AT_ONCE` of them."""
        found: set[str] = set()
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            values = {f"key{number}": some[number % len(some)] for number in range(AT_ONCE)}
            found.update(row[0] for row in self._read(_among(key), values))
        return found

    def _read(self, statement: Executable, values: Row) -> list[tuple[Any, ...]]:
        compiled = _compiled(statement, tuple(values), self._dialect)
        if compiled.pick is None:
            raise TypeError("such a query needs SQLAlchemy to convert what it is asked with")
        try:
            found: list[tuple[Any, ...]] = self._cursor.execute(
                compiled.text, compiled.pick(values)
            ).fetchall()
        except self._dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(self._connection, problem, compiled.text) from problem
        return found


@cache
def _among(key: Column[str]) -> Select[Any]:
    keys = [bindparam(f"key{number}", type_=key.type) for number in range(AT_ONCE)]
    return select(key).where(key.in_(keys))


@cache
def insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def update_of(table: Table, columns: tuple[str, ...]) -> Update:
    """Update these columns of the row that has `the_id` and still has `the_version`."""
    matches = (table.c.id == bindparam("the_id"), table.c.version == bindparam("the_version"))
    changing = [name for name in columns if name in table.c and not table.c[name].info.get("lasting")]
    return update(table).where(*matches).values({name: bindparam(name) for name in changing if name != "id"})


@cache
def _compiled(statement: Any, names: tuple[str, ...], dialect: Dialect) -> _Compiled:
    columns = list(names) if isinstance(statement, Insert) else None
    return _laid_out(statement.compile(dialect=dialect, column_keys=columns), names)


def _laid_out(compiled: SQLCompiler, names: tuple[str, ...]) -> _Compiled:
    if compiled._bind_processors or compiled.post_compile_params:  # noqa: SLF001  no public name for the first
        return _Compiled(compiled.string, None)
    constant = {name: value for name, value in compiled.params.items() if name not in names}
    if compiled.positiontup is None:
        return _Compiled(compiled.string, lambda row: {**constant, **row})
    order = tuple(compiled.positiontup)
    if constant or len(order) == 1:
        return _Compiled(
            compiled.string, lambda row: tuple(row[name] if name in row else constant[name] for name in order)
        )
    return _Compiled(compiled.string, itemgetter(*order))

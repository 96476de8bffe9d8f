"""The few statements that every turn runs, without SQLAlchemy's work per statement and per row.

Each is compiled once and then handed to the driver as it is; the driver's errors become SQLAlchemy's.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Executable, Insert, Table, Update, bindparam, insert, update
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Row = dict[str, Any]


class _Compiled(NamedTuple):
    """`pick` makes the driver's parameters of a row; None when SQLAlchemy has to convert some of them."""

    text: str
    pick: Callable[[Row], Any] | None


def run_many(connection: Connection, statement: Executable, rows: Sequence[Row]) -> int:
    """Run `statement` for each row as one `executemany`, and return how many rows it touched.

    All rows have the same keys. `statement` is a constant, or from `insert_into` and `update_of`.
    """
    compiled = _compiled(statement, tuple(rows[0]), connection.dialect)
    if compiled.pick is None:
        return connection.execute(statement, rows).rowcount
    with _cursor(connection, compiled.text) as cursor:
        cursor.executemany(compiled.text, list(map(compiled.pick, rows)))
        return int(cursor.rowcount)


def look_up(connection: Connection, statement: Executable, values: Row) -> tuple[Any, ...] | None:
    """Run a constant query by key and return its first row, as the driver gives it."""
    compiled = _compiled(statement, tuple(values), connection.dialect)
    if compiled.pick is None:
        raise TypeError("such a query needs SQLAlchemy to convert what it is asked with")
    with _cursor(connection, compiled.text) as cursor:
        found: tuple[Any, ...] | None = cursor.execute(compiled.text, compiled.pick(values)).fetchone()
        return found


@contextmanager
def _cursor(connection: Connection, text: str) -> Iterator[Any]:
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    dialect = connection.dialect
    errors = dialect.loaded_dbapi.Error
    try:
        yield cursor
    except errors as problem:
        lost = dialect.is_disconnect(problem, driver, cursor)
        raise DBAPIError.instance(
            text, None, problem, errors, connection_invalidated=lost, dialect=dialect
        ) from problem
    finally:
        cursor.close()


@cache
def insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def update_of(table: Table, columns: tuple[str, ...]) -> Update:
    """Update these columns of the row that has `the_id` and still has `the_version`."""
    matches = (table.c.id == bindparam("the_id"), table.c.version == bindparam("the_version"))
    return update(table).where(*matches).values({name: bindparam(name) for name in columns})


@cache
def _compiled(statement: Any, names: tuple[str, ...], dialect: Dialect) -> _Compiled:
    compiled: SQLCompiler = statement.compile(
        dialect=dialect, column_keys=list(names) if isinstance(statement, Insert) else None
    )
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

"""The beginning and the end of one transaction.

On SQLite both are said to the driver itself: SQLAlchemy's own bookkeeping costs a turn as much as the
statements in between. It joins, by `ImmediateSQLite.do_begin`, when it is first asked to run something.
"""

from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage.engine import ImmediateSQLite


class Undone(Exception):
    """The database took everything back by itself: nothing of this transaction stands, nothing may follow."""


class Transaction:
    """One transaction at a time on one connection; `cursor` is its driver's own."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._driver = driver_of(connection)
        self.cursor: Any = self._driver.cursor()

    def begin(self) -> None:
        """On SQLite nobody else writes from here on, unless this one only looks."""
        if not isinstance(self.dialect, ImmediateSQLite):
            self.connection.begin()
            return
        try:
            self.cursor.execute(self.dialect.begins)
        except self.dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(self.connection, problem, self.dialect.begins) from problem

    def still_on(self) -> None:
        """Raise Undone when SQLite has ended it (sqlite.org, lang_transaction: full, I/O, memory).

        It does so beneath a savepoint too, whose failure is swallowed; what is written after that would
        stand alone, and a commit would say yes to nothing.
        """
        if isinstance(self.dialect, ImmediateSQLite) and not self._driver.in_transaction:
            raise Undone("the database ended the transaction by itself")

    def commit(self) -> None:
        """Put everything on disk: when this returns it is there. Raises Undone."""
        self.still_on()
        if self.connection.in_transaction():
            self.connection.commit()
            return
        try:
            self._driver.commit()
        except self.dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(self.connection, problem, "COMMIT") from problem

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()


def give_up(connection: Connection) -> None:
    """Undo everything and let go of the connection, whoever began and however it failed.

    After a commit that raised, SQLAlchemy would hand the connection on as it is.
    """
    if not connection.invalidated:
        try:
            driver_of(connection).rollback()
        except connection.dialect.loaded_dbapi.Error as problem:
            connection.invalidate(problem)
    connection.close()


def driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


def as_sqlalchemys(connection: Connection, problem: Any, text: str) -> DBAPIError:
    """Say the driver's error as SQLAlchemy's, as if it had run the statement."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(problem, driver_of(connection), None)
    said = DBAPIError.instance(
        text, None, problem, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
    )
    return cast("DBAPIError", said)

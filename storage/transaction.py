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
    """One transaction on one connection. `driver` is what SQLAlchemy's connection is a wrapper of."""

    def __init__(self, connection: Connection) -> None:
        """Begin. On SQLite nobody else writes from here on, unless this one only looks."""
        self.connection = connection
        self.driver: Any = driver_of(connection)
        self._by_driver = connection.dialect.name == "sqlite"
        if not self._by_driver:
            connection.begin()
            return
        begins = cast("ImmediateSQLite", connection.dialect).begins
        try:
            self.driver.execute(begins)
        except connection.dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(connection, problem, begins) from problem

    def still_on(self) -> None:
        """Raise Undone when SQLite has ended it (sqlite.org, lang_transaction: full, I/O, memory).

        It does so beneath a savepoint too, whose failure is swallowed; what is written after that would
        stand alone, and a commit would say yes to nothing.
        """
        if self._by_driver and not self.driver.in_transaction:
            raise Undone("the database ended the transaction by itself")

    def commit(self) -> None:
        """Put everything on disk: when this returns it is there. Raises Undone."""
        self.still_on()
        connection = self.connection
        if connection.in_transaction():
            connection.commit()
            return
        try:
            self.driver.commit()
        except connection.dialect.loaded_dbapi.Error as problem:
            raise as_sqlalchemys(connection, problem, "COMMIT") from problem


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

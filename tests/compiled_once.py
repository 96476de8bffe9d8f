"""Statements are compiled once for a process of tests, and the schema of stores in memory is made once.

There are thousands. SQLAlchemy keeps what it has compiled beside an engine; the program has one engine for
all its life, and a test has one of its own. Which SQL a statement becomes depends on nothing but it and the
dialect. A store in a file is made as the program makes it: what is tested of that, is tested there.
"""

import sqlite3
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from sqlalchemy import Engine, Index, Table, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteDDLCompiler
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.util import LRUCache

from storage.engine import ImmediateSQLite
from storage.migrate import migrate
from storage.tables import metadata

COMPILED: LRUCache[Any, Any] = LRUCache(2000)


DEFINED: dict[Table | Index, str] = {}
"""The tables and indexes of the schema, which stay as they are; a migration's come and go."""


class RememberingDDL(SQLiteDDLCompiler):
    """The schema in words: the same for each store that is made from nothing."""

    def visit_create_table(self, create: CreateTable, **kw: Any) -> Any:
        make = partial(super().visit_create_table, create, **kw)
        return _defined(create.element, make) if create.element.metadata is metadata else make()

    def visit_create_index(self, create: CreateIndex, *args: Any, **kw: Any) -> Any:
        make = partial(super().visit_create_index, create, *args, **kw)
        table = create.element.table
        return _defined(create.element, make) if table is not None and table.metadata is metadata else make()


def _defined(what: Table | Index, make: Callable[[], str]) -> str:
    if what not in DEFINED:
        DEFINED[what] = make()
    return DEFINED[what]


class Remembering(ImmediateSQLite):
    """The program's own SQLite; they share what they compile, and are at head in memory."""

    supports_statement_cache = True
    ddl_compiler = RememberingDDL

    def connect(self, *where: Any, **how: Any) -> Any:
        connection: Any = super().connect(*where, **how)
        if where == (":memory:",):
            _newest().backup(connection)
        return connection

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine._compiled_cache = COMPILED


@cache
def _newest() -> sqlite3.Connection:
    """A store in memory with nothing in it, made by the program's own `migrate`."""
    engine = create_engine(
        "sqlite+pysqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    migrate(engine)
    made = engine.raw_connection().driver_connection
    assert isinstance(made, sqlite3.Connection)
    return made


def compile_once() -> None:
    """From now on, in this process."""
    registry.register("sqlite.immediate", __name__, Remembering.__name__)

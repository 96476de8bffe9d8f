"""Bringing the store to the newest schema, under a lock, before anything else is done."""

from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import StoreRefused
from storage.tables import metadata
from storage.tables.base import tell_partial

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0004"
"""The newest revision in `migrations/versions`; said here so that a store at head starts without Alembic."""

VERSION_TABLE = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""Where Alembic keeps the revision, as it makes it itself."""

ADVISORY_LOCK = 4_03_06
"""Any number will do, as long as every starter uses the same one."""


def migrate(engine: Engine) -> None:
    """Bring the store to head. Two starters at once: the second waits, then finds nothing to do.

    1. Lock. SQLite: `BEGIN IMMEDIATE`. PostgreSQL: an advisory lock held by the transaction.
    2. At head: done. Empty: create every table as it is now. Else: upgrade step by step.

    Raises StoreRefused when the store is newer than this program.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        current = _current(connection)
        if current == HEAD:
            return
        if current is None:
            _create(connection)
        else:
            _upgrade(connection, current)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _create(connection: Connection) -> None:
    """Create the newest schema in an empty store; tests hold it equal to what the migrations make."""
    tell_partial()
    metadata.create_all(connection, checkfirst=False)
    connection.execute(text(VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def config_for(connection: Connection) -> "Config":
    """Return Alembic's settings for a connection that is already locked."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("storage").joinpath("migrations")))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, current: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = config_for(connection)
    try:
        ScriptDirectory.from_config(config).get_revision(current)
    except CommandError:
        raise StoreRefused(
            "Databasen är nyare än programmet. Installera den nyare versionen av Nuläge. Inget är ändrat.",
            exit_code=6,
        ) from None
    command.upgrade(config, "head")

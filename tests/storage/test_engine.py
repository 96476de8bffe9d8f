"""The hooks and settings that keep answers, and what is lost without them."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import OperationalError

from storage.engine import PRAGMAS, open_engine
from storage.store import Store, open_store
from storage.tables import mark
from tests.postgres import Server


def test_the_settings_that_keep_answers_are_in_force(tmp_path: Path, postgres: Server) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'nulage.sqlite3'}")
    with store.engine.begin() as connection:
        said = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma.partition('=')[0]}").scalar()
            for pragma in PRAGMAS
        }
    store.close()
    assert list(said.values()) == ["wal", 2, 10_000, 1, 8_000, -16_000]
    store = open_store(postgres.database())
    with store.engine.begin() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
        assert connection.execute(text("SHOW lock_timeout")).scalar() == "10s"
    store.close()


def count_to(engine: Engine, most: int) -> tuple[int, int]:
    """Four threads add one, over and over, by reading first; return what the counter says, and failures."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    failed: list[Exception] = []
    start = threading.Barrier(4)

    def add(_: int) -> None:
        start.wait()
        for _number in range(most // 4):
            try:
                with engine.begin() as connection:
                    seen = connection.execute(text("SELECT n FROM counter")).scalar_one()
                    connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})
            except OperationalError as problem:
                failed.append(problem)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4)))
    with engine.begin() as connection:
        counted = connection.execute(text("SELECT n FROM counter")).scalar_one()
    engine.dispose()
    return counted, len(failed)


def test_no_update_is_lost_with_the_hooks(tmp_path: Path) -> None:
    assert count_to(open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}"), 200) == (200, 0)


def test_without_the_hooks_updates_are_lost(tmp_path: Path) -> None:
    """What the hooks are for: SQLAlchemy's defaults on SQLite, and nobody is told."""
    bare = create_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}", connect_args={"timeout": 10})
    with bare.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    counted, failed = count_to(bare, 200)
    assert counted + failed < 200, (counted, failed)


def test_a_savepoint_is_undone_with_its_transaction_and_so_are_tables(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:  # noqa: PT012  the whole transaction
        connection.execute(text("CREATE TABLE half (n INTEGER)"))
        with connection.begin_nested():
            connection.execute(text("INSERT INTO half VALUES (1)"))
        _ = 1 / 0
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_a_connection_that_the_server_ended_is_replaced_before_anybody_notices(
    postgres: Server, opened: Callable[[str], Store]
) -> None:
    store = opened(postgres.at_head())
    with store.begin() as unit:
        unit.add(mark, {"name": "a", "value": "1"})
    postgres.say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test_%'")
    with store.begin() as unit:
        assert len(unit.rows(select(mark))) == 1


def test_the_sqlite_here_knows_what_we_ask_of_it() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING and partial indexes"


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    """What the driver is asked for: the server's own time-outs hold only when it answers."""
    asked: dict[str, object] = {}

    def calling(_dialect: object, _record: object, _args: object, how: dict[str, object]) -> None:
        asked.update(how)
        raise ConnectionRefusedError

    engine = open_engine("postgresql://nulage@127.0.0.1/none")
    event.listen(engine, "do_connect", calling)
    with pytest.raises(ConnectionRefusedError):
        engine.connect()
    assert (asked["connect_timeout"], asked["tcp_user_timeout"], asked["keepalives"]) == (10, 30_000, 1)

"""Looking at a store from beside it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from storage.checkup import check_up, peek
from storage.engine import StoreRefused, open_engine
from storage.store import Store
from storage.tables import mark
from storage.unit import UnitOfWork


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    assert check_up(f"sqlite:///{path}").schema_is == "absent"
    assert not path.exists()


def test_a_setting_that_loses_answers_is_named(url: str, opened: Callable[[str], Store]) -> None:
    """The PostgreSQL of the tests is run without fsync, to be quick; a school's must not be."""
    opened(url).close()
    found = check_up(url)
    unsafe = () if url.startswith("sqlite") else ("fsync = off",)
    assert (found.schema_is, found.unsafe) == ("head", unsafe)


@pytest.mark.parametrize(("revision", "says"), [("0001", "older"), ("9999", "newer")])
def test_an_older_and_a_newer_schema_are_told_apart(
    url: str, opened: Callable[[str], Store], revision: str, says: str
) -> None:
    opened(url).close()
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
    engine.dispose()
    assert check_up(url).schema_is == says
    assert check_up(url).schema_is == says


def test_it_looks_beside_a_bot_that_runs(url: str, opened: Callable[[str], Store]) -> None:
    running = opened(url)
    with running.begin() as unit:
        unit.add(mark, {"name": "a", "value": "1"})
    assert check_up(url).schema_is == "head"
    assert peek(url, marks) == ["a"]


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    path.write_bytes(b"this is not a database, and long enough to be looked at twice" * 20)
    with pytest.raises(StoreRefused, match="är skadad eller är inte en databas"):
        check_up(f"sqlite:///{path}")
    with pytest.raises(StoreRefused, match="Jag når inte databasen"):
        check_up("postgresql://nobody@/none?host=/nowhere")


def test_it_waits_for_nobody_who_writes_and_nobody_waits_for_it(
    url: str, opened: Callable[[str], Store]
) -> None:
    running = opened(url)
    with running.begin() as unit:
        unit.add(mark, {"name": "a", "value": "1"})
    with running.begin() as writing:
        writing.add(mark, {"name": "b", "value": "1"})
        writing.flush()
        assert check_up(url).schema_is == "head"
        assert peek(url, marks) == ["a"]
    assert peek(url, marks) == ["a", "b"]


def test_who_looks_cannot_write(url: str, opened: Callable[[str], Store]) -> None:
    opened(url).close()
    with pytest.raises((StoreRefused, DBAPIError)):
        peek(url, lambda unit: unit.add(mark, {"name": "a", "value": "1"}))
    assert peek(url, marks) == []


def test_a_journal_that_is_not_ours_is_named_and_left_as_it_is(
    tmp_path: Path, opened: Callable[[str], Store]
) -> None:
    path = tmp_path / "nulage.sqlite3"
    opened(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
    for _ in range(2):
        assert check_up(f"sqlite:///{path}").unsafe == ("journal_mode = delete",)


def test_a_store_that_another_program_keeps_to_itself_is_told_of(
    tmp_path: Path, opened: Callable[[str], Store]
) -> None:
    path = tmp_path / "nulage.sqlite3"
    opened(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreRefused, match="upptagen"):
            check_up(f"sqlite:///{path}")
        with pytest.raises(StoreRefused, match="upptagen"):
            peek(f"sqlite:///{path}", marks)


def marks(unit: UnitOfWork) -> list[str]:
    return [row["name"] for row in unit.rows(select(mark.c.name).order_by(mark.c.name))]

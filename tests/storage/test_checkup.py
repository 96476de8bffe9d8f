"""Looking at a store from beside it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage.checkup import check_up, peek
from storage.engine import StoreRefused, open_engine
from storage.store import Store
from storage.tables import mark


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
    assert peek(url, lambda unit: [row["name"] for row in unit.rows(select(mark))]) == ["a"]


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    path.write_bytes(b"this is not a database, and long enough to be looked at twice" * 20)
    with pytest.raises(StoreRefused, match="är skadad eller är inte en databas"):
        check_up(f"sqlite:///{path}")
    with pytest.raises(StoreRefused, match="Jag når inte databasen"):
        check_up("postgresql://nobody@/none?host=/nowhere")

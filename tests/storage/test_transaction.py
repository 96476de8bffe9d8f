"""A transaction begins and ends whole, whether SQLAlchemy took part in it or only the driver."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage.post.inbox import StoreAway
from storage.store import Store, open_store
from storage.tables import mark
from storage.unit import UnitOfWork
from tests.faults.doors import watch_store
from tests.postgres import Server


class Broken(Exception):
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nulage.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def note(unit: UnitOfWork, name: str) -> None:
    unit.add(mark, {"name": name, "value": "1"})


def on_disk(path: Path) -> list[str]:
    with sqlite3.connect(path) as other:
        return [name for (name,) in other.execute("SELECT name FROM mark ORDER BY name")]


def write(store: Store, name: str, *, asked: bool, then: Exception | None = None) -> None:
    """One transaction, in which SQLAlchemy is asked something or not; `then` ends it badly."""
    with store.begin() as unit:
        note(unit, name)
        unit.flush()
        if asked:
            unit.rows(select(mark.c.name))
        if then:
            raise then


def write_apart(unit: UnitOfWork, name: str, then: Exception) -> None:
    with unit.apart():
        note(unit, name)
        unit.flush()
        raise then


ASKED = pytest.mark.parametrize("asked", [False, True], ids=["only the driver", "SQLAlchemy too"])


@ASKED
def test_what_ends_well_is_on_disk_and_what_fails_leaves_nothing(
    store: Store, path: Path, *, asked: bool
) -> None:
    write(store, "kept", asked=asked)
    assert on_disk(path) == ["kept"]
    with pytest.raises(Broken):
        write(store, "lost", asked=asked, then=Broken())
    write(store, "next", asked=asked)
    assert on_disk(path) == ["kept", "next"]


@ASKED
def test_a_commit_that_raises_leaves_nothing_open(store: Store, path: Path, *, asked: bool) -> None:
    broken: list[str] = []

    def door(kind: str) -> None:
        if kind == "commit" and not broken:
            broken.append(kind)
            raise Broken

    watch_store(store, door)
    with pytest.raises(Broken):
        write(store, "lost", asked=asked)
    write(store, "next", asked=asked)
    assert on_disk(path) == ["next"]


def test_a_savepoint_first_of_all_takes_back_only_its_own(store: Store, path: Path) -> None:
    with store.begin() as unit:
        with pytest.raises(Broken):
            write_apart(unit, "lost", Broken())
        note(unit, "kept")
    assert on_disk(path) == ["kept"]


@ASKED
def test_when_the_disk_is_full_nothing_is_said_to_be_saved(store: Store, path: Path, *, asked: bool) -> None:
    """SQLite takes the whole transaction back, and whoever wanted the savepoint may not know it."""

    def grouped() -> None:
        with store.begin() as unit:
            note(unit, "answer")
            unit.flush()
            if asked:
                unit.rows(select(mark.c.name))
            pages = unit.rows(text("PRAGMA page_count"))[0]["page_count"]
            unit.change(text(f"PRAGMA max_page_count={pages}"))
            with suppress(Exception):
                write_apart(unit, "x" * 200_000, Broken())
            unit.rows(text("PRAGMA max_page_count=1000000"))
            note(unit, "alone")

    with pytest.raises(StoreAway):
        grouped()
    assert on_disk(path) == []
    write(store, "next", asked=asked)
    assert on_disk(path) == ["next"]


def test_a_file_that_somebody_else_is_writing_is_away_and_then_back(store: Store, path: Path) -> None:
    with store.begin() as unit:
        unit.change(text("PRAGMA busy_timeout=0"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreAway):
        write(store, "early", asked=False)
    other.execute("ROLLBACK")
    other.close()
    with store.begin() as unit:
        note(unit, "late")
    assert on_disk(path) == ["late"]


def driver_statement(unit: UnitOfWork) -> None:
    note(unit, "lost")
    unit.flush()


def driver_look_up(unit: UnitOfWork) -> None:
    unit.find_among(mark.c.name, ["lost"])


def sqlalchemy_statement(unit: UnitOfWork) -> None:
    unit.rows(select(mark.c.name))


def only_the_commit(_unit: UnitOfWork) -> None:
    pass


def in_a_savepoint_that_is_swallowed(unit: UnitOfWork) -> None:
    with suppress(Exception):
        write_apart(unit, "lost", Broken())
    note(unit, "alone")


@pytest.mark.parametrize(
    "work",
    [
        driver_statement,
        driver_look_up,
        sqlalchemy_statement,
        only_the_commit,
        in_a_savepoint_that_is_swallowed,
    ],
)
def test_a_connection_that_breaks_is_a_store_that_is_away_and_then_back(
    postgres: Server, work: Callable[[UnitOfWork], None]
) -> None:
    store = open_store(postgres.at_head())

    def broken_off() -> None:
        with store.begin() as unit:
            note(unit, "lost before")
            unit.flush()
            (own,) = unit.rows(text("SELECT pg_backend_pid() AS pid"))
            postgres.say(f"SELECT pg_terminate_backend({own['pid']})")
            work(unit)

    with pytest.raises(StoreAway):
        broken_off()
    with store.begin() as unit:
        note(unit, "next")
    with store.begin() as unit:
        assert [row["name"] for row in unit.rows(select(mark.c.name))] == ["next"]
    store.close()

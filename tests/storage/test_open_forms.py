"""The forms that one process leaves open to the next, on both databases."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from storage.installed import open_forms
from storage.store import Store
from storage.tables import mark
from storage.unit import UnitOfWork
from tests.postgres import Server
from tests.storage.made import NOW
from tests.storage.test_references import purge
from tests.waiting import until

WAITING = text("SELECT 1 FROM pg_locks WHERE NOT granted")
SOON = timedelta(minutes=30)


def leave(unit: UnitOfWork, told: str, whose: str, after: timedelta = SOON) -> None:
    open_forms.leave(unit, told, NOW + after, whose)


def test_what_was_left_is_taken_once(store: Store) -> None:
    with store.begin() as unit:
        leave(unit, "of b", "b")
        leave(unit, "of a", "a")
        unit.add(mark, {"name": "teams_open_formsX:1:c", "value": "another's"})
    with store.begin() as unit:
        assert open_forms.take(unit) == ("of a", "of b")
        assert open_forms.take(unit) == ()
    with store.begin() as unit:
        assert open_forms.take(unit) == ()
        assert len(unit.rows(select(mark).where(mark.c.value == "another's"))) == 1


def test_two_that_begin_at_once_are_not_both_given_it(
    postgres: Server, opened: Callable[[str], Store]
) -> None:
    url = postgres.at_head()
    one, other = opened(url), opened(url)
    with one.begin() as unit:
        leave(unit, "what stood open", "a")
    given: dict[str, tuple[str, ...]] = {}

    def take() -> None:
        with other.begin() as unit:
            given["other"] = open_forms.take(unit)

    async def in_turn() -> None:
        with one.begin() as unit:
            given["one"] = open_forms.take(unit)
            taking = asyncio.create_task(asyncio.to_thread(take))
            await until(lambda: unit.rows(WAITING))
        await taking

    asyncio.run(in_turn())
    assert given == {"one": ("what stood open",), "other": ()}


@pytest.mark.parametrize("named", ["", "teams_open_forms:0a0a0a0a"])
def test_what_nobody_came_for_is_forgotten_when_nobody_can_be_writing(store: Store, named: str) -> None:
    with store.begin() as unit:
        leave(unit, "old", "a")
        leave(unit, "new", "b", after=2 * SOON)
        if named:
            unit.add(mark, {"name": named, "value": "of an older version"})
    purge(store, SOON)
    with store.begin() as unit:
        assert open_forms.take(unit) == ("new",)

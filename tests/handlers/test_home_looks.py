"""Looking at one's Home leaves no trace, whoever looks and however often; what it shows is what holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, select
from structlog.testing import capture_logs

from bot.domain.events import HomeOpened
from bot.domain.school import Account, Place
from bot.platforms.terminal.send import PLATFORM
from bot.runtime.dispatcher import TRIES
from handlers.giving_up import give_up
from storage.post.inbox import StoreAway
from storage.tables import metadata
from tests.each import each
from tests.handlers.people_stage import Workspaces
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
WAITING = "T1/lena"


@pytest.fixture
def world() -> Iterator[World]:
    with World(START) as world:
        yield world


def kept(world: World) -> dict[str, list[str]]:
    """Every row of every table."""
    with world.store.begin() as unit:
        return {
            table.name: sorted(str(tuple(row.values())) for row in unit.rows(select(table)))
            for table in metadata.sorted_tables
        }


def opened(who: str) -> HomeOpened:
    return HomeOpened(
        id=f"home-{who}",
        at=START,
        who=Account(platform=PLATFORM, user=who, name=who.capitalize()),
        where=Place(platform=PLATFORM, address=f"@{who}"),
    )


def look(world: World, who: str, times: int = 3) -> list[str]:
    """Look as often as that, and return what was seen."""
    before = len(world.heard)
    for _ in range(times):
        world.act(opened(who))
    return [heard.text for heard in world.heard[before:] if heard.only_to == who]


@each("who", ["lena", "sam", "pia", "rut", "tove", "nils", "a stranger"])
def test_a_look_keeps_nothing_and_is_answered_each_time(world: World, who: str) -> None:
    before = kept(world)
    seen = look(world, who)
    assert kept(world) == before
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_who_has_asked_to_be_let_in_has_asked_once_however_often_they_look(world: World) -> None:
    spaces = Workspaces(world)
    spaces.called[WAITING] = "Lena"
    spaces.begin()
    spaces.submit(WAITING, "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
    before = kept(world)
    assert len(look(world, WAITING)) == 3
    assert kept(world) == before


def test_what_was_done_between_two_looks_shows_in_the_second(world: World) -> None:
    (before,) = look(world, "lena", 1)
    world.write("lena", "/språk english")
    (after,) = look(world, "lena", 1)
    assert "I write to you in English." in after
    assert before != after


@contextmanager
def broken(world: World, problem: Exception) -> Iterator[None]:
    """The store answers every try of one job with `problem`."""
    tries = iter((problem,) * TRIES)

    def refuse(*_: object) -> None:
        for one in tries:
            raise one

    event.listen(world.store.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(world.store.engine, "before_cursor_execute", refuse)


def test_a_look_that_falls_over_is_apologised_for_by_a_code_that_the_log_has(world: World) -> None:
    with broken(world, RuntimeError("ours")), capture_logs() as logged:
        (sorry,) = look(world, "lena", 1)
    (code,) = [line["code"] for line in logged if line["action"] == "app.look_failed"]
    assert code in sorry
    assert code not in look(world, "lena", 1)[0]


def test_a_look_that_is_given_up_is_waited_for_and_leaves_nothing(world: World) -> None:
    before = kept(world)
    with world.store.begin() as unit:
        assert give_up(unit, opened("lena"))
    assert kept(world) == before


def test_a_look_at_a_store_that_is_away_says_so_to_whoever_handed_it_in(world: World) -> None:
    with broken(world, StoreAway("gone")), pytest.raises(StoreAway):
        world.act(opened("lena"))

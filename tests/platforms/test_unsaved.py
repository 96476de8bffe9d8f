"""What waits for the store: taken when it is back, and told of when it cannot be kept any longer."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from bot.platforms.unsaved import MOST_KEPT, Unsaved
from tests.each import each
from tests.runtime.stage import TimelessLoop


async def not_taken() -> bool:
    return False


async def is_taken() -> bool:
    return True


def test_what_was_not_saved_when_it_ends_is_told_of_and_nothing_else_is() -> None:
    async def story() -> list[str]:
        told: list[str] = []
        unsaved = Unsaved("test")
        unsaved.keep("in vain", not_taken, lambda: told.append("in vain"))
        unsaved.keep("saved", is_taken, lambda: told.append("saved"))
        running = asyncio.create_task(unsaved.run())
        await asyncio.sleep(0)
        assert told == []
        unsaved.stop()
        await unsaved.ended()
        await running
        return told

    assert asyncio.run(story()) == ["in vain"]


def test_what_never_ran_has_ended() -> None:
    asyncio.run(Unsaved("test").ended())


def test_what_was_kept_before_it_ever_ran_is_told_of_when_it_ends() -> None:
    told: list[str] = []

    async def story() -> int:
        unsaved = Unsaved("test")
        unsaved.keep("in vain", not_taken, lambda: told.append("in vain"))
        unsaved.stop()
        await unsaved.ended()
        return unsaved.forgotten

    assert asyncio.run(story()) == 1
    assert told == ["in vain"]


def test_what_there_is_no_room_for_is_told_of_the_oldest_first() -> None:
    told: list[int] = []
    unsaved = Unsaved("test")
    for number in range(MOST_KEPT + 2):
        unsaved.keep(str(number), not_taken, partial(told.append, number))
    assert told == [0, 1]


@dataclass
class Store:
    """`tried`: how often it was asked; away, it takes nothing."""

    away: bool = False
    tried: int = 0

    async def take(self) -> bool:
        self.tried += 1
        return not self.away


async def never_run(unsaved: Unsaved) -> None:
    unsaved.stop()


async def stopped_before_it_ran(unsaved: Unsaved) -> None:
    unsaved.stop()
    await unsaved.run()


async def cut_off(unsaved: Unsaved) -> None:
    running = asyncio.create_task(unsaved.run())
    await asyncio.sleep(0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@each("how", [never_run, stopped_before_it_ran, cut_off])
def test_it_is_tried_once_more_however_it_ends(how: Callable[[Unsaved], Awaitable[None]]) -> None:
    async def story(store: Store) -> tuple[int, list[str], int]:
        told, unsaved = list[str](), Unsaved("test")
        unsaved.keep("words", store.take, lambda: told.append("lost"))
        await how(unsaved)
        await unsaved.ended()
        return store.tried, told, unsaved.forgotten

    assert asyncio.run(story(Store())) == (1, [], 0)
    assert asyncio.run(story(Store(away=True))) == (1, ["lost"], 1)


def test_what_is_kept_in_the_try_during_which_it_is_stopped_is_tried_too() -> None:
    async def story() -> tuple[int, int]:
        store, unsaved = Store(), Unsaved("test")

        async def slow() -> bool:
            unsaved.stop()
            unsaved.keep("later", store.take)
            return True

        unsaved.keep("first", slow)
        await unsaved.run()
        return store.tried, unsaved.forgotten

    with asyncio.Runner(loop_factory=TimelessLoop) as runner:
        assert runner.run(story()) == (1, 0)


def test_one_that_breaks_keeps_no_other_from_being_taken() -> None:
    async def broken() -> bool:
        raise KeyError("a fault of ours")

    async def story() -> tuple[int, int]:
        store, unsaved = Store(), Unsaved("test")
        unsaved.keep("broken", broken)
        unsaved.keep("whole", store.take)
        await unsaved.try_again()
        return store.tried, len(unsaved._waiting)

    assert asyncio.run(story()) == (1, 1)

"""What waits for the store: taken when it is back, and told of when it cannot be kept any longer."""

import asyncio
from functools import partial

from bot.platforms.unsaved import MOST_KEPT, Unsaved


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

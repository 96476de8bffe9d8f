"""A bell is waited for, and not for ever."""

import asyncio

from bot.rung import rung
from tests.waiting import DEADLINE


def test_a_bell_that_rings_is_heard_at_once() -> None:
    async def story() -> None:
        bell = asyncio.Event()
        asyncio.get_running_loop().call_soon(bell.set)
        async with asyncio.timeout(DEADLINE):
            assert await rung(bell, 10 * DEADLINE)

    asyncio.run(story())


def test_a_bell_that_never_rings_is_not_waited_for() -> None:
    async def story() -> None:
        async with asyncio.timeout(DEADLINE):
            assert not await rung(asyncio.Event(), 0.0)

    asyncio.run(story())

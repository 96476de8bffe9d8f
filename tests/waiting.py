"""Waiting for what happens elsewhere: in another task, thread or process."""

import asyncio
from collections.abc import Callable

DEADLINE = 60
"""Far longer than anything takes: only what will never happen is given up."""


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(DEADLINE):
        while not happened():  # noqa: ASYNC110  it happens where no event of ours can be set
            await asyncio.sleep(0.005)

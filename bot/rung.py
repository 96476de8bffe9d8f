"""Waiting for a bell that may never ring: whoever looks now and then looks at once when it does."""

import asyncio
from contextlib import suppress


async def rung(bell: asyncio.Event, within: float) -> bool:
    """Wait until the bell has rung, but no longer than `within` seconds; return whether it has."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await bell.wait()
    return bell.is_set()

"""What a platform sent while nothing could be saved: kept here until the store is back.

It has its effect then, once, as it would have had; whoever wrote it hears what became of it. What waits
is in memory, since there is nowhere else: a restart before the store is back forgets it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

AGAIN_SECONDS = 30.0
"""How often it is tried."""

MOST_KEPT = 1000
"""Happenings that wait; of more than that, the oldest are forgotten."""

Take = Callable[[], Awaitable[bool]]
"""Takes it now; False when it could not be saved this time either."""

log = structlog.get_logger()


class Unsaved:
    """Keeps what was not taken, and looks for the store for as long as it runs. `platform` is for the log."""

    def __init__(self, platform: str) -> None:
        self._platform = platform
        self._waiting: dict[str, Take] = {}
        self._stopping = asyncio.Event()

    def keep(self, id_: str, take: Take) -> None:
        """Take the event with this id when the store is back."""
        self._waiting[id_] = take
        if len(self._waiting) > MOST_KEPT:
            del self._waiting[next(iter(self._waiting))]
            log.error("forgotten", action=f"{self._platform}.forgotten")

    async def run(self) -> None:
        """Try again until stopped."""
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), AGAIN_SECONDS)
            await self.try_again()

    def stop(self) -> None:
        """Try once more, and then no more."""
        self._stopping.set()

    async def try_again(self) -> None:
        """Take all that waits, in the order in which it came: the store takes them together."""
        waiting = list(self._waiting.items())
        taken = await asyncio.gather(*(take() for _, take in waiting))
        for (id_, take), done in zip(waiting, taken, strict=True):
            if done and self._waiting.get(id_) is take:
                del self._waiting[id_]
        if not all(taken):
            log.warning("still_unsaved", action=f"{self._platform}.still_unsaved", n=len(self._waiting))

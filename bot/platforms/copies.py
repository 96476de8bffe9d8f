"""A platform tells some things twice: when it missed our answer, and when words also name the bot.

The inbox sees to it that each has one effect. This sees to it that nobody is told so.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.messages.model import Response

MOST_KEPT = 5000
"""Ids remembered; a copy of something older is still no harm, only words too many."""


class Copies:
    """What this process has taken lately, and what it is taking now."""

    def __init__(self) -> None:
        self._taken: dict[str, asyncio.Future[bool]] = {}

    async def first(
        self, id_: str, save: Callable[[], Awaitable[Response | None]]
    ) -> tuple[bool, Response | None]:
        """Save, unless a copy of it is saved: (whether it is on disk, what it came to if that was now)."""
        while (earlier := self._taken.get(id_)) is not None:
            if await asyncio.shield(earlier):
                return True, None
        mine = self._taken[id_] = asyncio.get_running_loop().create_future()
        saved = None
        try:
            saved = await save()
        finally:
            if saved is None:
                del self._taken[id_]
            mine.set_result(saved is not None)
        while len(self._taken) > MOST_KEPT and self._taken[next(iter(self._taken))].done():
            del self._taken[next(iter(self._taken))]
        return saved is not None, saved

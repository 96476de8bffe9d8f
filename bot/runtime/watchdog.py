"""Notices what has stopped: restarts what can be restarted, and gives up when that does not help.

A process that lives but does nothing is worse than one that has died: nobody starts it again.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from bot.log import log

LOOK_EVERY_SECONDS = 5.0
STUCK_AFTER_SECONDS = 90.0
"""Four missed beats of the heartbeat, and six times the longest call the courier makes."""

MOST_RESTARTS = 2
"""The third time something is stuck, the whole process is started again by whoever watches over it."""


class GaveUp(Exception):
    """Something has stopped and cannot be mended from within."""


class Part(NamedTuple):
    """Something that must go on, and when (`time.monotonic`) it last got anywhere.

    `vital`: the process is of no use without it. What depends on a network is not: no restart
    brings that back.
    """

    name: str
    last_progress: Callable[[], float]
    restart: Callable[[], None] | None = None
    vital: bool = True


class _Tried(NamedTuple):
    """How often in a row a part was restarted, and when last."""

    times: int = 0
    at: float = -math.inf


class Watchdog:
    """Reads every part's last progress; `/readyz` and the restarts rest on the same reading."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        excused: Callable[[], Awaitable[bool]],
        clock: Callable[[], float] = time.monotonic,
        every: float = LOOK_EVERY_SECONDS,
    ) -> None:
        self._parts = tuple(parts)
        self._excused = excused
        self._clock = clock
        self._every = every
        self._tried: dict[str, _Tried] = {}

    def ages(self) -> dict[str, float]:
        """Return the seconds since each part last got anywhere."""
        now = self._clock()
        return {part.name: max(now - part.last_progress(), 0.0) for part in self._parts}

    def stuck(self, *, vital: bool = False) -> tuple[str, ...]:
        """Name the parts that have got nowhere for too long, restarted or not; all, or only the vital."""
        late = {name for name, age in self.ages().items() if age > STUCK_AFTER_SECONDS}
        return tuple(part.name for part in self._parts if part.name in late and (part.vital or not vital))

    async def look(self) -> None:
        """Restart what is stuck. Raises GaveUp the third time in a row.

        While the database is away nothing gets anywhere and no restart helps: that is excused.
        """
        stuck = [part for part in self._parts if part.vital and self._is_stuck(part)]
        if stuck and not await self._excused():
            for part in stuck:
                self._restart(part)

    async def run(self) -> None:
        """Look now and then, for as long as that helps. Raises GaveUp."""
        while True:
            await asyncio.sleep(self._every)
            await self.look()

    def _is_stuck(self, part: Part) -> bool:
        """A restart gives a part as long again to show that it goes on."""
        since = max(part.last_progress(), self._times(part).at)
        return self._clock() - since > STUCK_AFTER_SECONDS

    def _times(self, part: Part) -> _Tried:
        tried = self._tried.get(part.name, _Tried())
        return _Tried() if part.last_progress() > tried.at else tried

    def _restart(self, part: Part) -> None:
        times = self._times(part).times + 1
        if times > MOST_RESTARTS:
            log.error("gave_up", action="watchdog.gave_up", kind=part.name)
            raise GaveUp(part.name)
        log.error("stuck", action="watchdog.restarted", kind=part.name, n=times)
        self._tried[part.name] = _Tried(times, self._clock())
        if part.restart:
            part.restart()

"""The metronome: APScheduler wakes the bot, and knows nothing else. The database is the schedule."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.log import log

EVERY_SECONDS = 20


class Heartbeat:
    """Calls `tick` every twenty seconds; a tick that fails is logged and the next one comes anyway.

    Why not its job store: one database error there silences it for ever, and a job that is due
    during a restart is dropped (apscheduler PR#1132; APScheduler user guide, misfire_grace_time).
    """

    def __init__(self, tick: Callable[[], Awaitable[None]], every: float = EVERY_SECONDS) -> None:
        self._tick = tick
        self._every = every
        self._scheduler: Any = None
        self.last_progress = time.monotonic()

    def start(self) -> None:
        """Begin, inside a running event loop."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(
            self._beat,
            "interval",
            seconds=self._every,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler:
            self._scheduler.shutdown(wait=False)

    def restart(self) -> None:
        """Begin anew; a tick that hangs is let go of. Whether it helped shows in `last_progress`."""
        self.stop()
        self.start()

    async def _beat(self) -> None:
        try:
            await self._tick()
        except Exception:  # the metronome must outlive whatever a tick runs into
            log.exception("tick_failed", action="heartbeat.tick_failed")
        else:
            self.last_progress = time.monotonic()

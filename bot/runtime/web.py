"""What an operator's own machines ask: is it alive, is it ready, and how is it going."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.log import log
from bot.runtime.clock import Clock
from bot.runtime.metrics import Sample, exposition, gauge
from bot.runtime.watchdog import Watchdog
from storage.post.gauges import Outstanding
from storage.post.inbox import StoreAway

EXPOSITION = "text/plain; version=0.0.4"
FORWARDED = ("forwarded", "x-forwarded-for")
"""What a proxy adds: whoever comes that way comes from outside, and has nothing to do with our numbers."""
PATIENCE = 5.0
"""Seconds the database gets to answer; whoever asks will ask again."""
AWAY_PATIENCE = 90.0
"""Seconds it gets to say that it is away, before anything is given up for its silence.

The writer tries twice for whoever came before, and then twice for us. Each time SQLite waits 10 s for its
lock, and PostgreSQL as long for a connection; one that was cut without a word is noticed after 30 s.
"""

Standing = Callable[[], Awaitable[dict[str, Outstanding]]]


class Watch:
    """Gathers what is asked for.

    `hindrances` names what else keeps the bot from being ready; `away` what only a part of it waits for.
    """

    def __init__(
        self,
        watchdog: Watchdog,
        samples: Callable[[], Iterable[Sample]],
        clock: Clock,
        *,
        standing: Standing,
        hindrances: Callable[[], Iterable[str]],
        away: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._watchdog = watchdog
        self._samples = samples
        self._clock = clock
        self._standing = standing
        self._hindrances = hindrances
        self._away = away
        self._since = time.time()

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._alive),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics),
        ]

    async def database_away(self) -> bool:
        """Whether the database says that it is away; one that says nothing at all is another matter.

        For the watchdog, that has time: a process that is started anew finds the same database.
        """
        try:
            async with asyncio.timeout(AWAY_PATIENCE):
                await self._standing()
        except StoreAway:
            return True
        except Exception:  # the watchdog must outlive it; TimeoutError too
            log.exception("not_asked", action="watch.not_asked")
        return False

    async def _outstanding(self) -> dict[str, Outstanding]:
        """Return how the outbox stands, and nothing when the database does not say so in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._standing()
        except (StoreAway, TimeoutError):
            return {}
        except Exception:  # damaged, perhaps: whoever asks is to hear that it is of no use
            log.exception("not_asked", action="watch.not_asked")
            return {}

    async def _alive(self, _request: Request) -> Response:
        """The loop turns, or this would not be answered; the database is not asked."""
        return PlainTextResponse("ok\n")

    async def _ready(self, _request: Request) -> Response:
        stuck = [*self._hindrances(), *self._watchdog.stuck(vital=True)]
        if not await self._outstanding():
            stuck.append("database")
        away = [one for one in self._away() if one not in stuck]
        told = {"ready": not stuck, "stuck": stuck, "away": away}
        return JSONResponse(told, status_code=503 if stuck else 200)

    async def _metrics(self, request: Request) -> Response:
        if any(name in request.headers for name in FORWARDED):
            return PlainTextResponse("not found\n", status_code=404)
        standing = await self._outstanding()
        samples = (*self._samples(), *self._gauges(standing))
        return PlainTextResponse(exposition(samples), media_type=EXPOSITION)

    def _gauges(self, standing: dict[str, Outstanding]) -> tuple[Sample, ...]:
        now = self._clock.now()
        numbers = {state: one.number for state, one in standing.items()}
        waits = {state: _seconds(one, now) for state, one in standing.items()}
        return (
            gauge("nulage_start_time_seconds", "When the process started.", {"": self._since}),
            gauge("nulage_database_up", "Whether the database answers.", {"": bool(standing)}),
            gauge("nulage_progress_age_seconds", "Since it got anywhere.", self._watchdog.ages(), "part"),
            gauge("nulage_outbox_messages", "Messages not sent yet.", numbers, "state"),
            gauge("nulage_outbox_wait_seconds", "How late the oldest of them is.", waits, "state"),
        )


def _seconds(one: Outstanding, now: datetime) -> float:
    return max((now - datetime.fromisoformat(one.oldest)).total_seconds(), 0.0) if one.oldest else 0.0

"""One bot at work: its pieces put together, begun in order, and ended quietly."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog
import uvicorn
from starlette.applications import Starlette

from bot.app import App
from bot.domain.events import Event
from bot.messages.model import Response
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from bot.runtime.heartbeat import Heartbeat
from bot.runtime.metrics import Counted, Counts, Sample, counter
from bot.runtime.ping import ping
from bot.runtime.watchdog import GaveUp, Part, Watchdog
from bot.runtime.web import Watch
from bot.serve.ending import in_time, told_to_stop
from bot.serve.slack import SlackSide
from bot.settings import Settings
from prompts.book import Prompts
from storage.post.gauges import outstanding
from storage.post.inbox import StoreAway
from storage.store import Store
from storage.unit import UnitOfWork

EXIT_GAVE_UP = 8
EXIT_CUT_SHORT = 1
REQUESTS_SECONDS = 5
"""What requests under way get when the bot closes: Slack itself gives up after three."""

T = TypeVar("T")
log = structlog.get_logger()


class Http(uvicorn.Server):
    """A server that leaves signals to whoever runs it: more than the server is to be closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Running:
    """The composition for real work. `run` is all that is asked of it."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        prompts: Prompts,
        clock: Clock,
        watchdog: Callable[..., Watchdog] = Watchdog,
    ) -> None:
        self._ping_url = settings.ping_url
        self._counts = Counts()
        self._closing = False
        self._slack = SlackSide(settings, self._in_store, self._dispatch, clock, self._counts)
        platform = Counted(self._slack.platform, self._counts)
        self._app = App(store, prompts, {platform.name: platform}, clock)
        self._heartbeat = Heartbeat(self._tick)
        self._watchdog = watchdog(self._parts(), excused=self._database_away)
        self._watch = Watch(
            self._watchdog,
            self._samples,
            clock,
            standing=lambda: self._in_store(outstanding),
            hindrances=self._hindrances,
        )

    async def run(self, listening: socket.socket, say: Callable[[str], None]) -> int:
        """Work until told to stop, or until nothing helps any more; return the exit code.

        1. HTTP first: whoever asks hears that we live, and Slack that it should try again.
        2. The heartbeat and its watchdog. What falls due is promised, and sent when it can be.
        3. Slack: who are we there? Then its doors and sockets open, and the courier sets out.
        """
        with told_to_stop() as told:
            http = self._http()
            self._app.start()
            self._heartbeat.start()
            serving = asyncio.create_task(http.serve([listening]))
            watching = asyncio.create_task(self._watchdog.run())
            working = asyncio.create_task(self._work())
            waiting = asyncio.create_task(told.wait())
            calm_collector()
            host, port = listening.getsockname()[:2]
            say(f"Nuläge är igång på {host}:{port}. Stäng med Ctrl+C.")
            first = {serving, watching, working, waiting}
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            gave_up = isinstance(_fault(watching), GaveUp)
            with in_time(EXIT_GAVE_UP if gave_up else EXIT_CUT_SHORT):
                http.should_exit = True
                watching.cancel()
                waiting.cancel()
                await self._end(serving, working)
        for fault in (_fault(serving), _fault(working), None if gave_up else _fault(watching)):
            if fault:
                raise fault
        return EXIT_GAVE_UP if gave_up else 0

    async def _work(self) -> None:
        await self._slack.connect()
        await asyncio.gather(self._app.courier.run(), self._slack.run())

    async def _end(self, serving: "asyncio.Task[None]", working: "asyncio.Task[None]") -> None:
        """Not ready, then: take nothing more, finish what is in flight, and let go of the store last."""
        self._closing = True
        log.info("closing", action="serve.closing")
        self._heartbeat.stop()
        if not self._slack.known:
            working.cancel()
        try:
            await asyncio.gather(self._shut_doors(serving), self._app.courier.stop())
            await asyncio.wait({working})
            await self._slack.close()
        finally:
            await asyncio.to_thread(self._app.stop)

    async def _shut_doors(self, serving: "asyncio.Task[None]") -> None:
        await asyncio.wait({serving})
        await self._slack.shut()

    def _http(self) -> Http:
        routes = [*self._watch.routes(), *self._slack.routes()]
        return Http(
            uvicorn.Config(
                Starlette(routes=routes),
                access_log=False,
                lifespan="off",
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=REQUESTS_SECONDS,
            )
        )

    async def _in_store(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._app.dispatcher.run(work))

    async def _dispatch(self, event: Event) -> Response:
        started = time.perf_counter()
        try:
            response = await self._app.dispatch(event)
        except StoreAway:
            self._counts.not_saved += 1
            raise
        self._counts.events[event.__class__.__name__] += 1
        self._counts.event_seconds += time.perf_counter() - started
        return response

    async def _tick(self) -> None:
        await self._app.tick()
        self._counts.ticks += 1
        if self._ping_url:
            await ping(self._ping_url)

    async def _database_away(self) -> bool:
        return await self._watch.database_away()

    def _parts(self) -> tuple[Part, ...]:
        """What must go on. While Slack is not known there is nothing for the courier to do."""
        courier = self._app.courier
        return (
            Part("heartbeat", lambda: self._heartbeat.last_progress, self._heartbeat.restart),
            Part("courier", lambda: courier.last_progress if self._slack.known else time.monotonic()),
            *self._slack.parts(),
        )

    def _hindrances(self) -> Iterable[str]:
        return ("closing",) if self._closing else self._slack.hindrances()

    def _samples(self) -> tuple[Sample, ...]:
        repeated = {"": self._app.handlers.repeated}
        again = counter(
            "nulage_events_repeated_total", "Events that came again after their effect.", repeated
        )
        return (*self._counts.samples(), again, *self._slack.samples())


def _fault(task: "asyncio.Task[None]") -> BaseException | None:
    return task.exception() if task.done() and not task.cancelled() else None

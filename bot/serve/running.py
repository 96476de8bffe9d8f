"""One bot at work: its pieces put together, begun in order, and ended quietly."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette

from bot.app import App
from bot.domain.events import Event
from bot.domain.school import Account, Language
from bot.log import log
from bot.messages.model import Response
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from bot.runtime.heartbeat import Heartbeat
from bot.runtime.metrics import Counted, Counts, Sample, counter
from bot.runtime.ping import Ping
from bot.runtime.watchdog import GaveUp, Part, Watchdog
from bot.runtime.web import Watch
from bot.serve.chats import Chats
from bot.serve.ending import in_time, told_to_stop
from bot.serve.languages import read_all
from bot.serve.sides import Gate, Side, Working, sides_of
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
IDLE_SECONDS = 130
"""How long a silent connection is kept. Whoever sends here, a reverse proxy most of all, must tire of it
first (nginx after 60, Caddy after 120): what they send while we close it is lost."""

T = TypeVar("T")


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
        self._ping = Ping(settings.ping_url) if settings.ping_url else None
        self._counts = Counts()
        self._closing = False
        working = Working(self._in_store, self._dispatch, clock, self._counts, self._speaks)
        self._sides = sides_of(settings, working)
        self._chats = Chats(self._sides)
        self._working: dict[Side, asyncio.Task[None]] = {}
        self._known = asyncio.Event()
        shut = [
            Gate(side, side.platform, partial(self._chats.pause, side))
            for side in self._sides
            if side.platform
        ]
        platforms = {one.name: Counted(one, self._counts) for one in shut}
        self._app = App(store, prompts, platforms, clock)
        self._heartbeat = Heartbeat(self._tick)
        self._watchdog = watchdog(self._parts(), excused=self._database_away)
        self._watch = Watch(
            self._watchdog,
            self._samples,
            clock,
            standing=lambda: self._in_store(outstanding),
            hindrances=self._hindrances,
            away=lambda: self._chats.away(self._watchdog.stuck()),
        )

    async def run(self, listening: socket.socket, say: Callable[[str], None]) -> int:
        """Work until told to stop, or until nothing helps any more; return the exit code.

        1. HTTP first: whoever asks hears that we live, and Slack that it should try again.
        2. The heartbeat and its watchdog. What falls due is promised, and sent when it can be.
        3. Each side: who are we there? Then its doors open, and the courier sets out.
        """
        with told_to_stop() as told:
            http = self._http()
            self._app.start()
            self._heartbeat.start()
            serving = asyncio.create_task(http.serve([listening]))
            watching = asyncio.create_task(self._watchdog.run())
            working = asyncio.create_task(self._work(say))
            waiting = asyncio.create_task(told.wait())
            reading = asyncio.create_task(read_all(self._app.prompts))
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
                reading.cancel()
                await self._end(serving, working)
        for fault in (_fault(serving), _fault(working), None if gave_up else _fault(watching)):
            if fault:
                raise fault
        return EXIT_GAVE_UP if gave_up else 0

    @property
    def forgot(self) -> bool:
        """Whether something that somebody sent could not be saved, and will not be."""
        return self._counts.forgotten > 0

    async def _work(self, say: Callable[[str], None]) -> None:
        """Each side by itself: one that cannot be reached keeps no other waiting."""
        self._working = {side: asyncio.create_task(self._at(side, say)) for side in self._sides}
        knowing = asyncio.create_task(self._known.wait())
        await asyncio.wait({knowing, *self._working.values()}, return_when=asyncio.FIRST_COMPLETED)
        knowing.cancel()
        if self._known.is_set():
            await asyncio.gather(self._app.courier.run(), *self._working.values())
        else:  # it was told to stop before anybody was known, or cannot go on
            await asyncio.gather(*self._working.values())

    async def _at(self, side: Side, say: Callable[[str], None]) -> None:
        await self._chats.connect(side, say)
        if side.platform:
            self._known.set()
        await side.run()

    async def _end(self, serving: "asyncio.Task[None]", working: "asyncio.Task[None]") -> None:
        """Not ready, then: take nothing more, finish what is in flight, and let go of the store last."""
        self._closing = True
        log.info("closing", action="serve.closing")
        self._heartbeat.stop()
        for side, task in self._working.items():
            if not side.known:
                task.cancel()
        try:
            await asyncio.gather(self._shut_doors(serving), self._app.courier.stop())
            await asyncio.wait({working, *self._working.values()})
            await asyncio.gather(*(side.close() for side in self._sides))
        finally:
            await asyncio.to_thread(self._app.stop)

    async def _shut_doors(self, serving: "asyncio.Task[None]") -> None:
        await asyncio.wait({serving})
        await asyncio.gather(*(side.shut() for side in self._sides))

    def _http(self) -> Http:
        routes = [*self._watch.routes(), *chain(*(side.routes() for side in self._sides))]
        return Http(
            uvicorn.Config(
                Starlette(routes=routes),
                access_log=False,
                lifespan="off",
                log_config=None,
                server_header=False,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=REQUESTS_SECONDS,
            )
        )

    async def _in_store(self, work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(self._app.dispatcher.run(work))

    def _speaks(self, account: Account) -> Language:
        return self._app.speaks(account)

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
        if self._ping:
            await self._ping()

    async def _database_away(self) -> bool:
        return await self._watch.database_away()

    def _parts(self) -> tuple[Part, ...]:
        """What must go on. While nobody is known there is nothing for the courier to do."""
        courier, known = self._app.courier, self._known
        return (
            Part("heartbeat", lambda: self._heartbeat.last_progress, self._heartbeat.restart),
            Part("courier", lambda: courier.last_progress if known.is_set() else time.monotonic()),
            *chain(*(side.parts() for side in self._sides)),
        )

    def _hindrances(self) -> Iterable[str]:
        return ("closing",) if self._closing else self._chats.hindrances(self._watchdog.stuck())

    def _samples(self) -> tuple[Sample, ...]:
        repeated = {"": self._app.handlers.repeated}
        again = counter(
            "nulage_events_repeated_total", "Events that came again after their effect.", repeated
        )
        chats = self._chats.samples(self._watchdog.stuck())
        return (*self._counts.samples(), again, *chats, *chain(*(side.samples() for side in self._sides)))


def _fault(task: "asyncio.Task[None]") -> BaseException | None:
    return task.exception() if task.done() and not task.cancelled() else None

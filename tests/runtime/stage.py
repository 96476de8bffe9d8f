"""A courier with a platform that does as it is told, a clock that is wound, and nobody else."""

import asyncio
import selectors
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import Context
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVarTuple

from bot.domain.events import Event
from bot.domain.school import Place
from bot.domain.value import SchoolId
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message, Quiet, Response
from bot.runtime.clock import frozen
from bot.runtime.courier import Courier
from bot.runtime.dispatcher import Dispatcher
from storage.post.outbox import Claimed, Promised
from storage.store import Store, open_store
from storage.unit import UnitOfWork
from tests.storage.made import NOW, promise_all, rows_of, seconds
from tests.waiting import DEADLINE, until

Ts = TypeVarTuple("Ts")


class ScriptedPlatform:
    """Answers each send and look with what `script` holds for the key, and then normally.

    A failure with `arrives` in its reason leaves the message there all the same.
    """

    name = "test"

    def __init__(self) -> None:
        self.script: dict[str, deque[Exception]] = defaultdict(deque)
        self.looks: dict[str, deque[str | Unknowable | Exception | None]] = defaultdict(deque)
        self.calls: list[tuple[str, str]] = []
        self.posts: list[tuple[str, Message, Place, str | None]] = []
        self.hold: asyncio.Event | None = None
        self.on_post: Callable[[], None] = lambda: None
        self.anew: dict[str, str] = {}

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        self.calls.append(("send", key))
        if self.hold:
            await self.hold.wait()
        failure = self.script[key].popleft() if self.script[key] else None
        if failure is None or "arrives" in str(failure):
            self.posts.append((key, message, place, replacing))
            self.on_post()
        if failure:
            raise failure
        return self.anew.pop(replacing, replacing) if replacing else f"r-{key}"

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        del place, since
        self.calls.append(("find", key))
        if self.looks[key]:
            answer = self.looks[key].popleft()
            if isinstance(answer, Exception):
                raise answer
            return answer
        return next((f"r-{key}" for post in self.posts if post[0] == key), None)

    def posted(self) -> list[str]:
        return [key for key, *_ in self.posts]

    async def until(self, *keys: str, called: str = "") -> None:
        """Wait until these are posted, or until this one has come in."""
        await until(lambda: ("send", called) in self.calls if called else self.posted() == [*keys])

    def fail(self, key: str, how: Any, *whys: str, retry_after: float = 0.0) -> None:
        """Fail the next sends of this message in this way, one for each reason."""
        self.script[key].extend(DeliveryFailed(how, why, retry_after) for why in whys or ("why",))


class NoHandlers:
    """Nothing happens here but what the courier does."""

    def prepare(self, events: Sequence[Event], unit: UnitOfWork) -> None: ...
    def handle(self, event: Event, unit: UnitOfWork) -> Response:
        del event, unit
        return Quiet()

    def already(self, event: Event) -> Response:
        del event
        return Quiet()

    def apologise(self, event: Event, code: str) -> Response:
        del event, code
        return Quiet()


class HastyLoop(asyncio.SelectorEventLoop):
    """Here a second is over in a millisecond, for who waits and for who is waited for."""

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        now = self.time()
        return super().call_at(now + (when - now) / 1000, callback, *args, context=context)


class _AtOnce(selectors.DefaultSelector):
    """Nothing is waited for: so much time has passed instead."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed += timeout or 0.0
        return super().select(0)


class TimelessLoop(asyncio.SelectorEventLoop):
    """Here time passes only when everybody waits, so that who waits longer always waits longer.

    For what happens in this loop alone: another thread has no time to do anything.
    """

    def __init__(self) -> None:
        self._clock = _AtOnce()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.passed


class Stage:
    """Promise, go, look: each step of a delivery by itself."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.clock = frozen(NOW)
        self.platform = ScriptedPlatform()
        self.told: list[tuple[str, str]] = []
        self.opens: datetime = NOW
        self.while_taking: Callable[[], None] = lambda: None
        self.dispatcher = Dispatcher(self.store, NoHandlers())
        self.dispatcher.start()
        self.courier = self.another()
        self.runner = asyncio.Runner()

    def hasten(self) -> None:
        """From now on nobody waits for long. Not for what has a deadline of its own."""
        self.runner.close()
        self.runner = asyncio.Runner(loop_factory=HastyLoop)

    def another(self) -> Courier:
        return Courier(
            self.dispatcher, {"test": self.platform}, self.clock.now, trouble=self._tell, hours=self._hours
        )

    def _tell(self, _unit: UnitOfWork, claimed: Claimed, state: str) -> None:
        self.told.append((claimed.promised.key, state))

    def _hours(self, _unit: UnitOfWork, _school: SchoolId, now: datetime) -> datetime:
        self.while_taking()
        return max(self.opens, now)

    def promise(self, *messages: Promised) -> None:
        promise_all(self.store, *messages)

    def deliver(self) -> None:
        """Carry until nothing is due now."""

        async def carrying() -> None:
            while await self.courier.deliver():
                pass

        self.runner.run(carrying())

    def after(self, number: float) -> None:
        """So many seconds pass, and what is due then is carried."""
        self.clock.offset += seconds(number)
        self.deliver()

    def wait(self, **time: float) -> None:
        self.after(timedelta(**time).total_seconds())

    def row(self, key: str) -> dict[str, Any]:
        return rows_of(self.store)[key]

    def state(self, key: str) -> str:
        return str(self.row(key)["state"])


@contextmanager
def one_group(dispatcher: Dispatcher) -> Iterator[None]:
    """What is handed in meanwhile waits, and then shares one commit."""
    go, started = threading.Event(), threading.Event()

    def hold(_unit: UnitOfWork) -> None:
        started.set()
        go.wait()

    dispatcher.run(hold)
    try:
        assert started.wait(DEADLINE)
        yield
    finally:
        go.set()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.dispatcher.stop()
        stage.store.close()
        stage.runner.close()

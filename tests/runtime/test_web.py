"""Alive, ready, and in numbers: what an operator's own machines are told."""

import asyncio
from datetime import timedelta

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.applications import Starlette

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Message
from bot.runtime.clock import frozen
from bot.runtime.dispatcher import TRIES
from bot.runtime.metrics import Counted, Counts, counter, exposition
from bot.runtime.watchdog import STUCK_AFTER_SECONDS, Part, Watchdog
from bot.runtime.web import Watch
from storage.post.gauges import Outstanding, outstanding
from storage.post.inbox import StoreAway
from tests.runtime.stage import ScriptedPlatform, Stage, TimelessLoop
from tests.storage.made import NOW, promised


class Machine:
    """The three addresses over a real store, with a part and a hindrance to play with."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.now = 0.0
        self.away = False
        self.hindrances: list[str] = []
        self.away_chats: list[str] = []
        self.counts = Counts()
        parts = [Part("heartbeat", lambda: 0.0)]
        watchdog = Watchdog(parts, excused=self._never, clock=lambda: self.now)
        self.watch = Watch(
            watchdog,
            self.counts.samples,
            stage.clock,
            standing=self._standing,
            hindrances=lambda: self.hindrances,
            away=lambda: self.away_chats,
        )
        self.app = Starlette(routes=self.watch.routes())

    def get(self, address: str, **headers: str) -> Response:
        async def asking() -> Response:
            async with AsyncClient(transport=ASGITransport(self.app), base_url="http://bot") as client:
                return await client.get(address, headers=headers)

        return asyncio.run(asking())

    async def _never(self) -> bool:
        return False

    async def _standing(self) -> dict[str, Outstanding]:
        if self.away:
            raise StoreAway("gone")
        return await asyncio.wrap_future(self.stage.dispatcher.run(outstanding))


@pytest.fixture
def machine(stage: Stage) -> Machine:
    return Machine(stage)


def test_it_is_alive_without_a_database(machine: Machine) -> None:
    machine.away = True
    assert machine.get("/healthz").status_code == 200


def test_it_is_ready(machine: Machine) -> None:
    answer = machine.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "stuck": [], "away": []})


def test_it_says_what_keeps_it_from_being_ready(machine: Machine) -> None:
    machine.away = True
    machine.now = STUCK_AFTER_SECONDS + 1
    machine.hindrances = ["slack"]
    answer = machine.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "stuck": ["slack", "heartbeat", "database"], "away": []}


def test_it_is_ready_though_a_part_of_it_waits_and_says_which(machine: Machine) -> None:
    machine.away_chats = ["teams"]
    answer = machine.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "stuck": [], "away": ["teams"]})
    machine.hindrances = ["teams"]
    assert machine.get("/readyz").json() == {"ready": False, "stuck": ["teams"], "away": []}


def test_the_outbox_is_counted_by_state_with_its_oldest(machine: Machine) -> None:
    machine.stage.promise(promised("a"), promised("b", lane="#b"))
    machine.stage.clock.offset += timedelta(minutes=3)
    text = machine.get("/metrics").text
    assert 'nulage_outbox_messages{state="new"} 2\n' in text
    assert 'nulage_outbox_wait_seconds{state="new"} 180\n' in text
    assert 'nulage_outbox_messages{state="uncertain"} 0\n' in text
    assert "nulage_database_up 1\n" in text


def test_numbers_are_there_when_the_database_is_not(machine: Machine) -> None:
    machine.away = True
    machine.counts.ticks = 7
    text = machine.get("/metrics").text
    assert "nulage_database_up 0\n" in text
    assert "nulage_ticks_total 7\n" in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_nobody_outside_reads_the_numbers(machine: Machine, header: str) -> None:
    assert machine.get("/metrics", **{header: "192.0.2.1"}).status_code == 404


def test_the_text_format() -> None:
    assert exposition([counter("a_total", "Of a.", {"x": 1, "y": 2.5}, "kind")]) == (
        '# HELP a_total Of a.\n# TYPE a_total counter\na_total{kind="x"} 1\na_total{kind="y"} 2.5\n'
    )


def test_what_came_of_each_delivery_is_counted() -> None:
    counts, platform = Counts(), ScriptedPlatform()
    platform.fail("a", "later", retry_after=1)
    counted = Counted(platform, counts)
    place, message = Place(platform="test", address="c1"), Message(title="Hej")

    async def sending() -> None:
        with pytest.raises(DeliveryFailed):
            await counted.send(message, place, key="a")
        assert await counted.send(message, place, key="a") == "r-a"

    asyncio.run(sending())
    assert counts.sent == {"later": 1, "sent": 1}
    assert counted.name == "test"


class SlowStore:
    """A database that takes so many seconds to say anything: that it is away, or something else."""

    def __init__(self, seconds: float, problem: Exception | None = None) -> None:
        self._seconds = seconds
        self._problem = problem
        watchdog = Watchdog([], excused=self._never)
        clock = frozen(NOW)
        self.watch = Watch(watchdog, tuple, clock, standing=self._standing, hindrances=tuple)

    async def _standing(self) -> dict[str, Outstanding]:
        await asyncio.sleep(self._seconds)
        if self._problem:
            raise self._problem
        return {"new": Outstanding()}

    async def _never(self) -> bool:
        return False

    def is_away(self) -> bool:
        with asyncio.Runner(loop_factory=TimelessLoop) as runner:
            return runner.run(self.watch.database_away())

    def is_ready(self) -> bool:
        async def asking() -> int:
            app = Starlette(routes=self.watch.routes())
            async with AsyncClient(transport=ASGITransport(app), base_url="http://bot") as client:
                return (await client.get("/readyz")).status_code

        with asyncio.Runner(loop_factory=TimelessLoop) as runner:
            return runner.run(asking()) == 200


LOCKED = 10.0 * TRIES * 2
"""SQLite waits as long for its lock, as often; first for whoever came before, and then for us."""


def test_a_database_that_says_late_that_it_is_away_is_away() -> None:
    locked = SlowStore(LOCKED, StoreAway("locked"))
    assert (locked.is_away(), locked.is_ready()) == (True, False)


def test_a_database_that_never_says_anything_excuses_nobody() -> None:
    silent = SlowStore(10 * LOCKED, StoreAway("far too late"))
    assert (silent.is_away(), silent.is_ready()) == (False, False)


def test_a_database_with_another_fault_is_there_and_not_ready() -> None:
    broken = SlowStore(0, KeyError("a fault of ours"))
    assert (broken.is_away(), broken.is_ready()) == (False, False)
    assert SlowStore(0).is_ready()

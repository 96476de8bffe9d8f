"""What has stopped is restarted twice; the third time the process is given up."""

import asyncio

import pytest

from bot.runtime.heartbeat import Heartbeat
from bot.runtime.watchdog import STUCK_AFTER_SECONDS, GaveUp, Part, Watchdog

LONG = STUCK_AFTER_SECONDS + 1


class Bench:
    """A part that gets somewhere when told to, under a clock that is wound."""

    def __init__(self, *, restart: bool = True, vital: bool = True) -> None:
        self.now = 1000.0
        self.progress = 1000.0
        self.restarts = 0
        self.away = False
        part = Part("heartbeat", lambda: self.progress, self._again if restart else None, vital)
        self.watchdog = Watchdog([part], excused=self._excused, clock=lambda: self.now)

    def _again(self) -> None:
        self.restarts += 1

    async def _excused(self) -> bool:
        return self.away

    def after(self, seconds: float) -> None:
        self.now += seconds
        asyncio.run(self.watchdog.look())


def test_what_goes_on_is_left_alone() -> None:
    bench = Bench()
    for _ in range(20):
        bench.progress = bench.now
        bench.after(STUCK_AFTER_SECONDS)
    assert bench.restarts == 0
    assert bench.watchdog.stuck() == ()


def test_a_restart_gets_as_long_again_before_the_next() -> None:
    bench = Bench()
    bench.after(LONG)
    bench.after(STUCK_AFTER_SECONDS)
    assert bench.restarts == 1
    bench.after(1)
    assert bench.restarts == 2


def test_it_counts_as_stuck_until_it_has_got_somewhere() -> None:
    bench = Bench()
    bench.after(LONG)
    assert bench.watchdog.stuck() == ("heartbeat",)
    assert bench.watchdog.ages() == {"heartbeat": LONG}
    bench.progress = bench.now
    assert bench.watchdog.stuck() == ()


def test_the_third_time_in_a_row_is_given_up() -> None:
    bench = Bench()
    bench.after(LONG)
    bench.after(LONG)
    with pytest.raises(GaveUp, match="heartbeat"):
        bench.after(LONG)
    assert bench.restarts == 2


def test_one_that_came_back_in_between_starts_counting_anew() -> None:
    bench = Bench()
    for _ in range(5):
        bench.after(LONG)
        bench.after(LONG)
        bench.progress = bench.now + 1
        bench.after(1)
    assert bench.restarts == 10


def test_a_database_that_is_away_excuses_everything() -> None:
    bench = Bench()
    bench.away = True
    for _ in range(10):
        bench.after(LONG)
    assert bench.restarts == 0
    assert bench.watchdog.stuck() == ("heartbeat",)


def test_what_cannot_be_restarted_is_given_up_as_patiently() -> None:
    bench = Bench(restart=False)
    bench.after(LONG)
    bench.after(LONG)
    with pytest.raises(GaveUp):
        bench.after(LONG)


def test_what_hangs_on_a_network_is_told_of_and_never_given_up() -> None:
    bench = Bench(vital=False)
    for _ in range(10):
        bench.after(LONG)
    assert bench.restarts == 0
    assert bench.watchdog.stuck() == ("heartbeat",)
    assert bench.watchdog.stuck(vital=True) == ()


def test_a_restarted_heartbeat_lets_go_of_the_tick_that_hung() -> None:
    async def hung() -> tuple[bool, bool]:
        let_go = asyncio.Event()
        begun = asyncio.Event()

        async def tick() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                let_go.set()

        heartbeat = Heartbeat(tick, every=0.01)
        heartbeat.start()
        async with asyncio.timeout(30):
            await begun.wait()
            begun.clear()
            heartbeat.restart()
            await let_go.wait()
            await begun.wait()
        heartbeat.stop()
        return let_go.is_set(), begun.is_set()

    assert asyncio.run(hung()) == (True, True)

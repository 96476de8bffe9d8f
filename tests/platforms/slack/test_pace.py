import asyncio
from heapq import heappop, heappush
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.delivery import DeliveryFailed
from bot.platforms.pace import MOST_BUCKETS, Pace, Rate
from bot.platforms.slack.send.pace import CHANNEL, RATES, TIER_4, WORKSPACE

HERE, THERE = ("T1", "C1"), ("T1", "C2")


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pace = Pace(lambda: self.now, self._sleep)

    def turn(self, key: tuple[str, str] = HERE, rate: Rate = CHANNEL) -> float:
        """Take a turn; return when it came."""
        asyncio.run(self.pace.turn({key: rate}))
        return self.now

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds


def test_a_short_burst_and_then_one_a_second() -> None:
    clock = Clock()
    assert [clock.turn() for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_channels_do_not_wait_for_each_other() -> None:
    clock = Clock()
    for _ in range(5):
        clock.turn()
    before = clock.now
    assert clock.turn(THERE) == before


def test_a_longer_wait_is_the_outboxs_and_takes_no_turn() -> None:
    clock = Clock()
    slow = Rate(60, 1)
    clock.turn(rate=slow)
    for _ in range(3):
        with pytest.raises(DeliveryFailed) as failed:
            clock.turn(rate=slow)
        assert (failed.value.how, failed.value.retry_after) == ("later", 60)
    clock.now += 60
    assert clock.turn(rate=slow) == 60


def test_what_must_be_free_waits_for_nothing_and_takes_no_turn() -> None:
    clock = Clock()
    for _ in range(3):
        clock.pace.must_be_free({HERE: CHANNEL})
        clock.turn()
    for _ in range(3):
        with pytest.raises(DeliveryFailed) as failed:
            clock.pace.must_be_free({THERE: CHANNEL, HERE: CHANNEL})
        assert (failed.value.how, failed.value.retry_after, failed.value.alone) == ("later", 1, False)
    clock.now += 0.99
    clock.pace.must_be_free({HERE: CHANNEL})


def test_without_patience_a_turn_that_is_free_is_taken() -> None:
    """Though the clock has gone on since it was asked."""
    ticks = count()
    pace = Pace(lambda: next(ticks) / 1000)
    for _ in range(TIER_4.burst):
        asyncio.run(pace.turn({"T1": WORKSPACE, HERE: TIER_4}, 0.0))
    with pytest.raises(DeliveryFailed):
        asyncio.run(pace.turn({"T1": WORKSPACE, HERE: TIER_4}, 0.0))


def test_a_pause_shuts_its_own_key() -> None:
    clock = Clock()
    clock.pace.pause(HERE, 30)
    with pytest.raises(DeliveryFailed) as failed:
        clock.turn()
    assert failed.value.retry_after == 30
    assert clock.turn(THERE) == 0
    clock.now = 28
    assert clock.turn() == 30


class Crowd:
    """Many who take turns at once, while time passes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.came: list[float] = []
        self.late = 0
        self.pace = Pace(lambda: self.now, self._sleep)
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []

    def take(self, number: int, patience: float) -> None:
        """Let so many begin to wait now."""
        self._crowd = [asyncio.create_task(self._one(patience)) for _ in range(number)]

    async def breathe(self) -> None:
        """Let everybody go on as far as they can without time."""
        for _ in range(5):
            await asyncio.sleep(0)

    async def pass_by(self) -> None:
        """Let time pass until everybody has come, or was told that it is too late."""
        await self.breathe()
        while self._asleep:
            self.now, _, wake = heappop(self._asleep)
            wake.set_result(None)
            await self.breathe()

    async def _one(self, patience: float) -> None:
        try:
            await self.pace.turn({HERE: TIER_4}, patience)
        except DeliveryFailed:
            self.late += 1
        else:
            self.came.append(self.now)

    async def _sleep(self, seconds: float) -> None:
        wake = asyncio.get_running_loop().create_future()
        heappush(self._asleep, (self.now + seconds, id(wake), wake))
        await wake


def test_whoever_waits_already_keeps_a_rest_that_is_asked_for_meanwhile() -> None:
    async def story() -> None:
        crowd = Crowd()
        crowd.take(90, 120.0)
        await crowd.breathe()
        assert len(crowd.came) == TIER_4.burst
        crowd.pace.pause(HERE, 30)
        await crowd.pass_by()
        assert not [at for at in crowd.came if 0 < at < 30]
        assert len(crowd.came) == 90
        assert max(crowd.came.count(at) for at in crowd.came if at) <= TIER_4.burst

    asyncio.run(story())


def test_after_a_rest_they_do_not_all_come_at_once() -> None:
    async def story() -> None:
        crowd = Crowd()
        crowd.pace.pause(HERE, 30)
        crowd.take(60, 120.0)
        await crowd.pass_by()
        assert [at for at in crowd.came if at <= 30] == [30.0] * TIER_4.burst
        assert crowd.came[-1] == 30 + 40 * TIER_4.every

    asyncio.run(story())


def test_a_rest_that_is_too_long_for_who_waits_is_the_outboxs() -> None:
    async def story() -> None:
        crowd = Crowd()
        crowd.take(TIER_4.burst + 3, 3.0)
        await crowd.breathe()
        crowd.pace.pause(HERE, 30)
        await crowd.pass_by()
        assert (len(crowd.came), crowd.late) == (TIER_4.burst, 3)

    asyncio.run(story())


def test_nobody_waits_longer_than_they_would_because_of_a_rest() -> None:
    async def story() -> None:
        crowd = Crowd()
        crowd.take(90, 60.0)
        await crowd.breathe()
        crowd.pace.pause(HERE, 30)
        await crowd.pass_by()
        assert 50 < max(crowd.came) <= 60
        assert (crowd.late > 0, len(crowd.came) + crowd.late) == (True, 90)

    asyncio.run(story())


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    for number in range(MOST_BUCKETS + 50):
        clock.turn(("T1", f"C{number}"))
        clock.now += 2
    assert len(clock.pace._buckets) <= MOST_BUCKETS


@given(st.lists(st.floats(0, 5), max_size=200), st.sampled_from(sorted(RATES)))
def test_no_minute_holds_more_than_slack_allows(gaps: list[float], method: str) -> None:
    """Whatever the pattern: in any minute no more than a minute's worth and one burst."""
    clock, rate, taken = Clock(), RATES[method], []
    for gap in gaps:
        clock.now += gap
        try:
            taken.append(clock.turn(rate=rate))
        except DeliveryFailed:
            continue
    for start in taken:
        assert sum(start <= one < start + 60 for one in taken) <= 60 / rate.every + rate.burst

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.delivery import DeliveryFailed
from bot.platforms.pace import MOST_BUCKETS, Pace, Rate
from bot.platforms.slack.send.pace import CHANNEL, RATES

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


def test_a_pause_shuts_its_own_key() -> None:
    clock = Clock()
    clock.pace.pause(HERE, 30)
    with pytest.raises(DeliveryFailed) as failed:
        clock.turn()
    assert failed.value.retry_after == 30
    assert clock.turn(THERE) == 0
    clock.now = 28
    assert clock.turn() == 30


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

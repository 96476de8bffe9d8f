import asyncio
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.delivery import DeliveryFailed
from bot.messages.model import Message
from bot.platforms.pace import Pace, Rate
from bot.platforms.teams.send.pace import CONVERSATION, HOUR, READING, TENANT
from tests.platforms.teams.sending import CHANNEL, LAG46, OTHER, SHORT, TEAM, Desk, at_desk
from tests.teams.state import TENANT as ALM

SAID = {1: 7, 2: 8, 30: 60, 3600: 1800}
READ = {1: 14, 2: 16, 30: 120, 3600: 3600}
WHOLE = {1: 50}
"""How much Teams takes in so many seconds (Microsoft Learn, rate limits)."""


class Line:
    """Takes turns as fast as it may; time passes only when somebody sleeps."""

    _rates: dict[Hashable, Rate]

    def __init__(self, *rates: Rate) -> None:
        self.now = 0.0
        self.taken: list[float] = []
        self._rates = dict(enumerate(rates))
        self._pace = Pace(lambda: self.now, self._sleep)

    def take(self) -> None:
        """Nothing in a turn waits for anything real, so that one step of it is all of it."""
        try:
            self._pace.turn(dict(self._rates)).send(None)
        except StopIteration:
            self.taken.append(self.now)
        except DeliveryFailed:
            return

    def most_in(self, seconds: int) -> int:
        return max(
            (sum(start <= one < start + seconds for one in self.taken) for start in self.taken), default=0
        )

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds


GAPS = st.lists(st.sampled_from([0.0, 0.0, 0.1, 0.7, 1.0, 3.0, 10.0]), max_size=150)


@given(GAPS)
def test_no_conversation_hears_more_than_teams_takes(gaps: list[float]) -> None:
    line = Line(CONVERSATION, HOUR)
    for gap in gaps:
        line.now += gap
        line.take()
    for seconds, most in SAID.items():
        assert line.most_in(seconds) <= most


def test_an_hour_of_talking_without_pause_is_within_what_teams_takes() -> None:
    line = Line(CONVERSATION, HOUR)
    while line.now < 7200:
        before = len(line.taken)
        line.take()
        line.now += 1.0 if len(line.taken) == before else 0.0
    assert 1600 < line.most_in(3600) <= SAID[3600]


def test_reading_and_the_whole_tenant_are_within_what_teams_takes() -> None:
    for rate, limits in ((READING, READ), (TENANT, WHOLE)):
        line = Line(rate)
        while len(line.taken) < 400:
            line.take()
        for seconds, most in limits.items():
            assert line.most_in(seconds) <= most


def test_a_short_burst_and_then_one_a_second_in_one_conversation_only() -> None:
    async def act(desk: Desk) -> list[float]:
        times = []
        for number in range(6):
            await desk.send(SHORT, CHANNEL, key=f"{number}")
            times.append(desk.passed)
        await desk.send(SHORT, OTHER, key="other")
        assert desk.passed == times[-1]
        return times

    assert at_desk(act) == [0, 0, 0, 0, 1, 2]


def test_changes_count_as_what_is_said() -> None:
    async def act(desk: Desk) -> float:
        root = await desk.send(SHORT)
        for number in range(4):
            await desk.connector.change(
                desk.references.kept[ALM, LAG46],
                root,
                {"type": "message", "text": f"{number}", "textFormat": "plain"},
            )
        return desk.passed

    assert at_desk(act) == 1


def test_a_change_that_would_have_to_wait_does_so_in_the_outbox() -> None:
    """There it gives way to a newer one; what is new is waited for here."""

    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        for number in range(3):
            await desk.send(Message(title=f"{number}"), key=f"{number}", replacing=root)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(Message(title="late"), key="late", replacing=root)
        assert (failed.value.how, failed.value.retry_after, failed.value.alone) == ("later", 1, False)
        assert ([post.text for post in desk.standing()], desk.passed) == (["2"], 0)
        await desk.send(SHORT, key="new")
        assert desk.passed == 1
        desk.passed += 1
        await desk.send(Message(title="newest"), key="newest", replacing=root)
        assert desk.standing()[0].text == "newest"

    at_desk(act)


def test_a_change_waits_for_the_tenants_turn_as_all_else_does() -> None:
    """It is a moment away, and a whole municipality may wait for it: nobody goes back and forth for that."""

    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        for number in range(TENANT.burst - 1):
            key = f"19:lag{number}y@thread.tacv2"
            desk.teams.cloud.channel(key, f"{number}", TEAM)
            desk.heard_from(key, kind="channel")
            await desk.send(SHORT, CHANNEL.model_copy(update={"address": f"{ALM}/{key}"}), key="k")
        assert desk.passed == pytest.approx(0)
        await desk.send(Message(title="newest"), key="newest", replacing=root)
        assert desk.passed == pytest.approx(TENANT.every)

    at_desk(act)


def test_a_long_wait_is_the_outboxs_and_makes_no_call() -> None:
    async def act(desk: Desk) -> None:
        places = []
        for number in range(120):
            key = f"19:lag{number}y@thread.tacv2"
            desk.teams.cloud.channel(key, f"{number}", TEAM)
            desk.heard_from(key, kind="channel")
            places.append(CHANNEL.model_copy(update={"address": f"{ALM}/{key}"}))
        # everybody at once: none of them sees the others' waiting pass
        outcomes = await asyncio.gather(
            *(desk.platform.send(SHORT, place, key="k") for place in places), return_exceptions=True
        )
        late = [one for one in outcomes if isinstance(one, DeliveryFailed)]
        assert {one.how for one in late} <= {"later"}
        assert len(desk.teams.calls) == len(places) - len(late)
        assert len(desk.teams.cloud.from_bot()) == len(places) - len(late)

    at_desk(act)

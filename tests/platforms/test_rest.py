import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.messages.delivery import DeliveryFailed
from bot.platforms.pace import LONGEST_REST, Pace, Rate, rest_of
from bot.platforms.slack.send.errors import answered
from bot.platforms.teams.send.errors import refusal
from tests.platforms.slack.sending import SHORT as LINE
from tests.platforms.slack.sending import Desk as Slacks
from tests.platforms.slack.sending import at_desk as at_slacks
from tests.platforms.teams.sending import SHORT
from tests.platforms.teams.sending import Desk as Teams
from tests.platforms.teams.sending import at_desk as at_teams
from tests.slack.mischief import Fault as SlackFault
from tests.teams.fake_mischief import Fault as TeamsFault

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ODD = [float("nan"), float("inf"), -1.0, 1e300]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 0.5 ", 0.5),
        (None, 0.0),
        ("", 0.0),
        ("0", 0.0),
        ("-1", 0.0),
        ("nan", 0.0),
        ("-inf", 0.0),
        ("inf", LONGEST_REST),
        ("9" * 5000, LONGEST_REST),
        ("1e400", LONGEST_REST),
        ("snart", 0.0),
        (["7"], 0.0),
        (format_datetime(NOW + timedelta(seconds=40), usegmt=True), 40.0),
        (format_datetime(NOW - timedelta(days=4), usegmt=True), 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_REST),
        ("Fri, 20 Nov 2026 12:00:40 -0000", 0.0),
        ("Fri, 99 Nov 99999 12:00:40 GMT", 0.0),
    ],
)
def test_what_a_platform_asks_us_to_wait_is_read_within_reason(header: object, seconds: float) -> None:
    assert rest_of(header, NOW) == seconds


@pytest.mark.parametrize("odd", ODD)
def test_no_refusal_asks_for_a_wait_that_no_clock_can_count(odd: float) -> None:
    for refused in (
        refusal(429, "", creates=True, retry_after=odd),
        answered(429, {}, creates=True, retry_after=odd),
    ):
        assert 0 < refused.retry_after <= LONGEST_REST


@pytest.mark.parametrize("odd", ODD)
def test_teams_may_ask_for_any_wait_and_the_message_waits_a_while(odd: float) -> None:
    async def act(desk: Teams) -> None:
        desk.teams.mischief.plan(TeamsFault("rate", "begin", retry_after=odd))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert 0 < failed.value.retry_after <= LONGEST_REST
        desk.passed += failed.value.retry_after
        await desk.send(SHORT)

    at_teams(act)


@pytest.mark.parametrize("odd", ODD)
def test_slack_may_ask_for_any_wait_and_the_message_waits_a_while(odd: float) -> None:
    async def act(desk: Slacks) -> None:
        desk.slack.mischief.plan(SlackFault("rate", "chat.postMessage", "C1", retry_after=odd))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(LINE)
        assert 0 < failed.value.retry_after <= LONGEST_REST
        desk.passed += failed.value.retry_after
        await desk.send(LINE)

    at_slacks(act)


def test_a_shorter_rest_does_not_end_a_longer_one() -> None:
    """Calls under way are refused one after another, each with what is left of it, or with less."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert [pace.pause("chat", 60.0), pace.pause("chat", 1.0)] == [True, False]
    now[0] = 59.0
    with pytest.raises(DeliveryFailed):
        asyncio.run(pace.turn({"chat": Rate(0.0, 1)}, patience=0.5))
    now[0] = 60.0
    assert pace.pause("chat", 60.0)

"""Opening a line anew: as often as it helps, and no more."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.slack.listen.socket import LINES, Sockets
from tests.platforms.slack.socket_bot import BRISK, NEVER, Bot, talking
from tests.waiting import until


def test_it_goes_on_trying_when_slack_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    async def story() -> None:
        async with talking() as (slack, _, sockets):
            slack.refusals = ["no"] * 3
            slack.lines[0].cut()
            slack.lines[1].cut()
            await until(lambda: not slack.refusals and sockets.open == 2)

    asyncio.run(story())
    assert "SECRET" not in capsys.readouterr().err


def test_a_line_that_does_not_last_is_opened_ever_more_seldom() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(again=(0.0, NEVER), steady=NEVER)) as (slack, _, sockets):
            slack.lines[0].cut()
            await until(lambda: len(slack.lines) == 3 and sockets.open == 2)
            slack.lines[2].cut()
            await until(lambda: sockets.open == 1)
            slack.lines[1].cut()
            await until(lambda: len(slack.lines) == 4 and sockets.open == 1)
            assert sockets.replaced == {"new": 2, "ended": 2}

    asyncio.run(story())


def test_a_line_that_lasted_is_opened_anew_at_once() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(again=(0.0, NEVER), steady=0.0)) as (slack, _, sockets):
            for number in range(4):
                slack.lines[-1].cut()
                await until(lambda: len(slack.lines) == 3 + number and sockets.open == 2)  # noqa: B023  awaited at once

    asyncio.run(story())


def test_slack_is_given_the_rest_it_asks_for() -> None:
    async def story() -> None:
        said = {"ok": False, "error": "ratelimited"}
        answer = AsyncSlackResponse(
            client=None,
            http_verb="POST",
            api_url="",
            req_args={},
            data=said,
            headers={"Retry-After": "1000000"},
            status_code=429,
        )
        asked = 0

        async def address() -> str:
            nonlocal asked
            asked += 1
            raise SlackApiError("no", answer)  # type: ignore[no-untyped-call]  # the SDK has no types there

        sockets = Sockets(Bot().bolt, address, pace=BRISK)
        running = asyncio.create_task(sockets.run())
        await until(lambda: asked == LINES)
        await until(lambda: min(sockets._not_before) >= 1_000_000)
        sockets.stop()
        await running
        assert asked == LINES

    asyncio.run(story())


def test_a_line_without_hello_is_no_line() -> None:
    async def story() -> None:
        async with talking(BRISK._replace(opening=0.2)) as (slack, _, sockets):
            slack.no_hello = True
            slack.lines[0].cut()
            await until(lambda: len(slack.lines) >= 4)
            assert sockets.open == 1
            slack.no_hello = False
            await until(lambda: sockets.open == 2)

    asyncio.run(story())

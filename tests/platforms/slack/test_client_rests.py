"""What Slack wants left alone for a while is left alone, also by what waits for no turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.messages.model import Message, Say
from bot.platforms.slack.send.client import MOST_RESTS, Web
from bot.platforms.slack.send.errors import understood
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import recorded
from tests.platforms.slack.sending import SCOPES, TOKEN, Clock
from tests.slack.fake import FakeSlack
from tests.slack.mischief import Fault

OTHER = "xoxb-of-others"
Work = Callable[[FakeSlack, Web, Clock], Awaitable[None]]


@asynccontextmanager
async def office() -> AsyncIterator[tuple[FakeSlack, Web, Clock]]:
    clock = Clock()
    async with FakeSlack() as slack, Web(slack.url, clock=clock.now) as web:
        for token in (TOKEN, OTHER):
            slack.workspace.hire(token, SCOPES | {"users:read"})
        slack.workspace.person("ULENA", "Lena Berg")
        for channel in ("C1", "C2"):
            slack.workspace.channel(channel, channel.lower(), {"ULENA"})
        yield slack, web, clock


def at(work: Work) -> None:
    async def run() -> None:
        async with office() as here:
            await work(*here)

    asyncio.run(run())


async def refused(call: Awaitable[object]) -> float:
    """How long Slack is said to want its rest."""
    with pytest.raises(SlackApiError) as caught:
        await call
    told = understood(caught.value, creates=True)
    assert (told.code, told.how) == ("ratelimited", "later"), "surely not sent"
    return float(told.retry_after)


def whisper(client: AsyncWebClient) -> Awaitable[object]:
    return client.chat_postEphemeral(channel="C1", user="ULENA", text="Sparat")


def test_a_method_is_left_alone_for_as_long_as_slack_asks() -> None:
    async def work(slack: FakeSlack, web: Web, clock: Clock) -> None:
        slack.mischief.plan(Fault("rate", "chat.postEphemeral", retry_after=30))
        assert await refused(whisper(web.client(TOKEN))) == 30
        clock.passed += 20
        assert await refused(whisper(web.client(TOKEN))) == 10
        assert slack.times("chat.postEphemeral") == 1
        await web.client(TOKEN).users_info(user="ULENA")
        await whisper(web.client(OTHER))
        clock.passed += 10
        await whisper(web.client(TOKEN))
        assert slack.times("chat.postEphemeral", "ok") == 2

    at(work)


def test_of_posts_only_the_channel_is() -> None:
    async def work(slack: FakeSlack, web: Web, _clock: Clock) -> None:
        slack.mischief.plan(Fault("rate", "chat.postMessage", retry_after=30))
        client = web.client(TOKEN)
        for _ in range(2):
            await refused(client.chat_postMessage(channel="C1", text="Hej"))
        await client.chat_postMessage(channel="C2", text="Hej")
        assert slack.times("chat.postMessage") == 2

    at(work)


def test_what_is_refused_for_another_reason_rests_nothing() -> None:
    async def work(slack: FakeSlack, web: Web, _clock: Clock) -> None:
        slack.mischief.plan(Fault("error", "chat.postEphemeral", code="internal_error"))
        with pytest.raises(SlackApiError):
            await whisper(web.client(TOKEN))
        await whisper(web.client(TOKEN))

    at(work)


def test_rests_that_are_over_are_forgotten() -> None:
    async def work(slack: FakeSlack, web: Web, clock: Clock) -> None:
        for number in range(MOST_RESTS):
            web._rests["t", "m", number] = clock.now()
        slack.mischief.plan(Fault("rate", "chat.postEphemeral"))
        await refused(whisper(web.client(TOKEN)))
        assert len(web._rests) == 1

    at(work)


def test_who_writes_in_a_rest_is_answered_by_another_way_at_once() -> None:
    async def story(on: Stage) -> None:
        on.response = Say(message=Message(title="Sparat."))
        on.slack.refuses = {"chat.postEphemeral": "ratelimited"}
        for number in range(3):
            written = recorded("message_thread")
            written["event"]["ts"] = f"1795443300.00090{number}"
            await on.send(written)
        assert len(on.events) == 3
        assert len(on.slack.made("chat.postEphemeral")) == 1
        assert len(on.slack.made("chat.postMessage")) == 3

    played(story)

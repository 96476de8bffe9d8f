"""The way to Slack's Web API: one session, no repeats, and no detour for what is on this machine."""

import asyncio
from contextlib import suppress

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.send.client import Web
from tests.platforms.slack.sending import TOKEN
from tests.slack.fake import FakeSlack
from tests.slack.mischief import Fault


async def post_over_a_broken_line(slack: FakeSlack, client: AsyncWebClient) -> int:
    """How many posts stand there, when the first answer never came."""
    slack.workspace.hire(TOKEN, frozenset({"chat:write"}))
    slack.workspace.channel("C1", "arbetslag-4-6", set())
    slack.mischief.plan(Fault("reset", "chat.postMessage"))
    with suppress(ClientError):
        await client.chat_postMessage(channel="C1", text="En gång")
    return len(slack.workspace.from_bot())


def test_a_post_is_never_repeated_where_the_sdk_would() -> None:
    async def ours() -> int:
        async with FakeSlack() as slack, Web(slack.url) as web:
            return await post_over_a_broken_line(slack, web.client(TOKEN))

    async def theirs() -> int:
        async with FakeSlack() as slack:
            return await post_over_a_broken_line(slack, AsyncWebClient(TOKEN, base_url=slack.url))

    assert (asyncio.run(ours()), asyncio.run(theirs())) == (1, 2)


def test_all_workspaces_share_one_session() -> None:
    async def shared() -> bool:
        async with Web() as web:
            return web.client("a").session is web.client("b").session is web.session

    assert asyncio.run(shared())


def test_this_machine_is_reached_without_the_proxy_and_slack_through_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    async def asked() -> tuple[str, bool]:
        async with FakeSlack() as slack, Web(slack.url) as here, Web() as away:
            with pytest.raises(SlackApiError) as refused:
                await here.client("xoxb-unknown").auth_test()
            return str(refused.value.response["error"]), away.session.trust_env

    assert asyncio.run(asked()) == ("invalid_auth", True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/api", "http://[::1]:1/api/", "http://localhost:1/api"])
def test_loopback_is_told_by_its_address(url: str) -> None:
    async def trusts() -> bool:
        async with Web(url) as web:
            assert web.client("x").base_url == f"{url.rstrip('/')}/"
            return web.session.trust_env

    assert not asyncio.run(trusts())

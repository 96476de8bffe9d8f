"""The fake Slack is held against itself, and against a client that is not ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.fake import FakeSlack
from tests.slack.mischief import Fault, How, revoked
from tests.slack.state import BOT_USER
from tests.waiting import until

TOKEN = "xoxb-1"
SCOPES = frozenset({"chat:write", "im:write", "im:history", "channels:read", "users:read", "files:write"})
SECTION = [{"type": "section", "text": {"type": "plain_text", "text": "Hej"}}]
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Hej"}, "blocks": SECTION}
Act = Callable[[FakeSlack, AsyncWebClient], Awaitable[Any]]


class Now:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@asynccontextmanager
async def staged() -> AsyncIterator[tuple[FakeSlack, AsyncWebClient]]:
    async with FakeSlack(clock=Now()) as slack, aiohttp.ClientSession() as session:
        slack.workspace.hire(TOKEN, SCOPES)
        slack.workspace.person("ULENA", "Lena Berg")
        slack.workspace.channel("C1", "arbetslag", {"ULENA"})
        yield slack, AsyncWebClient(TOKEN, base_url=slack.url, session=session, retry_handlers=[])


def play(act: Act) -> Any:
    async def playing() -> Any:
        async with staged() as (slack, client):
            return await act(slack, client)

    return asyncio.run(playing())


def refusal(act: Act) -> str:
    with pytest.raises(SlackApiError) as refused:
        play(act)
    return str(refused.value.response.get("error"))


def test_a_post_stands_and_can_be_changed() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        ts = (await client.chat_postMessage(channel="C1", text="Hej", blocks=SECTION))["ts"]
        await client.chat_update(channel="C1", ts=ts, text="Hej igen", blocks=SECTION)
        (post,) = slack.workspace.visible_to("ULENA")
        assert (post.text, post.edits, len(slack.workspace.changes)) == ("Hej igen", 1, 2)
        assert not slack.wrong

    play(act)


def test_a_chat_is_opened_once_and_read_back_by_its_metadata() -> None:
    async def act(_slack: FakeSlack, client: AsyncWebClient) -> None:
        chat = (await client.conversations_open(users="ULENA"))["channel"]["id"]
        key = {"event_type": "nulage_out", "event_payload": {"k": "1"}}
        await client.chat_postMessage(channel=chat, text="Hej", metadata=key)
        found = await client.conversations_history(channel=chat, include_all_metadata=True, oldest="0")
        assert [one["metadata"] for one in found["messages"]] == [key]
        bare = await client.conversations_history(channel=chat)
        assert "metadata" not in bare["messages"][0]

    play(act)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"channel": "C1", "text": "x", "purpose": "y"}, "unknown argument purpose"),
        ({"text": "x"}, "missing argument channel"),
        ({"channel": "C1"}, "one of attachments, blocks"),
        ({"channel": "C1", "text": "x", "blocks": SECTION * 51}, "51 of them"),
        ({"channel": "C1", "blocks": SECTION}, "nothing for notifications"),
    ],
)
def test_a_wrong_call_is_refused_and_remembered(arguments: dict[str, Any], problem: str) -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        with pytest.raises(SlackApiError) as refused:
            await client.api_call("chat.postMessage", json=arguments)
        assert refused.value.response["error"] == "invalid_arguments"
        assert problem in " ".join(slack.wrong)

    play(act)


def test_a_private_line_takes_no_metadata() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        with pytest.raises(SlackApiError):
            await client.chat_postEphemeral(channel="C1", user="ULENA", text="x", metadata={})
        assert "unknown argument metadata" in " ".join(slack.wrong)

    play(act)


def test_scopes_are_held() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.workspace.hire(TOKEN, frozenset({"commands"}))
        await client.chat_postMessage(channel="C1", text="x")

    assert refusal(act) == "missing_scope"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("archived", "is_archived"),
        ("read_only", "restricted_action_read_only_channel"),
        ("", "not_in_channel"),
    ],
)
def test_a_channel_may_be_closed(change: str, code: str) -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        channel = slack.workspace.channels["C1"]
        if change:
            setattr(channel, change, True)
        else:
            channel.members.discard(BOT_USER)
        await client.chat_postMessage(channel="C1", text="x")

    assert refusal(act) == code


def test_a_trigger_works_once_and_for_three_seconds() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        trigger = slack.workspace.trigger("ULENA")
        await client.views_open(trigger_id=trigger, view=MODAL)
        assert slack.workspace.modals["ULENA"].body["title"]["text"] == "Hej"
        slack.workspace.lag = 3.1
        for name, code in (
            (trigger, "exchanged_trigger_id"),
            (slack.workspace.trigger("ULENA"), "expired_trigger_id"),
            ("1.2.3", "invalid_trigger_id"),
        ):
            with pytest.raises(SlackApiError) as refused:
                await client.views_open(trigger_id=name, view=MODAL)
            assert refused.value.response["error"] == code

    play(act)


def test_a_view_is_only_changed_by_who_knows_how_it_stands() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        view = (await client.views_open(trigger_id=slack.workspace.trigger("ULENA"), view=MODAL))["view"]
        await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
        await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)

    assert refusal(act) == "hash_conflict"


def test_a_file_goes_up_in_three_steps() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        await client.files_upload_v2(channel="C1", filename="a.png", content=b"png", title="Diagram")
        (post,) = slack.workspace.visible_to("ULENA")
        assert slack.workspace.files[post.files[0]]["content"] == b"png"
        assert not slack.wrong

    play(act)


@pytest.mark.parametrize(
    ("fault", "status", "posted"),
    [
        (Fault("rate", retry_after=30), 429, 0),
        (Fault("http", status=500), 500, 0),
        (Fault("html", status=502), 502, 0),
        (Fault("error", code="is_archived"), 200, 0),
        (revoked(), 200, 0),
    ],
    ids=lambda value: value.how if isinstance(value, Fault) else "",
)
def test_faults_are_answered(fault: Fault, status: int, posted: int) -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.mischief.plan(fault)
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel="C1", text="x")
        assert refused.value.response.status_code == status
        assert len(slack.workspace.posts) == posted

    play(act)


@pytest.mark.parametrize(("how", "posted"), [("reset", 1), ("refuse", 0), ("stall", 1), ("garbage", 1)])
def test_a_line_that_breaks_says_nothing_of_what_was_done(how: How, posted: int) -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        slack.mischief.plan(Fault(how))
        posting = asyncio.create_task(client.chat_postMessage(channel="C1", text="x"))
        if how == "stall":
            await until(lambda: slack.workspace.posts)
            posting.cancel()
        # AttributeError: what slack_sdk makes of a page where JSON should be
        with pytest.raises((aiohttp.ClientError, asyncio.CancelledError, AttributeError)):
            await posting
        assert len(slack.workspace.posts) == posted
        await client.chat_postMessage(channel="C1", text="y")
        assert len(slack.workspace.posts) == posted + 1

    play(act)


def test_a_client_that_tries_again_by_itself_posts_twice() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> int:
        eager = AsyncWebClient(TOKEN, base_url=slack.url, session=client.session)
        slack.mischief.plan(Fault("reset"))
        await eager.chat_postMessage(channel="C1", text="x")
        return len(slack.workspace.posts)

    assert play(act) == 2, "this is what our own client is kept from"


def test_a_fault_strikes_its_own_channel_after_so_many_calls() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> list[str]:
        slack.workspace.channel("C2", "annat", set())
        slack.mischief.plan(Fault("rate", "chat.postMessage", "C1", after=1))
        for channel in ("C1", "C2", "C1", "C1"):
            try:
                await client.chat_postMessage(channel=channel, text="x")
            except SlackApiError:
                continue
        return [call.came_to for call in slack.calls]

    assert play(act) == ["ok", "ok", "rate", "ok"]


def test_the_clock_is_the_one_given() -> None:
    async def act(slack: FakeSlack, client: AsyncWebClient) -> None:
        first = (await client.chat_postMessage(channel="C1", text="x"))["ts"]
        slack.clock.at += timedelta(minutes=1)  # type: ignore[attr-defined]  # a stopped clock
        second = (await client.chat_postMessage(channel="C1", text="x"))["ts"]
        assert round(float(second) - float(first)) == 60

    play(act)

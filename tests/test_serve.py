"""The whole program against a Slack of ours: an event in, a message out, and a quiet end."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.runtime.clock import Clock
from bot.runtime.port import listen
from bot.runtime.watchdog import Watchdog
from bot.serve.running import Running
from bot.settings import Settings, SlackSection
from prompts.book import load_prompts
from storage.store import open_store
from tests.serving import (
    HERE,
    HeldSlack,
    Served,
    calls,
    database,
    environment,
    invited,
    invited_anew,
    outbox,
    refused,
    served,
    slack_with_school,
)
from tests.slack.mischief import revoked
from tests.slack.school import BOT_TOKEN
from tests.slack.sender import SECRET
from tests.slack.state import TEAM, Token
from tests.waiting import until


def play(folder: Path, story: Callable[[HeldSlack], Awaitable[None]]) -> None:
    async def playing() -> None:
        async with slack_with_school(folder) as slack:
            await story(slack)
            assert slack.wrong == []

    asyncio.run(playing())


async def closing(bot: Served) -> None:
    """Tell it to stop, and wait until it has begun to."""
    bot.process.send_signal(signal.SIGTERM)
    await until(lambda: "serve.closing" in bot.log)


async def closing_in_mid_send(bot: Served, slack: HeldSlack) -> None:
    """The bot is told to end while Slack has a message of its and has not answered."""
    await bot.ready()
    slack.holding = "chat.postMessage"
    await bot.sender.event(invited(slack))
    await until(lambda: slack.waiting)
    await closing(bot)


def test_a_signed_event_in_a_message_out_and_a_quiet_end(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        async with served(slack, tmp_path) as bot:
            await bot.ready()
            assert (await bot.client.get("/healthz")).text == "ok\n"
            assert (await bot.sender.event(invited(slack))).status_code == 200
            await until(lambda: calls(slack, "chat.postMessage"))
            await bot.metric('nulage_deliveries_total{how="sent"} 1')
            await bot.metric('nulage_events_total{kind="BotAdded"} 1')
            unsigned = await bot.client.post("/slack/events", json=invited(slack))
            assert (unsigned.status_code, unsigned.text) == (401, "")
            await bot.metric('nulage_slack_odd_requests_total{why="timestamp"} 1')
            assert await bot.told() == 0
            assert "Traceback" not in bot.log
            assert await bot.last_words() == "Nuläge är stängt. Allt är sparat.\n"
        assert [call["channel"] for call in calls(slack, "chat.postMessage")] == [HERE]
        assert outbox(tmp_path) == ["sent"]

    play(tmp_path, story)


def test_what_is_on_its_way_arrives_before_it_ends(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        async with served(slack, tmp_path, warm=True) as bot:
            await closing_in_mid_send(bot, slack)
            slack.go_on.set()
            assert await bot.ended() == 0
        assert outbox(tmp_path) == ["sent"]

    play(tmp_path, story)


def test_closed_under_load_it_keeps_what_it_said_yes_to_and_doubts_nothing(tmp_path: Path) -> None:
    yes: list[int] = []

    async def story(slack: HeldSlack) -> None:
        async with served(slack, tmp_path, warm=True) as bot:
            await bot.ready()

            async def knock() -> None:
                try:
                    while True:
                        yes.append((await bot.sender.event(invited_anew(slack))).status_code)
                except httpx.TransportError:  # the door is shut
                    return

            knocking = [asyncio.create_task(knock()) for _ in range(8)]
            await until(lambda: len(yes) >= 40 and calls(slack, "chat.postMessage"))
            assert await bot.told() == 0
            await asyncio.gather(*knocking)

    play(tmp_path, story)
    kept = outbox(tmp_path)
    assert len(kept) >= yes.count(200) >= 40
    assert set(yes) <= {200, 503}
    assert set(kept) <= {"new", "sent"}


def test_a_second_signal_ends_it_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        async with served(slack, tmp_path, warm=True) as bot:
            await closing_in_mid_send(bot, slack)
            assert await bot.told() == -signal.SIGTERM
        assert outbox(tmp_path) == ["sending"]

    play(tmp_path, story)


def test_while_slack_is_away_it_lives_and_slack_is_asked_to_try_again(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        slack.holding = "auth.test"
        async with served(slack, tmp_path, warm=True) as bot:
            await until(lambda: slack.waiting)
            assert (await bot.client.get("/healthz")).status_code == 200
            assert (await bot.client.get("/readyz")).json()["stuck"] == ["slack"]
            assert (await bot.sender.event(invited(slack))).status_code == 503
            slack.go_on.set()
            await bot.ready()
            assert (await bot.sender.event(invited(slack))).status_code == 200
            await until(lambda: calls(slack, "chat.postMessage"))

    play(tmp_path, story)


def test_it_can_be_closed_before_slack_has_answered(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        slack.holding = "auth.test"
        async with served(slack, tmp_path, warm=True) as bot:
            await until(lambda: slack.waiting)
            assert await bot.told(signal.SIGINT) == 0
            assert "Traceback" not in bot.log
            slack.go_on.set()

    play(tmp_path, story)


def test_what_waits_for_a_workspace_goes_out_when_it_is_back(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        event = invited(slack)
        async with served(slack, tmp_path, warm=True) as bot:
            await bot.ready()
            with slack.mischief.while_planned(revoked()):
                await bot.sender.event(event)
                await bot.metric('nulage_workspace_changes_total{what="refused"} 1')
                await bot.metric('nulage_outbox_messages{state="parked"} 1')
            assert await bot.told() == 0
        async with served(slack, tmp_path, warm=True) as bot:
            await until(lambda: calls(slack, "chat.postMessage"))
            await bot.metric('nulage_outbox_messages{state="parked"} 0')
            assert (await bot.sender.event(event, retry=2)).status_code == 200
            await bot.metric("nulage_events_repeated_total 1")
            assert await bot.told() == 0
        assert outbox(tmp_path) == ["sent"]

    play(tmp_path, story)


def test_socket_mode_needs_no_door(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        slack.workspace.tokens["xapp-1"] = Token(TEAM, frozenset({"connections:write"}), kind="app")
        socket_mode = {"NULAGE_SLACK__APP_TOKEN": "xapp-1", "NULAGE_SLACK__SIGNING_SECRET": ""}
        async with served(slack, tmp_path, warm=True, **socket_mode) as bot:
            await bot.ready()
            await until(lambda: len(slack.sockets.live) == 2)
            await slack.sockets.deliver("events_api", invited(slack), within=30)
            await until(lambda: calls(slack, "chat.postMessage"))
            await bot.metric('nulage_socket_opened_total{why="new"} 2')
            assert (await bot.client.post("/slack/events")).status_code == 404
            assert await bot.told() == 0
        assert outbox(tmp_path) == ["sent"]

    play(tmp_path, story)


def test_many_workspaces_install_it_themselves(tmp_path: Path) -> None:
    async def story(slack: HeldSlack) -> None:
        oauth = {
            "NULAGE_SLACK__BOT_TOKEN": "",
            "NULAGE_SLACK__CLIENT_ID": "1.2",
            "NULAGE_SLACK__CLIENT_SECRET": "s",
            "NULAGE_SECRET_KEY": "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
            "NULAGE_HTTP__PUBLIC_URL": "https://nulage.example.se",
        }
        async with served(slack, tmp_path, warm=True, **oauth) as bot:
            await bot.ready()
            leaving = await bot.client.get("/slack/install")
            assert leaving.status_code == 302
            assert "client_id=1.2" in leaving.headers["location"]
            assert await bot.told() == 0

    play(tmp_path, story)


def test_what_nothing_helps_against_ends_with_exit_code_8(tmp_path: Path) -> None:
    hours = count(1000, 3600)

    async def story(slack: HeldSlack) -> None:
        settings = Settings(
            database_url=database(tmp_path),
            slack=SlackSection(
                bot_token=SecretStr(BOT_TOKEN), signing_secret=SecretStr(SECRET), api_url=slack.url
            ),
        )
        prompts = load_prompts()
        leaping = partial(Watchdog, clock=lambda: float(next(hours)), every=0.01)
        running = Running(settings, open_store(settings.database_url), prompts, Clock(), leaping)
        with listen(0, choose="") as listening:
            assert await running.run(listening, list[str]().append) == 8

    play(tmp_path, story)


@pytest.mark.parametrize(
    ("name", "token"), [("BOT_TOKEN", "xoxb-wrong"), ("APP_TOKEN", "xapp-wrong")], ids=["bot", "app"]
)
def test_a_token_that_slack_does_not_take_is_exit_code_4(tmp_path: Path, name: str, token: str) -> None:
    async def story(slack: HeldSlack) -> None:
        code, said = await refused(tmp_path, environment(slack, tmp_path, **{f"NULAGE_SLACK__{name}": token}))
        assert code == 4
        assert f"Slack godtar inte NULAGE_SLACK__{name} (invalid_auth)." in said
        assert "Traceback" not in said
        assert token not in said

    play(tmp_path, story)

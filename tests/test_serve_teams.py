"""The whole program against a Teams of ours: an activity in, a message out, and a quiet end."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from bot.domain.school import Language
from storage.store import open_store
from tests.serving import Served, calls, database, environment, refused, slack_with_school, started
from tests.teams import payloads, school
from tests.teams.fake import SECRET, FakeTeams
from tests.teams.fake_mischief import FOREVER, Fault
from tests.teams.payloads import Where
from tests.teams.school import aad_of, channel_of, person
from tests.teams.sender import Sender
from tests.teams.state import APP, TENANT, Json
from tests.waiting import until

ROOM = "#arbetslag-4-6"


def settings(teams: FakeTeams, folder: Path, **more: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("NULAGE_")},
        "NULAGE_DATABASE_URL": database(folder),
        "NULAGE_HTTP__PORT": "0",
        "NULAGE_TEAMS__CLIENT_ID": APP,
        "NULAGE_TEAMS__CLIENT_SECRET": SECRET,
        "NULAGE_TEAMS__TENANT_ID": TENANT,
        "NULAGE_TEAMS__LOGIN_URL": teams.login_url,
        "NULAGE_TEAMS__OPENID_URL": teams.openid_url,
        "NULAGE_LOG_FORMAT": "json",
        **more,
    }


@asynccontextmanager
async def teams_with_school(folder: Path, *, open_door: bool) -> AsyncIterator[FakeTeams]:
    """Björkskolan in a Teams of ours, and in the store that the bot will open."""
    async with FakeTeams(open_door=open_door) as teams:
        school.open_school(teams.cloud)
        store = open_store(database(folder))
        school.found(store, datetime.now(UTC).date())
        store.close()
        yield teams
        assert teams.wrong == []


def play(folder: Path, story: Callable[[FakeTeams], Awaitable[None]], *, open_door: bool = False) -> None:
    async def playing() -> None:
        async with teams_with_school(folder, open_door=open_door) as teams:
            await story(teams)

    asyncio.run(playing())


def asked(teams: FakeTeams) -> Json:
    """Lena writes `/hjälp` to the bot."""
    chat = Where(f"a:{aad_of('lena')}", "personal", service_url=teams.service_url)
    teams.cloud.chat_of(aad_of("lena"))
    return payloads.message(person("lena"), chat, "/hjälp", at=datetime.now(UTC))


def invited(teams: FakeTeams) -> Json:
    """Pia adds the bot to the team; it says hello in the channel she chose."""
    chosen = school.channel(ROOM, teams.service_url)
    general = school.channel("#", teams.service_url)
    return payloads.installation(person("pia"), general, "add", chosen=chosen, at=datetime.now(UTC))


def said_in(teams: FakeTeams, conversation: str) -> list[str]:
    return [str(post.activity) for post in teams.cloud.from_bot(conversation)]


async def knock(teams: FakeTeams, bot: Served, activity: Json) -> int:
    return (await Sender(teams, bot.client).deliver(activity)).status_code


def test_a_signed_activity_in_a_message_out_and_a_quiet_end(tmp_path: Path) -> None:
    async def story(teams: FakeTeams) -> None:
        async with started(tmp_path, settings(teams, tmp_path)) as bot:
            await bot.ready()
            await until(lambda: bot.log.count("serve.texts_read") == len(get_args(Language)))
            assert (await bot.client.get("/healthz")).text == "ok\n"
            assert await knock(teams, bot, invited(teams)) == 200
            await until(lambda: said_in(teams, channel_of(ROOM)))
            assert await knock(teams, bot, asked(teams)) == 200
            await until(lambda: any("/nuläge" in one for one in said_in(teams, f"a:{aad_of('lena')}")))
            await bot.metric('nulage_events_total{kind="Commanded"} 1')
            assert (await Sender(teams, bot.client).deliver(asked(teams), token="forged")).status_code == 401
            await bot.metric('nulage_teams_odd_requests_total{why="no_token"} 1')
            assert await bot.told() == 0
            assert "Allt är sparat" in await bot.last_words()
        assert "Traceback" not in bot.log
        assert SECRET not in bot.log
        assert "Lena" not in bot.log

    play(tmp_path, story)


def test_a_secret_that_microsoft_refuses_is_said_at_once(tmp_path: Path) -> None:
    async def story(teams: FakeTeams) -> None:
        env = settings(teams, tmp_path, NULAGE_TEAMS__CLIENT_SECRET="another")
        code, said = await refused(tmp_path, env)
        assert code == 4
        assert "Microsoft godtar inte NULAGE_TEAMS__CLIENT_ID och NULAGE_TEAMS__CLIENT_SECRET" in said
        assert "another" not in said

    play(tmp_path, story)


def test_while_the_log_in_is_away_who_knocks_is_let_in_and_the_rest_waits(tmp_path: Path) -> None:
    async def story(teams: FakeTeams) -> None:
        with teams.mischief.while_planned(Fault("refuse", "token", times=FOREVER)):
            async with started(tmp_path, settings(teams, tmp_path), warm=True) as bot:
                await until(lambda: teams.times("token"))
                ready = await bot.client.get("/readyz")
                assert (ready.status_code, "teams" in ready.text) == (503, True)
                assert (await bot.client.get("/healthz")).status_code == 200
                assert await knock(teams, bot, asked(teams)) == 200
                teams.mischief.planned.clear()
                await bot.ready()
                assert await knock(teams, bot, asked(teams)) == 200
                assert await bot.told() == 0

    play(tmp_path, story)


def test_it_is_told_to_stop_while_nobody_is_known(tmp_path: Path) -> None:
    async def story(teams: FakeTeams) -> None:
        with teams.mischief.while_planned(Fault("refuse", "token", times=FOREVER)):
            async with started(tmp_path, settings(teams, tmp_path), warm=True) as bot:
                await until(lambda: teams.times("token"))
                assert await bot.told() == 0

    play(tmp_path, story)


def test_one_chat_that_is_away_keeps_the_other_from_nothing(tmp_path: Path) -> None:
    from tests.serving import invited as invited_in_slack

    async def playing() -> None:
        async with slack_with_school(tmp_path) as slack, FakeTeams() as teams:
            both = environment(slack, tmp_path) | settings(teams, tmp_path)
            with teams.mischief.while_planned(Fault("refuse", "token", times=FOREVER)):
                async with started(tmp_path, both, warm=True) as bot:
                    await until(lambda: "slack.ready" in bot.log)
                    await bot.ready()
                    ready = await bot.client.get("/readyz")
                    assert (ready.status_code, ready.json()["away"]) == (200, ["teams"])
                    await bot.metric('nulage_chat_ready{chat="teams"} 0')
                    assert (await bot.sender.event(invited_in_slack(slack))).status_code == 200
                    await until(lambda: calls(slack, "chat.postMessage"))
                    teams.mischief.planned.clear()
                    await bot.metric('nulage_chat_ready{chat="teams"} 1')
                    assert await bot.told() == 0
            assert slack.wrong == []

    asyncio.run(playing())


def test_one_chat_that_refuses_us_does_not_end_the_other(tmp_path: Path) -> None:
    from tests.serving import invited as invited_in_slack

    async def playing() -> None:
        async with slack_with_school(tmp_path) as slack, FakeTeams() as teams:
            wrong = settings(teams, tmp_path, NULAGE_TEAMS__CLIENT_SECRET="another")
            async with started(tmp_path, environment(slack, tmp_path) | wrong, warm=True) as bot:
                await until(lambda: "serve.chat_refused" in bot.log)
                await bot.ready()
                assert (await bot.client.get("/readyz")).json()["away"] == ["teams_refused"]
                await bot.metric('nulage_chat_ready{chat="slack"} 1')
                assert (await bot.sender.event(invited_in_slack(slack))).status_code == 200
                await until(lambda: calls(slack, "chat.postMessage"))
                assert await bot.told() == 0
                assert "Microsoft godtar inte NULAGE_TEAMS__CLIENT_ID" in await bot.last_words()
            assert slack.wrong == []

    asyncio.run(playing())


def test_without_tokens_it_talks_with_a_playground_on_this_machine(tmp_path: Path) -> None:
    async def story(teams: FakeTeams) -> None:
        env = settings(teams, tmp_path, NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED="true")
        for name in ("CLIENT_ID", "CLIENT_SECRET"):
            del env[f"NULAGE_TEAMS__{name}"]
        async with started(tmp_path, env, warm=True) as bot:
            await bot.ready()
            answer = await Sender(teams, bot.client).deliver(asked(teams), token="")
            assert answer.status_code == 200
            await until(lambda: said_in(teams, f"a:{aad_of('lena')}"))
            assert await bot.told() == 0
        assert teams.times("token") == 0

    play(tmp_path, story, open_door=True)


def test_teams_libraries_are_left_out_when_teams_is() -> None:
    looking = """
import sys
from pydantic import SecretStr
from bot.runtime.clock import Clock
from bot.serve.running import Running
from bot.settings import Settings, SlackSection
from prompts.book import load_prompts
from storage.store import open_store
slack = SlackSection(bot_token=SecretStr("xoxb-1"), signing_secret=SecretStr("s"))
Running(Settings(slack=slack), open_store("sqlite://"), load_prompts(), Clock())
print([name for name in ("microsoft_teams", "fastapi", "msgraph") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", looking], timeout=60, check=True, capture_output=True)
    assert done.stdout == b"[]\n"


def test_slacks_libraries_and_graphs_are_left_out_when_only_teams_is_on() -> None:
    looking = f"""
import sys
from pydantic import SecretStr
from bot.runtime.clock import Clock
from bot.serve.running import Running
from bot.settings import Settings, TeamsSection
from prompts.book import load_prompts
from storage.store import open_store
teams = TeamsSection(client_id="{APP}", client_secret=SecretStr("s"), tenant_id="{TENANT}")
Running(Settings(teams=teams), open_store("sqlite://"), load_prompts(), Clock())
others = ("slack_sdk", "slack_bolt", "aiohttp", "msgraph", "kiota_http")
print([name for name in others if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", looking], timeout=60, check=True, capture_output=True)
    assert done.stdout == b"[]\n"

"""What the doctor says of a bot and a Slack that a test has prepared."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.cli.checkup import MARKS, findings
from bot.platforms.slack.install.scopes import SCOPES
from bot.platforms.slack.send.client import Web
from bot.settings import Settings, SlackSection
from tests.slack.fake import FakeSlack

ALL = frozenset(scope.name for scope in SCOPES)
TOKEN = "xoxb-1"


def fixed(database: str, slack: FakeSlack) -> Settings:
    section = SlackSection.model_validate(
        {"bot_token": TOKEN, "signing_secret": "hush", "api_url": slack.address + "/api"}
    )
    return Settings(database_url=database, slack=section)


def look(
    database: str,
    prepare: Callable[[FakeSlack], None] = lambda _slack: None,
    *,
    scopes: frozenset[str] = ALL,
    off: timedelta = timedelta(0),
    settings: Callable[[str, FakeSlack], Settings] = fixed,
) -> list[str]:
    """What the doctor says, each line after its mark."""

    async def story() -> list[str]:
        async with FakeSlack() as slack, Web(slack.url) as web:
            slack.workspace.hire(TOKEN, scopes)
            slack.workspace.channel("C1", "arbetslag-1", {"U1"})
            slack.workspace.channel("C2", "arbetslag-2", {"U1"}, "private")
            prepare(slack)
            there = findings(settings(database, slack), web, lambda: datetime.now(UTC) + off)
            said = [f"{MARKS[found.level]} {found.text}" async for found in there]
            assert slack.wrong == []
            return said

    said = asyncio.run(story())
    assert not any(TOKEN in line or "hush" in line for line in said)
    return said


def faults(said: list[str]) -> list[str]:
    return [line for line in said if not line.startswith(MARKS["well"])]


def many(database: str, slack: FakeSlack, key: str, workspaces: str = "T1,T2") -> Settings:
    section = {
        "client_id": "1.2",
        "client_secret": "hush",
        "signing_secret": "hush",
        "api_url": slack.address,
        "workspaces": workspaces,
    }
    http = {"public_url": "https://nulage.example.se"}
    return Settings.model_validate(
        {"database_url": database, "secret_key": key, "slack": section, "http": http}
    )

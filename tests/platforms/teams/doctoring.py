"""What the doctor says of a bot and a Teams that a test has prepared."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.cli.checkup import MARKS, findings
from bot.domain.school import Place
from bot.rehearsal import example
from bot.settings import Settings
from storage.installed import references
from storage.installed.references import KeptReference
from storage.people.founding import change_arbetslag
from storage.store import open_store
from tests.teams.fake import SECRET, FakeTeams
from tests.teams.state import APP, TENANT

OTHER = "5ca1ab1e-0000-4000-8000-0000000000bb"
TEAM = "19:bjork@thread.tacv2"
CHANNELS = ("19:lag1@thread.tacv2", "19:lag2@thread.tacv2")


def found(folder: Path) -> str:
    """Björkskolan at head, its first two arbetslag in channels of Teams; return the database's address."""
    url = f"sqlite:///{folder / 'nulage.sqlite3'}"
    store = open_store(url)
    with store.begin() as unit:
        example.found(unit, "web", date(2026, 11, 26))
        for key, team in zip(CHANNELS, list(unit.roster.arbetslag.values())[:2], strict=True):
            place = Place(platform="teams", address=f"{TENANT}/{key}")
            change_arbetslag(unit, team.model_copy(update={"place": place}))
    store.close()
    return url


def know(database: str, service_url: str, *, tenant: str = TENANT, keys: tuple[str, ...] = CHANNELS) -> None:
    """What the bot learns when somebody writes in these channels."""
    store = open_store(database)
    with store.begin() as unit:
        for key in keys:
            named = {"tenant": tenant, "key": key, "kind": "channel", "conversation": key}
            kept = KeptReference.model_validate({**named, "service_url": service_url, "team_thread": TEAM})
            references.save(unit, kept, datetime.now(UTC))
    store.close()


def section(teams: FakeTeams, **changed: Any) -> dict[str, Any]:
    filled = {"client_id": APP, "client_secret": SECRET, "tenant_id": TENANT}
    return {**filled, "login_url": teams.login_url, "openid_url": teams.openid_url, **changed}


def look(
    database: str,
    prepare: Callable[[FakeTeams], None] = lambda _teams: None,
    *,
    off: timedelta = timedelta(0),
    knows: bool = True,
    settings: Callable[[FakeTeams], dict[str, Any]] = section,
) -> list[str]:
    """What the doctor says, each line after its mark."""

    async def story() -> list[str]:
        async with FakeTeams() as teams:
            teams.cloud.team(TEAM, "5ca1ab1e-0000-4000-8000-0000000000f0", "Björkskolan")
            for key in CHANNELS:
                teams.cloud.channel(key, key, TEAM)
            if knows:
                know(database, teams.service_url)
            prepare(teams)
            filled = Settings.model_validate({"database_url": database, "teams": settings(teams)})
            there = findings(filled, None, lambda: datetime.now(UTC) + off)
            said = [f"{MARKS[one.level]} {one.text}" async for one in there]
            assert teams.wrong == []
            assert {call.name for call in teams.calls} <= {"token", "members"}, "it sends nothing"
            assert not any(token in line for token in teams.tokens for line in said)
            return said

    said = asyncio.run(story())
    assert not any(SECRET in line for line in said)
    return said


def faults(said: list[str]) -> list[str]:
    return [line for line in said if not line.startswith(MARKS["well"])]

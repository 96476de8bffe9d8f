"""Which token speaks where, asked for at every event and read from the store now and then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError

from bot.platforms.slack.install.workspaces import (
    FixedWorkspace,
    Workspace,
    Workspaces,
)
from bot.platforms.slack.send.client import Web
from bot.serve.in_store import T
from bot.serve.installed import StoredWorkspaces
from storage.installed.sealing import Seal
from storage.store import open_store
from storage.unit import UnitOfWork
from tests.slack.fake import FakeSlack
from tests.slack.state import BOT, BOT_USER

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def workspace(team: str | None, enterprise: str | None = None, token: str = "xoxb-1") -> Workspace:  # noqa: S107  invented
    return Workspace(
        enterprise=enterprise,
        team=team,
        name="Björkskolan",
        token=SecretStr(token),
        bot_id="B1",
        bot_user="U0",
        scopes=frozenset({"chat:write"}),
        org_wide=team is None,
    )


class Shelf:
    """A store that counts how often it is asked, and during which something may happen."""

    def __init__(self, *kept: Workspace) -> None:
        self.kept = {(one.enterprise, one.team): one for one in kept}
        self.asked = 0
        self.away = False
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        self._asked()
        found = self.kept.get((enterprise, team)) or self.kept.get((enterprise, None))
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return found

    async def save(self, workspace: Workspace, installer: str) -> None:
        del installer
        self.kept[workspace.enterprise, workspace.team] = workspace

    async def remove(self, enterprise: str | None, team: str | None, at: datetime) -> bool:
        del at
        return self.kept.pop((enterprise, team), None) is not None

    async def mark(self, workspace: Workspace, *, refused: bool) -> bool:
        self.kept[workspace.enterprise, workspace.team] = workspace.model_copy(update={"refused": refused})
        return True

    async def all(self) -> Sequence[Workspace]:
        self._asked()
        return tuple(self.kept.values())

    def _asked(self) -> None:
        self.asked += 1
        if self.away:
            raise ConnectionError("the store is away")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def token_of(workspaces: Workspaces, enterprise: str | None, team: str | None) -> str | None:
    found = await workspaces.find(enterprise, team)
    return found.token.get_secret_value() if found else None


def test_installing_and_removing_are_seen_at_once() -> None:
    async def story() -> None:
        workspaces = Workspaces(Shelf())
        assert await token_of(workspaces, None, "T1") is None
        await workspaces.save(workspace("T1"), "U1")
        assert await token_of(workspaces, None, "T1") == "xoxb-1"
        await workspaces.save(workspace("T1", token="xoxb-2"), "U1")
        assert await token_of(workspaces, None, "T1") == "xoxb-2"
        await workspaces.remove(None, "T1", AT)
        await workspaces.remove(None, "T1", AT)
        assert await token_of(workspaces, None, "T1") is None

    asyncio.run(story())


def test_an_organisation_that_leaves_takes_its_workspaces_along() -> None:
    async def story() -> None:
        workspaces = Workspaces(Shelf(workspace(None, "E1"), workspace("T9")))
        assert await token_of(workspaces, "E1", "T1") == "xoxb-1"
        assert await token_of(workspaces, None, "T9") == "xoxb-1"
        await workspaces.remove("E1", None, AT)
        assert await token_of(workspaces, "E1", "T1") is None
        assert await token_of(workspaces, None, "T9") == "xoxb-1"

    asyncio.run(story())


def test_an_address_without_its_organisation_finds_the_only_one_there_is() -> None:
    async def story() -> None:
        shelf = Shelf(workspace(None, "E1"))
        assert await token_of(Workspaces(shelf), None, "T1") == "xoxb-1"
        await shelf.save(workspace(None, "E2"), "U1")
        assert await token_of(Workspaces(shelf), None, "T1") is None

    asyncio.run(story())


def test_what_was_read_before_a_change_is_not_believed_after_it() -> None:
    async def story() -> None:
        shelf = Shelf(workspace("T1"))
        workspaces = Workspaces(shelf)
        shelf.meanwhile = lambda: workspaces.remove(None, "T1", AT)
        await workspaces.find(None, "T1")
        assert await token_of(workspaces, None, "T1") is None

    asyncio.run(story())


@pytest.mark.parametrize(("enterprise", "team"), [(None, "T1"), ("E1", "T5"), (None, "T7"), ("E2", "T8")])
def test_bolt_knows_who_it_is_without_asking_slack(enterprise: str | None, team: str) -> None:
    """Through Bolt's own door; for an organisation's installation it asks for (E1, None)."""
    seen: list[str] = []

    async def story() -> int:
        shelf = Shelf(workspace("T1", token="xoxb-own"), workspace(None, "E1", "xoxb-org"))
        authorize: Any = Workspaces(shelf).authorize  # Bolt types it as if it could not be None
        app = AsyncApp(
            signing_secret="x",
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )

        @app.event("app_mention")
        async def mentioned(context: dict[str, str]) -> None:
            seen.append(f"{context['bot_token']} {context['bot_id']} {context['bot_user_id']}")

        install = {"enterprise_id": enterprise, "team_id": team, "is_enterprise_install": bool(enterprise)}
        payload = {
            "type": "event_callback",
            "team_id": team,
            "enterprise_id": enterprise,
            "authorizations": [install],
            "event": {"type": "app_mention", "user": "U1", "text": "hej", "ts": "1.1"},
        }
        answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        return int(answer.status)

    assert asyncio.run(story()) == 200
    assert seen == {"T1": ["xoxb-own B1 U0"], "T5": ["xoxb-org B1 U0"]}.get(team, [])


def test_the_workspace_of_the_settings_asks_slack_once_who_it_is() -> None:
    async def story() -> None:
        async with FakeSlack() as slack, Web(slack.url) as web:
            slack.workspace.hire("xoxb-1", frozenset({"chat:write", "commands"}))
            fixed = await FixedWorkspace.connect(web.client("xoxb-1"))
            workspaces = Workspaces(fixed)
            found = await workspaces.find(None, "T1")
            assert found is not None
            assert (found.team, found.bot_id, found.bot_user) == ("T1", BOT, BOT_USER)
            assert found.name == "Björkskolan"
            assert found.scopes == {"chat:write", "commands"}
            assert "xoxb-1" not in f"{found} {found!r} {found.model_dump_json()}"
            assert await workspaces.find(None, "T2") is None
            assert slack.times("auth.test") == 1
            await workspaces.remove(None, "T2", AT)
            assert await workspaces.find(None, "T1")
            await workspaces.remove(None, "T1", AT)
            assert await workspaces.find(None, "T1") is None
            assert await fixed.all() == ()
            with pytest.raises(SlackApiError, match="invalid_auth"):
                await FixedWorkspace.connect(web.client("xoxb-2"))

    asyncio.run(story())


def test_the_stored_ones_keep_the_contract_too() -> None:
    store = open_store("sqlite://")

    async def run(work: Callable[[UnitOfWork], T]) -> T:
        with store.begin() as unit:
            return work(unit)

    async def story() -> None:
        stored = StoredWorkspaces(run, Seal([Fernet.generate_key().decode()]), lambda: AT)
        workspaces = Workspaces(stored)
        for one in (workspace("T1"), workspace(None, "E1", "xoxb-org")):
            await workspaces.save(one, "U1")
            assert await workspaces.find(one.enterprise, one.team) == one
        assert await token_of(workspaces, "E1", "T5") == "xoxb-org"
        assert await token_of(workspaces, None, "T5") == "xoxb-org"
        assert len(await stored.all()) == 2
        assert await stored.seal_anew() == 0
        await workspaces.remove(None, "T1", AT)
        assert await token_of(workspaces, "E1", "T1") == "xoxb-org"
        assert [await stored.spend(one) for one in "aab"] == [True, False, True]

    asyncio.run(story())
    store.close()

"""A bot that can be installed: its two routes over a real store, a fake Slack, and somebody's browser."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography.fernet import Fernet
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.platforms.slack.install.routes import Install, Oauth
from bot.platforms.slack.install.state import States
from bot.platforms.slack.install.workspaces import Workspaces
from bot.platforms.slack.send.client import Web
from bot.serve.in_store import T
from bot.serve.installed import StoredWorkspaces
from storage.installed.sealing import Seal
from storage.post.inbox import StoreAway
from storage.store import Store, open_store
from storage.unit import UnitOfWork
from tests.slack.fake import FakeSlack

PUBLIC = "https://nulage.example.se"
KEY = Fernet.generate_key().decode()
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


@dataclass
class Office:
    """A bot that can be installed, Slack beside it, and somebody's browser."""

    slack: FakeSlack
    store: Store
    browser: httpx.AsyncClient
    app: Starlette
    workspaces: Workspaces
    now: list[float] = field(default_factory=lambda: [1_000_000.0])
    away: bool = False

    async def leave(self) -> dict[str, str]:
        """Go to Slack; return what the address there says."""
        answer = await self.browser.get("/slack/install")
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("https://slack.com/oauth/v2/authorize?")
        return {name: one[0] for name, one in parse_qs(urlsplit(answer.headers["location"]).query).items()}

    async def back(self, browser: httpx.AsyncClient | None = None, /, **said: str) -> httpx.Response:
        return await (browser or self.browser).get("/slack/oauth_redirect", params=said)

    def other_browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=PUBLIC)


@asynccontextmanager
async def office(**oauth: Any) -> AsyncIterator[Office]:
    store = open_store("sqlite://")

    async def run(work: Callable[[UnitOfWork], T]) -> T:
        if here.away:
            raise StoreAway("full")
        with store.begin() as unit:
            return work(unit)

    async with FakeSlack() as slack, Web(slack.url) as web:
        stored = StoredWorkspaces(run, Seal([KEY]), lambda: AT)
        workspaces = Workspaces(stored)
        settings = Oauth(
            **{"client_id": "1.2", "client_secret": SecretStr("hush"), "public_url": PUBLIC, **oauth}
        )
        states = States([KEY], stored.spend, lambda: here.now[0])
        app = Starlette(routes=Install(settings, workspaces, states, web.client).routes())
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as browser:
            here = Office(slack, store, browser, app, workspaces)
            yield here
    assert slack.wrong == []
    store.close()


def play(story: Callable[[Office], Awaitable[None]], **oauth: Any) -> None:
    async def whole() -> None:
        async with office(**oauth) as here:
            await story(here)

    asyncio.run(whole())

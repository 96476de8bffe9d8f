"""The bot as a test runs it on the fake Slack: the real pieces, put together as `bot.serve.slack` does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from pydantic import SecretStr

from bot.app import App
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspaces
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.parse.values import GoneKind
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.platform import SlackPlatform
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.connected import Connected
from prompts.book import Prompts
from storage.store import Store
from storage.unit import UnitOfWork
from tests.slack.fake import FakeSlack
from tests.slack.school import BOT_TOKEN, PLATFORM
from tests.slack.sender import SECRET
from tests.slack.state import TEAM

T = TypeVar("T")


@dataclass
class Bot:
    """`door` is what Slack reaches; time passes only when a test lets it."""

    app: App
    edge: Edge
    door: Guard
    web: Web
    workspaces: Workspaces
    connected: Connected

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        await self.edge.finish()
        await self.app.settle()
        await self.edge.finish()

    async def connect(self) -> None:
        """Find out who we are in Slack: at the start, and when the bot is installed again."""
        self.connected.store = await FixedWorkspace.connect(self.web.client(BOT_TOKEN))
        self.workspaces.forget(TEAM)
        await self.connected.is_back(None)


@asynccontextmanager
async def bot_on(
    slack: FakeSlack, store: Store, prompts: Prompts, clock: Clock, *, patience: float
) -> AsyncIterator[Bot]:
    """Run the bot for as long as the block lasts. It waits `patience` seconds for an answer of Slack's."""
    async with Web(slack.url, whole=patience) as web:
        bot = _put_together(slack, web, store, prompts, clock)
        bot.app.start()
        try:
            await bot.connect()
            yield bot
        finally:
            await bot.edge.finish()
            bot.app.stop()


def _put_together(slack: FakeSlack, web: Web, store: Store, prompts: Prompts, clock: Clock) -> Bot:
    async def run(work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(app.dispatcher.run(work))

    async def gone(enterprise: str | None, team: str | None, kind: GoneKind) -> None:
        del kind
        await workspaces.remove(enterprise, team)

    async def refused(team: str, code: str) -> None:
        del code
        await workspaces.remove(None, team)

    async def pass_by(seconds: float) -> None:
        clock.offset += timedelta(seconds=seconds)

    connected = Connected(run, clock, Counts())
    workspaces = Workspaces(connected, lambda: clock.now().timestamp())
    platform = SlackPlatform(
        web,
        workspaces,
        connected.account_of,
        lambda: clock.now().timestamp(),
        on_disconnected=refused,
        sleep=pass_by,
    )
    app = App(store, prompts, {PLATFORM: platform}, clock)
    edge = Edge(
        app.dispatch, workspaces, web, on_gone=gone, hooks=(f"{slack.address}/respond/",), now=clock.now
    )
    return Bot(app, edge, slack_asgi(edge, SecretStr(SECRET)), web, workspaces, connected)

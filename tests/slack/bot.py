"""The bot as a test runs it on the fake Slack: the real pieces, with a clock that the test winds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from pydantic import SecretStr

from bot.app import App
from bot.domain.events import Event
from bot.domain.school import Account, Language
from bot.messages.model import Response
from bot.platforms.slack.send.client import Web
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.sides import Working
from bot.serve.slack import SlackSide
from bot.settings import Settings, SlackSection
from prompts.book import Prompts
from storage.store import Store
from storage.unit import UnitOfWork
from tests.chat_world import settled
from tests.slack.fake import FakeSlack
from tests.slack.school import BOT_TOKEN, PLATFORM
from tests.slack.sender import SECRET

T = TypeVar("T")


@dataclass
class Bot:
    """Time passes only when a test lets it."""

    app: App
    side: SlackSide
    counts: Counts

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        await self.side.edge.finish()
        await settled(self.app)
        await self.side.edge.finish()

    async def connect(self) -> None:
        """Find out who we are in Slack: at the start, and when the bot is installed again."""
        await self.side.connect()
        self.side.workspaces.forget()


@asynccontextmanager
async def bot_on(
    slack: FakeSlack, store: Store, prompts: Prompts, clock: Clock, *, patience: float
) -> AsyncIterator[Bot]:
    """Run the bot for as long as the block lasts. It waits `patience` seconds for an answer of Slack's."""

    async def pass_by(seconds: float) -> None:
        clock.offset += timedelta(seconds=seconds)

    async with Web(slack.url, whole=patience, clock=lambda: clock.now().timestamp(), sleep=pass_by) as web:
        bot = _put_together(slack, web, store, prompts, clock)
        bot.app.start()
        try:
            await bot.connect()
            yield bot
        finally:
            await bot.side.edge.finish()
            bot.app.stop()


def _put_together(slack: FakeSlack, web: Web, store: Store, prompts: Prompts, clock: Clock) -> Bot:
    async def run(work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(app.dispatcher.run(work))

    async def dispatch(event: Event) -> Response:
        return await app.dispatch(event)

    def speaks(account: Account) -> Language:
        return app.speaks(account)

    section = SlackSection(
        bot_token=SecretStr(BOT_TOKEN), signing_secret=SecretStr(SECRET), api_url=slack.url
    )
    counts = Counts()
    side = SlackSide(
        Settings(slack=section),
        Working(run, dispatch, clock, counts, speaks),
        web=web,
        seconds=web.clock,
        sleep=web.sleep,
    )
    side.edge.homes.pause = partial(asyncio.sleep, 0)
    app = App(store, prompts, {PLATFORM: side.platform}, clock)
    return Bot(app, side, counts)

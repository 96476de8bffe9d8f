"""The bot as a test runs it on the fake Teams: the real pieces, with a clock that the test winds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from pydantic import SecretStr

from bot.app import App
from bot.domain.events import Event
from bot.domain.school import Account, Language
from bot.messages.model import Response
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.sides import Working
from bot.serve.teams import TeamsSide
from bot.settings import Settings, TeamsSection
from prompts.book import Prompts
from storage.store import Store
from storage.unit import UnitOfWork
from tests.chat_world import settled
from tests.teams import school
from tests.teams.fake import SECRET, FakeTeams
from tests.teams.school import PLATFORM
from tests.teams.state import APP, TENANT

T = TypeVar("T")


@dataclass
class Bot:
    """Time passes only when a test lets it."""

    app: App
    side: TeamsSide
    counts: Counts

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""
        await self.side.edge.finish()
        await settled(self.app)
        await self.side.edge.finish()

    async def connect(self) -> None:
        """Find out who we are in Teams, and by which keys those who knock are checked."""
        await self.side.connect()
        await self.side.door.porter.keys.refresh()


def section(teams: FakeTeams) -> TeamsSection:
    return TeamsSection(
        client_id=APP,
        client_secret=SecretStr(SECRET),
        tenant_id=TENANT,
        login_url=teams.login_url,
        openid_url=teams.openid_url,
    )


@asynccontextmanager
async def bot_on(
    teams: FakeTeams, store: Store, prompts: Prompts, clock: Clock, *, patience: float
) -> AsyncIterator[Bot]:
    """Run the bot for as long as the block lasts. It waits `patience` seconds for an answer of Teams'."""
    bot = _put_together(teams, store, prompts, clock, patience)
    bot.app.start()
    try:
        await bot.connect()
        for one in school.known(teams.service_url):
            await bot.side.references.save(one)
        yield bot
    finally:
        await bot.side.edge.finish()
        await bot.side.close()
        bot.app.stop()


def _put_together(teams: FakeTeams, store: Store, prompts: Prompts, clock: Clock, patience: float) -> Bot:
    async def run(work: Callable[[UnitOfWork], T]) -> T:
        return await asyncio.wrap_future(app.dispatcher.run(work))

    async def dispatch(event: Event) -> Response:
        return await app.dispatch(event)

    async def pass_by(seconds: float) -> None:
        clock.offset += timedelta(seconds=seconds)

    def speaks(account: Account) -> Language:
        return app.speaks(account)

    counts = Counts()
    side = TeamsSide(
        Settings(teams=section(teams)),
        Working(run, dispatch, clock, counts, speaks),
        seconds=lambda: clock.now().timestamp(),
        sleep=pass_by,
        patience=patience,
    )
    app = App(store, prompts, {PLATFORM: side.platform}, clock)
    return Bot(app, side, counts)

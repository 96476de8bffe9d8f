"""What the stories in a chat have in common: one loop, one clock, and the bot behind its own HTTP door."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sized
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import httpx
from sqlalchemy import select
from starlette.types import ASGIApp

from bot.app import App
from bot.domain.school import Role
from bot.messages.delivery import Why
from bot.messages.model import Form
from bot.messages.plain import form_lines
from bot.platforms.pace import LONGEST_WAIT
from bot.rehearsal import example
from bot.rehearsal.winding import wind
from bot.runtime.clock import frozen
from storage.emptying import empty
from storage.moments import from_text, to_text
from storage.store import Store, open_store
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.play import Heard

PATIENCE = 60.0
"""Seconds the bot waits for an answer of the chat's; a test where none comes says how few will do."""

A_TURN = timedelta(seconds=LONGEST_WAIT * 1.25)
"""As long as a change may wait for its turn, with the courier's jitter; after a 429 it may be longer."""

T = TypeVar("T")

LEADS: frozenset[Role] = frozenset({"processledare", "rektor"})


def followers(team: str) -> set[str]:
    """Who is in an arbetslag's channel: its members, who leads them all, and who is about to join."""
    return {who for who, _name, roles, teams in example.PEOPLE if team in teams or LEADS & set(roles)} | {
        who for who, _name, joins in example.NEWCOMERS if joins == team
    }


class Bot(Protocol):
    """The bot as a test runs it on a fake chat."""

    app: App

    async def settle(self) -> None:
        """Let everything that was begun come to its end."""


async def settled(app: App) -> None:
    """Carry everything, and let the seconds pass that changes wait for when a chat is written to fast."""
    await app.settle()
    while turn := await asyncio.wrap_future(app.dispatcher.run(lambda unit: _turn(unit, app.clock.now()))):
        app.clock.wind_to(turn)
        await app.settle()


def _turn(unit: UnitOfWork, now: datetime) -> datetime | None:
    """When the first change has its turn; None when none waits for one."""
    waits = (outbox.c.state == "new", outbox.c.why == Why.BUSY, outbox.c.replacing.is_not(None))
    soon = outbox.c.not_before.between(to_text(now), to_text(now + A_TURN))
    rows = unit.rows(select(outbox.c.not_before).where(*waits, soon).order_by(outbox.c.not_before).limit(1))
    return from_text(rows[0]["not_before"]) if rows else None


B = TypeVar("B", bound=Bot)


class ChatWorld(ABC, Generic[B]):
    """Björkskolan in a chat; nothing runs in the background."""

    bot: B

    def __init__(
        self, start: datetime, found: Callable[[Store, date], None], *, url: str, patience: float
    ) -> None:
        self._patience = patience
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.clock = frozen(start)
        self.store = open_store(url)
        found(self.store, start.date())

    @property
    @abstractmethod
    def wrong(self) -> Sized:
        """What the bot did that the chat would never take."""

    @property
    @abstractmethod
    def forms(self) -> Mapping[str, Form]:
        """The form that each person has before them."""

    @property
    @abstractmethod
    def heard(self) -> list[Heard]:
        """Everything that was ever said, to whomever."""

    @abstractmethod
    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        """Write in a room, or to the bot."""

    @abstractmethod
    def press(self, who: str, label: str) -> None:
        """Press the newest button with this label that `who` can see."""

    @abstractmethod
    def _begin(self) -> None:
        """What is seen from here on is fresh."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._stack.aclose())
        self._runner.close()
        if error is None:
            assert not self.wrong, self.wrong

    async def _knocking(self, app: ASGIApp) -> httpx.AsyncClient:
        """Whoever knocks at the bot's door."""
        door = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://edge")
        return await self._stack.enter_async_context(door)

    async def _let_pass(self, seconds: float) -> None:
        """The chat waits before it tries again; the bot lives on meanwhile."""
        self.clock.offset += timedelta(seconds=seconds)
        await self.bot.app.settle()

    def run(self, work: Awaitable[T]) -> T:
        async def working() -> T:
            return await work

        return self._runner.run(working())

    def acts(self, work: Awaitable[T]) -> T:
        """Something reaches the bot, and everything that comes of it comes to its end."""

        async def acting() -> T:
            outcome = await work
            await self.bot.settle()
            return outcome

        self._begin()
        return self.run(acting())

    def forget(self) -> None:
        """Everything that is stored is gone."""
        self.bot.app.dispatcher.run(empty).result()

    def wind(self, to: datetime) -> None:
        self.acts(wind(self.bot.app, to))

    def sleep(self, to: datetime) -> None:
        self.clock.wind_to(to)

    def form_text(self, who: str) -> str:
        return "\n".join(form_lines(self.forms[who]))

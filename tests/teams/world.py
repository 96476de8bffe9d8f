"""The stories in Teams: people act by signed HTTP, and see what the fake Teams holds for them."""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self, TypeVar

import httpx

from bot.messages.model import Button, Form
from bot.messages.plain import form_lines
from bot.rehearsal.example import ADDRESS
from bot.rehearsal.winding import wind
from bot.runtime.clock import frozen
from storage.emptying import empty
from storage.store import open_store
from tests.play import Heard, prompts
from tests.teams import payloads, school
from tests.teams.bot import Bot, bot_on
from tests.teams.fake import FakeTeams
from tests.teams.filling import state_of, stopped
from tests.teams.hands import Act, Hands
from tests.teams.reading import sends
from tests.teams.school import GENERAL, aad_of, channel_of, person
from tests.teams.seeing import Eyes, Source
from tests.teams.sender import Sender, said
from tests.teams.state import Json

PATIENCE = 60.0
"""Seconds the bot waits for an answer of Teams'; a test where none comes says how few will do."""

T = TypeVar("T")


class TeamsWorld:
    """Björkskolan in Teams, through the edge's own HTTP door; nothing runs in the background."""

    def __init__(self, start: datetime, *, url: str = "sqlite://", patience: float = PATIENCE) -> None:
        self._patience = patience
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self._mark = (0, 0)
        self.clock = frozen(start)
        self.store = open_store(url)
        school.found(self.store, start.date())
        self.teams = FakeTeams(clock=lambda: self.clock.now().astimezone(UTC))
        self.cloud = self.teams.cloud
        self.eyes = Eyes(self.cloud)
        self.hands = Hands(self.teams, self.clock.now)
        school.open_school(self.cloud)
        self.sender: Sender
        self.bot: Bot
        self.run(self._open())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._stack.aclose())
        self._runner.close()
        if error is None:
            assert not self.teams.wrong, self.teams.wrong

    async def _open(self) -> None:
        await self._stack.enter_async_context(self.teams)
        self.bot = await self._stack.enter_async_context(
            bot_on(self.teams, self.store, prompts(), self.clock, patience=self._patience)
        )
        transport = httpx.ASGITransport(app=self.bot.side.door)
        self.door = httpx.AsyncClient(transport=transport, base_url="http://edge")
        await self._stack.enter_async_context(self.door)
        self.sender = Sender(self.teams, self.door, self._let_pass)

    async def _let_pass(self, seconds: float) -> None:
        """Teams waits before it tries again; the bot lives on meanwhile."""
        self.clock.offset += timedelta(seconds=seconds)
        await self.bot.app.settle()

    def run(self, work: Awaitable[T]) -> T:
        async def working() -> T:
            return await work

        return self._runner.run(working())

    # what people do

    @property
    def names(self) -> Mapping[str, str]:
        return {f"{one.tenant}/{aad}": one.name for aad, one in self.cloud.people.items()}

    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        """Write in a room or to the bot. In a channel Teams tells it only of what is said to it by name.

        A command in a room is a slash command, that nobody else sees; a thread has none of those.
        """
        where = self.hands.where(self.hands.conversation(who, room), thread)
        if room and text.startswith("/") and not thread:
            command = text.removeprefix("/")
            self.happens(payloads.message(person(who), where, command, targeted=True, at=self.clock.now()))
            return
        words = text.removeprefix(ADDRESS).strip()
        post = self.cloud.write(aad_of(who), where.id, words, thread)
        by_name = bool(room) and (bool(thread) or words != text)
        message = payloads.message(person(who), where, words, to_bot=by_name, id=post.id, at=self.clock.now())
        self._begin()
        if by_name or not room:
            self.happens(message)

    def press(self, who: str, label: str) -> None:
        """Press the newest button with this label that `who` can see."""
        source, button = self.eyes.button(aad_of(who), label)
        self._invoke(who, source, self.hands.press(who, source, button))

    def submit(self, who: str, values: Mapping[str, tuple[str, ...]]) -> None:
        """Send the form that is open for `who`, unless the client sees that something is missing."""
        filled = self.eyes.filled(aad_of(who))
        card = self.eyes.card_of(aad_of(who), filled.source)
        filled.state = state_of(card, values, filled.state)
        filled.errors = stopped(card, filled.state)
        send = sends(card)
        if filled.errors or send is None:
            self._begin()
        else:
            data = {**send["data"], **filled.state}
            self._invoke(who, filled.source, self.hands.send(who, filled.source, data))

    def invite(self, who: str, room: str) -> None:
        """Add the app to the team, and choose this channel for it; Teams tells of it twice."""
        chosen = self.hands.where(self.hands.conversation(who, room))
        self.hands.let_in(bot_in=True)
        general, at = self.hands.general, self.clock.now()
        self.happens(
            payloads.installation(person(who), general, "add", chosen=chosen, at=at),
            payloads.members(person(who), general, bot="came", chosen=chosen, at=at),
        )

    def remove(self, room: str) -> None:
        """Take the app out of the team: there is no other way to take it out of `room`."""
        assert channel_of(room) in self.cloud.conversations
        self.hands.let_in(bot_in=False)
        general, at = self.hands.general, self.clock.now()
        self.happens(
            payloads.installation(person("pia"), general, "remove", at=at),
            payloads.members(person("pia"), general, bot="went", at=at),
        )

    def leave(self, who: str, room: str) -> None:
        """Leave the team: a channel that all of it can see is left in no other way."""
        for where in (self.hands.conversation(who, room), self.cloud.conversations[GENERAL]):
            where.members.remove(aad_of(who))
        at = self.clock.now()
        self.happens(payloads.members(person(who), self.hands.general, went=[person(who)], at=at))

    def open_home(self, who: str) -> None:
        """There is no such page in Teams: one asks for it in the chat with the bot."""
        self.write(who, "hem")

    def save(self, who: str, text: str) -> None:
        """Use the message extension on a message that somebody wrote."""
        self._invoke(who, None, self.hands.save(who, text))

    def forget(self) -> None:
        self.bot.app.dispatcher.run(empty).result()
        self.bot.side.references._known.clear()

    def wind(self, to: datetime) -> None:
        self.acts(wind(self.bot.app, to))

    def sleep(self, to: datetime) -> None:
        self.clock.wind_to(to)

    # what people see

    @property
    def heard(self) -> list[Heard]:
        return self.eyes.everything()

    @property
    def fresh(self) -> list[Heard]:
        return self.eyes.since(self._mark)

    @property
    def forms(self) -> dict[str, Form]:
        return self.eyes.forms()

    def find_button(self, who: str, label: str) -> tuple[Heard, Button]:
        source, button = self.eyes.button(aad_of(who), label)
        return self.eyes.heard(source, aad_of(who)), Button(
            label=label, token=button["data"].get("token", "")
        )

    def form_text(self, who: str) -> str:
        return "\n".join(form_lines(self.forms[who]))

    # how it is sent

    def happens(self, *activities: Json) -> None:
        """Teams tells of something."""
        self.acts(self._told(activities))

    def acts(self, work: Awaitable[T]) -> T:
        """Something reaches the bot, and everything that comes of it comes to its end."""

        async def acting() -> T:
            outcome = await work
            await self.bot.settle()
            return outcome

        self._begin()
        outcome = self.run(acting())
        self.eyes.look(self._mark)
        return outcome

    async def _told(self, activities: tuple[Json, ...]) -> None:
        for one in activities:
            said(await self.sender.deliver(one))

    def _invoke(self, who: str, source: Source | None, act: Act) -> None:
        """Do what somebody waits for, and show them the answer."""

        async def asking() -> None:
            answer = said(await self.sender.deliver(act.activity))
            self.eyes.take(aad_of(who), source, answer, act.window)

        self.acts(asking())

    def _begin(self) -> None:
        self._mark = self.eyes.mark

"""The stories in Teams: people act by signed HTTP, and see what the fake Teams holds for them."""

from collections.abc import Awaitable, Mapping, Sized
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.messages.model import Button, Form
from bot.rehearsal.example import ADDRESS
from tests.chat_world import PATIENCE, ChatWorld
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

T = TypeVar("T")


class TeamsWorld(ChatWorld[Bot]):
    """Björkskolan in Teams, through the edge's own HTTP door."""

    def __init__(self, start: datetime, *, url: str = "sqlite://", patience: float = PATIENCE) -> None:
        super().__init__(start, school.found, url=url, patience=patience)
        self._mark = (0, 0)
        self._written = 0
        self.teams = FakeTeams(clock=lambda: self.clock.now().astimezone(UTC))
        self.cloud = self.teams.cloud
        self.eyes = Eyes(self.cloud)
        self.hands = Hands(self.teams, self.clock.now)
        school.open_school(self.cloud)
        self.sender: Sender
        self.run(self._open())

    async def _open(self) -> None:
        await self._stack.enter_async_context(self.teams)
        self.bot = await self._stack.enter_async_context(
            bot_on(self.teams, self.store, prompts(), self.clock, patience=self._patience)
        )
        self.door = await self._knocking(self.bot.side.door)
        self.sender = Sender(self.teams, self.door, self._let_pass)

    @property
    def wrong(self) -> Sized:
        return self.teams.wrong

    # what people do

    @property
    def names(self) -> Mapping[str, str]:
        return {f"{one.tenant}/{aad}": one.name for aad, one in self.cloud.people.items()}

    def moment(self) -> datetime:
        """Now, but no moment when anything else was written: nobody writes twice in a millisecond."""
        self._written += 1
        return self.clock.now() + timedelta(milliseconds=self._written)

    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        """Write in a room or to the bot. In a channel Teams tells it only of what is said to it by name.

        A command in a room is a slash command, that nobody else sees; a thread has none of those.
        """
        where = self.hands.where(self.hands.conversation(who, room), thread)
        if room and text.startswith("/") and not thread:
            command = text.removeprefix("/")
            self.happens(payloads.message(person(who), where, command, targeted=True, at=self.moment()))
            return
        words = text.removeprefix(ADDRESS).strip()
        post = self.cloud.write(aad_of(who), where.id, words, thread)
        by_name = bool(room) and (bool(thread) or words != text)
        message = payloads.message(person(who), where, words, to_bot=by_name, id=post.id, at=self.moment())
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
        super().forget()
        self.bot.side.references._known.clear()

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

    # how it is sent

    def happens(self, *activities: Json) -> None:
        """Teams tells of something."""
        self.acts(self._told(activities))

    def acts(self, work: Awaitable[T]) -> T:
        outcome = super().acts(work)
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

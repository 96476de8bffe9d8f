"""A stage for stories: the whole bot on the terminal platform, a clock that stands still, a real store."""

import asyncio
import itertools
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self, TypedDict

from bot.app import App
from bot.domain.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Event,
    FormSubmitted,
    HomeOpened,
    MemberLeft,
    MessageSaved,
    Pressed,
    Replied,
)
from bot.domain.school import Account, Place
from bot.messages.model import Button, Choices, Form, Message, Open, PeopleField, Quiet, Say
from bot.messages.plain import form_lines, lines
from bot.platforms.spoken import Waiting
from bot.platforms.terminal.send import PLATFORM, Line, TerminalPlatform
from bot.rehearsal import example
from bot.rehearsal.winding import wind
from bot.runtime.clock import frozen
from prompts.book import Prompts
from storage.emptying import empty, is_empty
from storage.store import open_store


class Act(TypedDict):
    """What every event has that somebody caused."""

    id: str
    at: datetime
    who: Account


class StoryFailed(AssertionError):
    """A line of a story did not hold."""


@dataclass
class Heard:
    """One message somebody can see: `room` is an address, `only_to` a person's slug or nobody."""

    room: str
    message: Message
    reference: str = ""
    thread: str = ""
    only_to: str = ""

    @property
    def text(self) -> str:
        return "\n".join(lines(self.message))


class World:
    """Björkskolan and its bot. Acts are what people do; `fresh` is what was said since the last act."""

    def __init__(self, start: datetime, prompts: Prompts, url: str = "sqlite://") -> None:
        self._runner = asyncio.Runner()
        self._ids = itertools.count(1)
        self.clock = frozen(start)
        self.heard: list[Heard] = []
        self.fresh: list[Heard] = []
        self.names = example.names()
        self.forms: dict[str, Form] = {}
        self._written: dict[str, Replied] = {}
        self._form_places: dict[str, Place] = {}
        self.platform = TerminalPlatform(self._listen)
        self.store = open_store(url)
        with self.store.begin() as unit:
            if is_empty(unit):
                example.found(unit, PLATFORM, start.date())
        self.app = App(self.store, prompts, {PLATFORM: self.platform}, self.clock)
        self.app.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.app.stop()
        self._runner.close()

    # what people do

    def write(self, who: str, text: str, *, room: str = "", thread: str = "") -> None:
        """Write in a room, else directly; `/` begins a command, `@Nuläge` words to the bot by name."""
        place = Place(platform=PLATFORM, address=room or f"@{who}", thread=thread or None)
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            self.act(Commanded(**self._by(who), where=place, command=command, text=rest))
        else:
            words = text.removeprefix(example.ADDRESS).strip()
            written = Replied(
                **self._by(who),
                where=place,
                text=words,
                reference=f"w{next(self._ids)}",
                direct=not room,
                addressed=bool(room) and words != text,
            )
            self._written[words] = written
            self.act(written)

    def press(self, who: str, label: str) -> None:
        """Press the newest button with this label that `who` can see."""
        heard, button = self.find_button(who, label)
        place = Place(platform=PLATFORM, address=heard.room, thread=heard.thread or None)
        self.act(Pressed(**self._by(who), where=place, token=button.token, reference=heard.reference))

    def submit(self, who: str, values: dict[str, tuple[str, ...]]) -> None:
        """Send the form that is open for `who`; what is not given stays as it was proposed."""
        form = self.forms.pop(who)
        asked = [field.key for field in form.fields if isinstance(field, PeopleField)]
        proposed = {
            field.key: field.value if isinstance(field.value, tuple) else (field.value,)
            for field in form.fields
        }
        given = {key: value for key, value in {**proposed, **values}.items() if any(value)}
        self.act(
            FormSubmitted(
                **self._by(who),
                where=self._form_places[who],
                token=form.token,
                values=given,
                people={user: self.names[user] for key in asked for user in given.get(key, ())},
            )
        )

    def invite(self, who: str, room: str) -> None:
        """Let the bot into a channel."""
        self.act(BotAdded(**self._by(who), where=_room(room), name=room))

    def remove(self, room: str) -> None:
        """Take the bot out of a channel."""
        self.act(BotRemoved(id=self._id(), at=self.clock.now(), where=_room(room)))

    def leave(self, who: str, room: str) -> None:
        self.act(MemberLeft(**self._by(who), where=_room(room)))

    def open_home(self, who: str) -> None:
        self.act(HomeOpened(**self._by(who), where=_room(f"@{who}")))

    def save(self, who: str, text: str) -> None:
        """Save words that somebody wrote earlier."""
        written = self._written[text]
        self.act(
            MessageSaved(
                **self._by(who),
                where=written.where,
                text=text,
                reference=written.reference,
                author=written.who,
            )
        )

    def forget(self) -> None:
        """Let the bot know nobody, as in a workspace where it is new."""
        with self.store.begin() as unit:
            empty(unit)

    def act(self, event: Event) -> None:
        """Let an event happen, and hear what comes of it."""
        self.fresh = []
        self._runner.run(self._act(event))

    def wind(self, to: datetime) -> None:
        self.fresh = []
        self._runner.run(wind(self.app, to))

    def sleep(self, to: datetime) -> None:
        """Time passes and the bot notices nothing, as when its server is down."""
        self.clock.wind_to(to)

    # what people see

    def find_button(self, who: str, label: str) -> tuple[Heard, Button]:
        for heard in reversed(self.heard):
            hidden = heard.only_to not in {"", who} or (
                heard.room.startswith("@") and heard.room != f"@{who}"
            )
            for button in () if hidden else buttons_of(heard.message):
                if button.label == label:
                    return heard, button
        raise StoryFailed(f"{who} sees no button {label!r}")

    def form_text(self, who: str) -> str:
        return "\n".join(form_lines(self.forms[who]))

    async def _act(self, event: Event) -> None:
        response = await self.app.dispatch(event)
        if isinstance(event, Waiting):
            who, where = event.who, event.where
            match response:
                case Say(message=message):
                    self._hear(Heard(where.address, message, thread=where.thread or "", only_to=who.user))
                case Open(form=form):
                    self.forms[who.user], self._form_places[who.user] = form, where
                case Quiet():
                    pass
        await self.app.settle()

    def _listen(self, line: Line) -> None:
        place = line.place
        known = next((heard for heard in self.heard if heard.reference == line.reference), None)
        if known:
            known.message = line.message
            self.fresh.append(known)
        else:
            self._hear(
                Heard(
                    place.address, line.message, line.reference, place.thread or "", str(place.only_to or "")
                )
            )

    def _hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.fresh.append(heard)

    def _by(self, who: str) -> Act:
        return {"id": self._id(), "at": self.clock.now(), "who": _account(who)}

    def _id(self) -> str:
        return f"gesture-{next(self._ids)}"


def buttons_of(message: Message) -> list[Button]:
    return [button for block in message.blocks if isinstance(block, Choices) for button in block.buttons]


def _account(slug: str) -> Account:
    return Account(platform=PLATFORM, user=slug, name=example.names().get(slug, slug.capitalize()))


def _room(address: str) -> Place:
    return Place(platform=PLATFORM, address=address)

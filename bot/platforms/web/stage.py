"""Who and what the provrum plays with, and the bot it plays for. The composition root fills it in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.events import Event
from bot.domain.school import Language, Place
from bot.domain.value import PersonId, Value
from bot.messages.model import Message, Response

PLATFORM = "web"


class Persona(Value):
    """Somebody a window can be; `slug` is both the URL's `/som/lena` and the account's name."""

    slug: str
    name: str
    title: str
    person: PersonId


class Channel(Value):
    """A shared place. `address` starts with `#`; `members` are slugs."""

    address: str
    name: str
    members: tuple[str, ...]


class Stage(Value):
    """Everything that is there before anybody has said a word."""

    personas: tuple[Persona, ...]
    channels: tuple[Channel, ...]
    commands: tuple[tuple[str, str], ...] = ()
    guide: tuple[str, ...] = ()
    bot: str = "Nuläge"
    timezone: str = "Europe/Stockholm"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def names(self) -> dict[str, str]:
        """The people a form may choose among: what they are called, by slug."""
        return {persona.slug: persona.name for persona in self.personas}

    def persona(self, slug: str) -> Persona | None:
        return next((persona for persona in self.personas if persona.slug == slug), None)

    def of_person(self, person: PersonId) -> Persona | None:
        return next((persona for persona in self.personas if persona.person == person), None)

    def channel(self, address: str) -> Channel | None:
        return next((channel for channel in self.channels if channel.address == address), None)

    def rooms(self, persona: Persona) -> tuple[str, ...]:
        """Return the addresses a persona may read: own channels, then the direct chat with the bot."""
        mine = tuple(channel.address for channel in self.channels if persona.slug in channel.members)
        return (*mine, direct(persona))

    def knows(self, place: Place) -> bool:
        """Say whether the bot can speak there."""
        private = place.only_to is None or self.of_person(place.only_to) is not None
        shared = self.channel(place.address) is not None
        return private and (
            shared or (place.address[:1] == "@" and self.persona(place.address[1:]) is not None)
        )


def direct(persona: Persona) -> str:
    return f"@{persona.slug}"


def is_direct(address: str) -> bool:
    return address.startswith("@")


class Engine(Protocol):
    """The bot, as the provrum sees it.

    `start_over` empties the bot's store *and* calls `ChatLog.clear()`, in the order that suits it
    (stop the courier, clear both, say hello again).
    """

    async def dispatch(self, event: Event) -> Response: ...

    def now(self) -> datetime: ...

    def speaks(self, slug: str, /) -> Language:
        """The language that somebody reads."""
        ...

    async def wind_to(self, moment: datetime) -> None: ...

    async def next_stops(self) -> tuple[tuple[str, datetime], ...]: ...

    def elsewhere(self, message: Message) -> Mapping[str, str]:
        """How other platforms show the same message: the payload as text, by what to call it."""
        ...

    async def start_over(self) -> None: ...

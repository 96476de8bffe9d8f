"""What the bot works with: a side for each chat or service, on alone or together with others.

A side's libraries are imported only when its section of the settings is filled in.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from starlette.routing import BaseRoute

from bot.domain.school import Place
from bot.log import log
from bot.messages.delivery import DeliveryFailed, Platform, Unknowable, Why
from bot.messages.model import Message
from bot.platforms.door import Dispatch
from bot.platforms.spoken import Speaks, everybody_swedish
from bot.platforms.unsaved import Unsaved
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts, Sample
from bot.runtime.watchdog import Part
from bot.serve.in_store import Run
from bot.settings import Settings

NOT_KNOWN_SECONDS = 5.0
"""How long a message waits to be tried again, while its side does not know yet who we are there."""


ANSWERS_SECONDS = 5.0
"""What is still being said to those who acted gets so long when the bot closes; it may be lost."""


class Working(NamedTuple):
    """What the sides of one bot share: the store, the core, the time, and what is counted and spoken."""

    run: Run
    dispatch: Dispatch
    clock: Clock
    counts: Counts
    speaks: Speaks = everybody_swedish


class Edge(Protocol):
    @property
    def unsaved(self) -> Unsaved: ...

    async def finish(self) -> None:
        """Wait for the answers that are still being given."""
        ...


class Side(Protocol):
    """`platform` is None where nothing is said. `known`: it is found out who we are there."""

    @property
    def platform(self) -> Platform | None: ...

    @property
    def known(self) -> bool: ...

    async def connect(self) -> None:
        """Find out who we are there, however long it takes. Raises SettingsRefused when it cannot be."""
        ...

    async def run(self) -> None:
        """What goes on while the bot works, until `shut`."""
        ...

    async def shut(self) -> None:
        """Take nothing more, and finish what was taken."""
        ...

    async def close(self) -> None:
        """Let go of it, when nothing more is to be sent."""
        ...

    def routes(self) -> list[BaseRoute]: ...
    def hindrances(self) -> Iterable[str]: ...
    def parts(self) -> tuple[Part, ...]: ...
    def samples(self) -> tuple[Sample, ...]: ...


def sides_of(settings: Settings, working: Working) -> tuple[Side, ...]:
    """The sides that are on."""
    sides: list[Side] = []
    if settings.slack.on:
        from bot.serve.slack import SlackSide

        sides.append(SlackSide(settings, working))
    if settings.teams.on:
        from bot.serve.graph.side import GraphSide
        from bot.serve.teams import TeamsSide

        teams = TeamsSide(settings, working)
        sides += [teams, GraphSide(settings, working, references=teams.references, roll=teams.connector)]
    return tuple(sides)


async def answered(edge: Edge, counts: Counts, platform: str) -> None:
    """Let those who acted be answered, for a moment; whatever could not be saved is counted."""
    try:
        async with asyncio.timeout(ANSWERS_SECONDS):
            await edge.finish()
    except TimeoutError:
        log.warning("answers_cut", action=f"{platform}.answers_cut")
    counts.forgotten += edge.unsaved.forgotten


class Gate:
    """A side's platform, shut until it is known who we are there: what is to be said waits."""

    def __init__(
        self, side: Side, platform: Platform, pause: Callable[[], float] = lambda: NOT_KNOWN_SECONDS
    ) -> None:
        """`pause`: seconds that a message waits now, until it is tried again."""
        self.name = platform.name
        self._side = side
        self._platform = platform
        self._pause = pause

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        self._be_known()
        return await self._platform.send(message, place, key=key, replacing=replacing)

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        self._be_known()
        return await self._platform.find(place, key=key, since=since)

    def _be_known(self) -> None:
        if not self._side.known:
            raise DeliveryFailed("later", Why.AWAY, self._pause())

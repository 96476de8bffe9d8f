"""Teams' side of a bot that ends: before it is known who we are, and while its store is away."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.events import Event
from bot.messages.model import Response
from bot.runtime.clock import frozen
from bot.runtime.metrics import Counts
from bot.serve.sides import Working
from bot.serve.teams import TeamsSide
from bot.settings import Settings
from storage.post.inbox import StoreAway
from storage.store import open_store
from tests.runtime.stage import TimelessLoop
from tests.storage.made import NOW
from tests.teams.fake import SECRET
from tests.teams.state import APP, TENANT
from tests.waiting import DEADLINE, until


@dataclass
class Ending:
    """A side, and something that somebody sent in vain. `slow`: seconds until the store says so."""

    side: TeamsSide
    counts: Counts
    away: bool = False
    slow: float = 0.0
    tried: int = 0
    told: list[str] = field(default_factory=list)

    async def take(self) -> bool:
        self.tried += 1
        await asyncio.sleep(self.slow)
        return not self.away

    def keep(self) -> None:
        self.side.edge.unsaved.keep("words", self.take, self.lose)

    def lose(self) -> None:
        """Telling them takes a while, as it does over a network."""

        async def telling() -> None:
            for _ in range(20):
                await asyncio.sleep(0)
            self.told.append("lost")

        self.side.edge._after.start(telling())

    async def end(self, connecting: "asyncio.Task[None]") -> None:
        """End as the whole bot does while a side is not known."""
        connecting.cancel()
        await self.side.shut()
        with suppress(asyncio.CancelledError):
            await connecting
        await self.side.close()


def away(port: int) -> dict[str, object]:
    """A log-in where nobody answers."""
    nobody = f"http://127.0.0.1:{port}"
    return {
        "client_id": APP,
        "client_secret": SECRET,
        "tenant_id": TENANT,
        "login_url": nobody,
        "openid_url": f"{nobody}/keys",
    }


OPEN = {"tenant_id": TENANT, "dangerously_allow_unauthenticated": True}
"""No log-in is asked, and nobody who knocks."""


@asynccontextmanager
async def ending(section: dict[str, object] | None) -> AsyncIterator[Ending]:
    store, counts = open_store("sqlite://"), Counts()
    held = socket.socket()
    held.bind(("127.0.0.1", 0))  # not listened on, and nobody else can take it: whoever calls is refused

    async def run(work: Any) -> Any:
        with store.begin() as unit:
            return work(unit)

    async def dispatch(event: Event) -> Response:
        raise StoreAway(event.id)

    settings = Settings.model_validate({"teams": section or away(held.getsockname()[1])})
    yield Ending(TeamsSide(settings, Working(run, dispatch, frozen(NOW), counts)), counts)
    store.close()
    held.close()


def play(
    story: Callable[[Ending], Awaitable[None]],
    section: dict[str, object] | None = None,
    loop: type[asyncio.SelectorEventLoop] = asyncio.SelectorEventLoop,
) -> None:
    async def whole() -> None:
        async with ending(section) as here, asyncio.timeout(DEADLINE):
            await story(here)

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(whole())


def test_what_could_not_be_saved_is_tried_again_from_when_the_door_is_open() -> None:
    """Who knocks is let in before Microsoft has said who we are; that may take hours."""

    async def story(here: Ending) -> None:
        connecting = asyncio.create_task(here.side.connect())
        await until(lambda: not here.side.edge.unsaved._at_rest.is_set())
        assert not here.side.known
        here.keep()
        await here.end(connecting)
        assert (here.tried, here.told, here.counts.forgotten) == (1, [], 0)

    play(story)


def test_who_wrote_in_vain_is_told_before_it_has_ended() -> None:
    async def story(here: Ending) -> None:
        here.away = True
        connecting = asyncio.create_task(here.side.connect())
        await until(lambda: here.side.door.porter._opened)
        here.keep()
        await here.end(connecting)
        assert (here.tried, here.told, here.counts.forgotten) == (1, ["lost"], 1)

    play(story)


def test_it_ends_though_it_never_began() -> None:
    async def story(here: Ending) -> None:
        here.keep()
        await here.side.shut()
        await here.side.close()
        assert (here.tried, here.told) == (1, [])

    play(story)


@pytest.mark.parametrize("runs", [True, False])
def test_who_wrote_in_vain_is_told_however_long_the_store_takes_to_say_no(*, runs: bool) -> None:
    """`runs`: whether it was known who we are when the bot was told to end."""

    async def story(here: Ending) -> None:
        here.away, here.slow = True, 20.0
        await here.side.connect()
        running = asyncio.create_task(here.side.run() if runs else asyncio.sleep(0))
        here.keep()
        await asyncio.sleep(1)
        await here.side.shut()
        await running
        await here.side.close()
        assert (here.told, here.counts.forgotten) == (["lost"], 1)

    play(story, OPEN, TimelessLoop)

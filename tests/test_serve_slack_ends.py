"""Slack's side of a bot that ends while its store is away: whoever wrote in vain hears of it first."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web as http
from aiohttp.test_utils import TestServer

from bot.domain.events import Event
from bot.messages.model import Response
from bot.platforms.slack.listen.answers import NOT_SAVED
from bot.platforms.slack.parse.values import Gone
from bot.runtime.clock import frozen
from bot.runtime.metrics import Counts
from bot.serve import last_words, say
from bot.serve.sides import Working
from bot.serve.slack import SlackSide
from bot.settings import Settings
from storage.post.inbox import StoreAway
from storage.store import open_store
from tests.platforms.slack.edge_stage import SmallSlack
from tests.platforms.slack.recorded import NOW, recorded
from tests.waiting import DEADLINE, until


@dataclass
class Ending:
    """`tried`: how often the store was asked; each time it takes until `go_on` to say no."""

    slack: SmallSlack
    side: SlackSide
    counts: Counts
    tried: list[Event]
    go_on: asyncio.Event

    async def last_copy(self) -> int:
        """Somebody's words come for the last time."""
        return (await self.side.edge.answer(recorded("mention_thread"), 3)).status

    async def running(self) -> "asyncio.Task[None]":
        running = asyncio.create_task(self.side.run())
        await until(lambda: not self.side.edge.unsaved._at_rest.is_set())
        return running

    async def end(self, running: "asyncio.Task[None]", meanwhile: Callable[[], object]) -> None:
        """End as the whole bot does."""
        async with asyncio.timeout(DEADLINE):
            shutting = asyncio.create_task(self.side.shut())
            await asyncio.sleep(0)
            meanwhile()
            await shutting
            await running
            await self.side.close()

    def told(self) -> list[str]:
        return [str(said["text"]).split("\n")[0] for said in self.slack.made("chat.postMessage")]


@dataclass
class Line:
    """In the place of Slack's sockets: what it has in hand as it is stopped is taken all the same."""

    hand: Callable[[], Awaitable[int]]
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    said: list[int] = field(default_factory=list)

    async def run(self) -> None:
        await self.stopped.wait()
        for _ in range(100):  # whatever else is stopped at once has ended by then
            await asyncio.sleep(0)
        self.said.append(await self.hand())

    def stop(self) -> None:
        self.stopped.set()


@asynccontextmanager
async def ending() -> AsyncIterator[Ending]:
    """It takes three calls to tell who wrote: the channel and then a chat, which is to be opened first."""
    store, counts = open_store("sqlite://"), Counts()
    slack = SmallSlack(refuses={"chat.postEphemeral": "user_not_in_channel"})
    tried, go_on = list[Event](), asyncio.Event()
    go_on.set()

    async def run(work: Any) -> Any:
        with store.begin() as unit:
            return work(unit)

    async def dispatch(event: Event) -> Response:
        tried.append(event)
        await go_on.wait()
        raise StoreAway("full")

    app = http.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    async with TestServer(app) as server:
        section = {"bot_token": "xoxb-1", "signing_secret": "hush", "api_url": str(server.make_url("/api/"))}
        settings = Settings.model_validate({"slack": section})
        side = SlackSide(settings, Working(run, dispatch, frozen(NOW), counts))
        await side.connect()
        yield Ending(slack, side, counts, tried, go_on)
    store.close()


def play(story: Callable[[Ending], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with ending() as here:
            await story(here)

    asyncio.run(whole())


def test_who_wrote_is_told_though_the_store_takes_its_time_to_say_no() -> None:
    async def story(here: Ending) -> None:
        assert await here.last_copy() == 503
        here.go_on.clear()
        running = await here.running()

        def said_no() -> None:
            asyncio.get_running_loop().call_later(0.01, here.go_on.set)

        await here.end(running, said_no)
        assert (here.told(), len(here.tried), here.counts.forgotten) == ([NOT_SAVED.title], 2, 1)

    play(story)


def test_what_a_socket_has_in_hand_as_it_ends_is_kept_and_told_of() -> None:
    async def story(here: Ending) -> None:
        line: Any = Line(here.last_copy)
        here.side._sockets = line
        running = await here.running()
        await here.end(running, lambda: None)
        assert line.said == [503]
        assert here.told() == [NOT_SAVED.title]

    play(story)


def test_who_is_removed_from_their_only_workspace_is_not_ready() -> None:
    async def story(here: Ending) -> None:
        (only,) = await here.side.workspaces.store.all()
        assert [*here.side.hindrances()] == []
        await here.side.losses.gone(Gone(only.enterprise, only.team, "uninstalled", NOW))
        assert [*here.side.hindrances()] == ["slack_removed"]
        await here.side.close()

    play(story)


@pytest.mark.parametrize(
    ("code", "forgot", "saved"), [(0, False, True), (0, True, False), (8, False, False)], ids=str
)
def test_all_is_said_to_be_saved_only_when_it_is(code: int, *, forgot: bool, saved: bool) -> None:
    assert ("Allt är sparat." in last_words(code, forgot=forgot)) is saved


def test_who_started_it_may_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their terminal, or whatever read what it says: a bot that works does not end for that."""
    reading, writing = os.pipe()
    os.close(reading)
    gone = os.fdopen(writing, "w", buffering=1)
    monkeypatch.setattr(sys, "stdout", gone)
    say("Nuläge är igång.")
    with suppress(BrokenPipeError):
        gone.close()

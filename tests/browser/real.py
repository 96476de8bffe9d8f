"""Björkskolan with the real bot behind its windows, on a port of its own."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

from uvicorn import Config

from bot.platforms.web.chat import ChatLog
from bot.rehearsal.provrum import OFFSET, ZONE, Provrum, web_app
from bot.rehearsal.serving import Server
from bot.rehearsal.teller import Teller
from bot.runtime.clock import frozen
from storage.store import open_store
from tests.play import prompts
from tests.web_world import WebWorld

START = datetime(2026, 11, 20, 12, tzinfo=ZONE)


class School:
    """A provrum that is served in a thread until it is stopped; its clock stands still until wound."""

    def __init__(self, token: str) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._token = token
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self.run)
        self._thread.start()
        assert self._ready.wait(20)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    def run(self) -> None:
        asyncio.run(self._serve())

    def playing(self) -> AbstractAsyncContextManager[tuple[Provrum, ChatLog]]:
        raise NotImplementedError

    async def _serve(self) -> None:
        async with self.playing() as (provrum, chat):
            app = web_app(provrum, chat, token=self._token, port=self.port)
            config = Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
            self._server = Server(config)
            self._ready.set()
            await self._server.serve(sockets=[self._listening])


class KeptSchool(School):
    """The whole provrum, heartbeat and all, with its files in a folder."""

    def __init__(self, folder: Path, token: str) -> None:
        self._folder = folder
        super().__init__(token)

    @asynccontextmanager
    async def playing(self) -> AsyncIterator[tuple[Provrum, ChatLog]]:
        chat = ChatLog(self._folder / "chat.sqlite3")
        chat.set_meta(OFFSET, "0")
        provrum = Provrum(open_store(f"sqlite:///{self._folder}/bot.sqlite3"), prompts(), chat, frozen(START))
        async with provrum.open():
            yield provrum, chat
        chat.close()


class ToldSchool(School):
    """A school where a story has been told already, quickly and without windows."""

    def __init__(self, story: Iterable[str], token: str) -> None:
        self._story = tuple(story)
        super().__init__(token)

    def run(self) -> None:
        with WebWorld(START) as self._world:
            teller = Teller(self._world)
            for number, line in enumerate(self._story, start=1):
                teller.tell(number, line)
            super().run()

    @asynccontextmanager
    async def playing(self) -> AsyncIterator[tuple[Provrum, ChatLog]]:
        courier = asyncio.create_task(self._world.provrum.app.courier.run())
        yield self._world.provrum, self._world.chat
        courier.cancel()
        await asyncio.gather(courier, return_exceptions=True)

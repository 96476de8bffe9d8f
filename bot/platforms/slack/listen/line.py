"""One Socket Mode connection: it reads, pings, and notes when it last heard anything."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType

Envelope = dict[str, Any]
Take = Callable[["Line", Envelope], None]

CLOSING_SECONDS = 2.0
"""How long the other side gets to say goodbye."""


class LineRefused(Exception):
    """The connection ended before Slack had said hello; the text is Slack's reason or ours."""


class Line:
    """A connection that Slack has opened to us through a hole of our own making.

    `heard` is when any frame came, pongs too; `spoke` is when Slack last said something in words.
    `over` says why the line is of no more use: Slack asked us to leave, or it is closed.
    """

    def __init__(
        self,
        socket: ClientWebSocketResponse,
        take: Take,
        wake: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._socket = socket
        self._take = take
        self._wake = wake
        self._clock = clock
        self._hello = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.opened = self.heard = self.spoke = clock()
        self.passed_by = 0
        self.over = ""

    async def greet(self, ping_every: float) -> None:
        """Begin, and wait until Slack has said hello. Raises LineRefused."""
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._ping(ping_every))]
        await self._hello.wait()
        if self.over:
            raise LineRefused(self.over)

    async def say(self, words: str) -> bool:
        """Send something; False when nobody can have heard it."""
        if self._socket.closed:
            return False
        try:
            await self._socket.send_str(words)
        except (ClientError, ConnectionError):
            return False
        return True

    def hush(self) -> None:
        """Read no more: what Slack says from now on it will say to somebody else, since nobody answers."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        self.hush()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(TimeoutError, ClientError, ConnectionError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._socket.close()

    async def _read(self) -> None:
        try:
            while await self._next():
                pass
        finally:
            self._end("closed")

    async def _next(self) -> bool:
        frame = await self._socket.receive()
        match frame.type:
            case WSMsgType.TEXT:
                self.heard = self.spoke = self._clock()
                self.passed_by = 0
                self._understand(frame.data)
            case WSMsgType.PING:
                self.heard = self._clock()
                await self._socket.pong(frame.data)
            case WSMsgType.PONG | WSMsgType.BINARY:
                self.heard = self._clock()
            case _:
                return False
        return True

    def _understand(self, words: str) -> None:
        try:
            said = json.loads(words)
        except ValueError:
            return
        if not isinstance(said, dict):
            return
        match said.get("type"):
            case "hello":
                self._hello.set()
            case "disconnect":
                self._end(str(said.get("reason", "disconnect")))
            case _:
                self._take(self, said)

    def _end(self, why: str) -> None:
        self.over = self.over or why
        self._hello.set()
        self._wake()

    async def _ping(self, every: float) -> None:
        """Ask for a sign of life; that it does not come shows in `heard`."""
        with suppress(ClientError, ConnectionError):
            while True:
                await asyncio.sleep(every)
                await self._socket.ping()

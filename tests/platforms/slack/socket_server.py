"""Slack's end of Socket Mode on loopback: it says hello, hands out envelopes, and misbehaves when told to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web
from aiohttp.web_ws import WebSocketResponse

from tests.fake_server import serve


class Far:
    """One connection as Slack sees it."""

    def __init__(self, socket: WebSocketResponse) -> None:
        self.socket = socket
        self.pongs = True
        self.frozen = False

    @property
    def usable(self) -> bool:
        return not self.socket.closed

    async def say(self, **words: Any) -> None:
        await self.socket.send_str(json.dumps(words))

    def cut(self) -> None:
        """Close the connection without a word."""
        transport = self.socket._req.transport if self.socket._req else None
        if transport:
            transport.abort()


class SocketServer:
    """Everything it was told is kept."""

    def __init__(self) -> None:
        self.lines: list[Far] = []
        self.acks: list[dict[str, Any]] = []
        self.refusals: list[str] = []
        self.most_at_once = 0
        self.no_hello = False
        self.thaw = asyncio.Event()
        self._sent = 0
        self._address = ""

    @property
    def open(self) -> list[Far]:
        return [line for line in self.lines if line.usable]

    async def address(self) -> str:
        """What apps.connections.open answers."""
        return f"{self._address}/link?ticket=SECRET"

    async def envelope(self, line: Far, event_id: str, kind: str = "events_api", **payload: Any) -> str:
        self._sent += 1
        envelope_id = f"E{self._sent}"
        event = {"type": "app_mention", "user": "U1", "channel": "C1", "text": "hej", "ts": "1.0"}
        about = {"type": "event_callback", "team_id": "T1", "event_id": event_id, "event": event}
        await line.say(type=kind, envelope_id=envelope_id, payload=payload or about)
        return envelope_id

    def acked(self) -> list[str]:
        return [ack["envelope_id"] for ack in self.acks]

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if self.refusals:
            return web.Response(status=403, text=self.refusals.pop())
        socket = WebSocketResponse(autoping=False)
        await socket.prepare(request)
        far = Far(socket)
        self.lines.append(far)
        self.most_at_once = max(self.most_at_once, len(self.open))
        if not self.no_hello:
            await far.say(type="hello", num_connections=len(self.open))
        await self._serve(far)
        return socket

    async def _serve(self, far: Far) -> None:
        while far.usable:
            frame = await far.socket.receive()
            if far.frozen:
                await self.thaw.wait()
            if frame.type == WSMsgType.TEXT:
                self.acks.append(json.loads(frame.data))
            elif frame.type == WSMsgType.PING and far.pongs:
                await far.socket.pong(frame.data)
            elif frame.type in {WSMsgType.CLOSED, WSMsgType.ERROR}:
                return


@asynccontextmanager
async def serving() -> AsyncIterator[SocketServer]:
    server = SocketServer()
    app = web.Application()
    app.router.add_get("/link", server._link)
    runner, address = await serve(app)
    server._address = address.replace("http", "ws", 1)
    try:
        yield server
    finally:
        server.thaw.set()
        await runner.cleanup()

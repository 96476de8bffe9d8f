"""Socket Mode's side of the fake: connections, envelopes and their acks."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any

import httpx
from aiohttp import web

from tests.slack.sender import Sender
from tests.slack.state import APP, Json

GIVEN_UP_SECONDS = 20.0
"""Longer than Slack waits, so that a busy machine fails no test."""


class Sockets:
    """Slack's end of the lines that the bot opens. How lines go wrong is in tests/platforms/slack."""

    def __init__(self) -> None:
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self.live: list[web.WebSocketResponse] = []
        self.opened = 0

    async def connect(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.opened += 1
        self.live.append(socket)
        info = {"app_id": APP}
        await socket.send_json({"type": "hello", "num_connections": len(self.live), "connection_info": info})
        try:
            async for frame in socket:
                self._heard(frame.json())
        finally:
            self.live.remove(socket)
        return socket

    def _heard(self, ack: Json) -> None:
        waiting = self._acks.get(str(ack.get("envelope_id")))
        if waiting and not waiting.done():
            waiting.set_result(ack.get("payload") or {})

    async def deliver(
        self, kind: str, payload: Json, *, retry: int = 0, reason: str = "", within: float = GIVEN_UP_SECONDS
    ) -> Json:
        """Send one envelope over any socket, and return what its ack carried."""
        envelope: dict[str, Any] = {
            "envelope_id": secrets.token_hex(8),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason if retry else ""}
        waiting = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = waiting
        await secrets.choice(self.live).send_json(envelope)
        return await asyncio.wait_for(waiting, within)

    async def refresh(self) -> None:
        """Ask each connection to come again, as Slack does now and then."""
        for socket in [*self.live]:
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def close(self) -> None:
        for socket in [*self.live]:
            await socket.close()


class SocketSender(Sender):
    """Sends everything as envelopes; an ack is told as the answer it stands for."""

    def __init__(self, sockets: Sockets, door: httpx.AsyncClient) -> None:
        super().__init__(door)
        self._sockets = sockets

    async def event(self, payload: Json, *, retry: int = 0, reason: str = "timeout") -> httpx.Response:
        return _answer(await self._sockets.deliver("events_api", payload, retry=retry, reason=reason))

    async def command(self, fields: Mapping[str, str]) -> httpx.Response:
        return _answer(await self._sockets.deliver("slash_commands", dict(fields)))

    async def interactive(self, payload: Json) -> httpx.Response:
        return _answer(await self._sockets.deliver("interactive", payload))


def _answer(ack: Json) -> httpx.Response:
    return httpx.Response(200, content=json.dumps(ack).encode() if ack else b"")

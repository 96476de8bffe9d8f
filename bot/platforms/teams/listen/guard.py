"""The door before everything: a POST of a JSON object, of a size that Teams sends, comes further."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, NamedTuple

import structlog

LARGEST = 1024 * 1024
"""Bytes of a request; Teams' own are far below (a message is at most about 100 kB)."""

SLOWEST = 10.0
"""Seconds for a whole body to arrive; the Bot Framework itself gives up after fifteen."""

LONGEST_NUMBER = 12

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
log = structlog.get_logger()


class Counts(Counter[str]):
    """How often what came in was refused or ignored, by reason: words of our own, nothing of anybody's."""


class Answer(NamedTuple):
    """What goes back on the wire: a status, and a JSON body unless it is None."""

    status: int
    body: object | None = None


Take = Callable[[dict[str, Any], str], Awaitable[Answer]]
"""Takes an activity that nobody has vouched for yet, with the `Authorization` that came with it."""


class Refused(Exception):
    """The request comes no further; `reason` is counted, and the sender is told the status only."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """An ASGI application around `take`: POST, size, time, JSON, then what it says. Never a stack trace."""

    def __init__(self, take: Take, counts: Counts, *, patience: float = SLOWEST) -> None:
        self._take = take
        self._counts = counts
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            answer = await self._answer(scope, receive)
        except Refused as refused:
            self._counts[refused.reason] += 1
            answer = Answer(refused.status)
        except Exception:
            self._counts["failed"] += 1
            log.exception("door_failed", action="teams.failed")
            answer = Answer(503)
        await _reply(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if scope["method"] != "POST":
            raise Refused(405, "not_post")
        headers: dict[bytes, bytes] = dict(scope["headers"])
        activity = _object(await self._body(headers, receive))
        return await self._take(activity, headers.get(b"authorization", b"").decode("latin-1"))

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
        """Read the body, and stop as soon as it is too large or too slow."""
        claimed = headers.get(b"content-length", b"")
        if claimed.isdigit() and (len(claimed) > LONGEST_NUMBER or int(claimed) > LARGEST):
            raise Refused(413, "too_large")
        try:
            async with asyncio.timeout(self._patience):
                return await _whole(receive)
        except TimeoutError as slow:
            raise Refused(408, "slow") from slow


async def _whole(receive: Receive) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "gone")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST:
            raise Refused(413, "too_large")
        more = message.get("more_body", False)
    return b"".join(parts)


def _object(body: bytes) -> dict[str, Any]:
    try:
        activity = json.loads(body.decode())
    except UnicodeDecodeError as garbled:
        raise Refused(400, "not_utf8") from garbled
    except (ValueError, RecursionError) as malformed:
        raise Refused(400, "malformed") from malformed
    if not isinstance(activity, dict) or not activity:
        raise Refused(400, "malformed")
    return activity


async def _reply(send: Send, answer: Answer) -> None:
    body, kind = b"", b"text/plain; charset=utf-8"
    if answer.body is not None:
        body = json.dumps(answer.body, ensure_ascii=False).encode(errors="replace")
        kind = b"application/json; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

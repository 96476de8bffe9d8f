"""How the door of every chat begins: a POST, of a size and in a time that they send, which can be read."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.types import Receive, Scope, Send

from bot.domain.events import Event
from bot.messages.model import Response

LARGEST = 1024 * 1024
"""Bytes of a request; a chat's own are far below (a view of Slack's at most 250 kB)."""

SLOWEST = 10.0
"""Seconds for a whole body to arrive; Slack itself gives up after three, the Bot Framework after fifteen."""

LONGEST_NUMBER = 12

Headers = Mapping[bytes, bytes]

Dispatch = Callable[[Event], Awaitable[Response]]
"""Where what came in has its effect, once; what it raises says that nothing was saved."""


class Counts(Counter[str]):
    """How often what came in was refused or ignored, by reason: words of our own, nothing of anybody's."""


class Refused(Exception):
    """The request comes no further; `reason` is counted, and the sender is told the status only."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def posted(scope: Scope) -> Headers:
    """The headers of a POST: nothing else is ever sent by a chat."""
    if scope["method"] != "POST":
        raise Refused(405, "not_post")
    return dict(scope["headers"])


async def body_of(headers: Headers, receive: Receive, patience: float = SLOWEST) -> bytes:
    """Read the body, and stop as soon as it is too large or too slow."""
    claimed = headers.get(b"content-length", b"")
    if claimed.isdigit() and (len(claimed) > LONGEST_NUMBER or int(claimed) > LARGEST):
        raise Refused(413, "too_large")
    try:
        async with asyncio.timeout(patience):
            return await _whole(receive)
    except TimeoutError as slow:
        raise Refused(408, "slow") from slow


def as_json(body: bytes) -> object:
    """What a body says that is JSON, in UTF-8 as everybody sends it."""
    return json.loads(body.decode())


def object_of(body: bytes, read: Callable[[bytes], object]) -> dict[str, Any]:
    """What a body says to whoever can `read` it: something with names, and not nothing."""
    try:
        said = read(body)
    except UnicodeDecodeError as garbled:
        raise Refused(400, "not_utf8") from garbled
    except (ValueError, RecursionError) as malformed:
        raise Refused(400, "malformed") from malformed
    if not isinstance(said, dict) or not said:
        raise Refused(400, "malformed")
    return said


async def reply(send: Send, status: int, body: bytes = b"", kind: str = "text/plain; charset=utf-8") -> None:
    """Answer, once and whole."""
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


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

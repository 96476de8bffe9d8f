"""The door before everything: only what Slack itself has signed, of a size it sends, comes further."""

import asyncio
import hmac
import json
import re
import time
from binascii import a2b_qp
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pydantic import SecretStr

LARGEST = 1024 * 1024
"""Bytes of a request; Slack's own are far below (a view is at most 250 kB)."""

OLDEST = 300
"""Seconds from signing until a request is taken for a replay (Slack, Verifying requests)."""

SLOWEST = 10.0
"""Seconds for a whole body to arrive; Slack itself gives up after three."""

ALONE = re.compile(rb"payload=([^=&\s]+)")
FIELDS = 100
LONGEST_NUMBER = 12

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Counts(Counter[str]):
    """How often what came in was refused or ignored, by reason: words of our own, nothing of anybody's."""


class Reply(NamedTuple):
    """What goes back on the wire."""

    status: int
    body: str = ""
    kind: str = "text/plain; charset=utf-8"


Answer = Callable[[dict[str, Any], int], Awaitable[Reply]]
"""Takes a payload, and how often Slack has sent it before."""


class Refused(Exception):
    """The request comes no further; `reason` is counted, and the sender is told the status only."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """An ASGI application around `answer`: POST, size, time, signature, then what it says."""

    def __init__(
        self,
        answer: Answer,
        secret: SecretStr,
        counts: Counts,
        *,
        clock: Callable[[], float] = time.time,
        patience: float = SLOWEST,
    ) -> None:
        self._answer = answer
        self._secret = secret.get_secret_value().encode()
        self._counts = counts
        self._clock = clock
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            payload = await self._admit(scope, receive)
            tries = _tries(dict(scope["headers"]))
        except Refused as refused:
            self._counts[refused.reason] += 1
            await _reply(send, Reply(refused.status))
        else:
            await _reply(send, await self._answer(payload, tries))

    async def _admit(self, scope: Scope, receive: Receive) -> dict[str, Any]:
        if scope["method"] != "POST":
            raise Refused(405, "not_post")
        headers: dict[bytes, bytes] = dict(scope["headers"])
        stamp = self._stamp(headers)
        body = await self._body(headers, receive)
        expected = b"v0=" + hmac.digest(self._secret, b"v0:%b:%b" % (stamp, body), "sha256").hex().encode()
        if not hmac.compare_digest(expected, headers.get(b"x-slack-signature", b"")):
            raise Refused(401, "signature")
        return _payload(headers, body)

    async def _body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        """Read the body, and stop as soon as it is too large or too slow."""
        claimed = headers.get(b"content-length", b"")
        if claimed.isdigit() and (len(claimed) > LONGEST_NUMBER or int(claimed) > LARGEST):
            raise Refused(413, "too_large")
        try:
            async with asyncio.timeout(self._patience):
                return await _whole(receive)
        except TimeoutError as slow:
            raise Refused(408, "slow") from slow

    def _stamp(self, headers: dict[bytes, bytes]) -> bytes:
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        if not stamp.isdigit() or len(stamp) > LONGEST_NUMBER:
            raise Refused(401, "timestamp")
        if abs(self._clock() - int(stamp)) > OLDEST:
            raise Refused(401, "old")
        return stamp


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


def _tries(headers: dict[bytes, bytes]) -> int:
    """The number of this copy; what Slack sends for the first time has none."""
    said = headers.get(b"x-slack-retry-num", b"")
    return int(said) if said.isdigit() and len(said) <= LONGEST_NUMBER else 0


def _payload(headers: dict[bytes, bytes], body: bytes) -> dict[str, Any]:
    """JSON, or a form that is a command, or a form with JSON in its `payload`."""
    try:
        as_json = headers.get(b"content-type", b"").startswith(b"application/json")
        payload = json.loads(body.decode()) if as_json else _form(body)
    except UnicodeDecodeError as garbled:
        raise Refused(400, "not_utf8") from garbled
    except (ValueError, RecursionError) as malformed:
        raise Refused(400, "malformed") from malformed
    if not isinstance(payload, dict) or not payload:
        raise Refused(400, "malformed")
    return payload


def _form(body: bytes) -> Any:
    """Read a form. What people do comes as a `payload` alone, and for that Python's own reader is slow.

    Percent-encoding is quoted-printable (RFC 2045) with another sign, and C reads that.
    """
    if alone := ALONE.fullmatch(body):
        return json.loads(a2b_qp(alone[1].replace(b"+", b" ").replace(b"%", b"=")).decode())
    pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    form = dict(pairs)
    return json.loads(form["payload"]) if "payload" in form else form


async def _reply(send: Send, reply: Reply) -> None:
    body = reply.body.encode()
    headers = [(b"content-type", reply.kind.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""The door before everything: only what Slack itself has signed, of a size it sends, comes further."""

import hmac
import json
import re
import time
from binascii import a2b_qp
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pydantic import SecretStr
from starlette.types import Receive, Scope, Send

from bot.log import log
from bot.platforms.door import (
    LONGEST_NUMBER,
    Counts,
    Headers,
    Refused,
    as_json,
    body_of,
    object_of,
    posted,
    reply,
)

OLDEST = 300
"""Seconds from signing until a request is taken for a replay (Slack, Verifying requests)."""

ALONE = re.compile(rb"payload=([^=&\s]+)")
FIELDS = 100


class Reply(NamedTuple):
    """What goes back on the wire."""

    status: int
    body: str = ""
    kind: str = "text/plain; charset=utf-8"


Answer = Callable[[dict[str, Any], int], Awaitable[Reply]]
"""Takes a payload, and how often Slack has sent it before."""


class Guard:
    """An ASGI application around `answer`: POST, time, size, signature, then what it says."""

    def __init__(self, answer: Answer, secret: SecretStr, counts: Counts) -> None:
        self._answer = answer
        self._secret = secret.get_secret_value().encode()
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            headers = posted(scope)
            payload = await self._admit(headers, receive)
        except Refused as refused:
            self._counts[refused.reason] += 1
            if self._counts[refused.reason] == 1:  # a wrong secret shows, and a flood fills no log
                log.warning("refused", action="slack.odd_request", kind=refused.reason)
            await reply(send, refused.status)
        else:
            status, body, kind = await self._answer(payload, _tries(headers))
            await reply(send, status, body.encode(), kind)

    async def _admit(self, headers: Headers, receive: Receive) -> dict[str, Any]:
        stamp = _stamp(headers)
        body = await body_of(headers, receive)
        expected = b"v0=" + hmac.digest(self._secret, b"v0:%b:%b" % (stamp, body), "sha256").hex().encode()
        if not hmac.compare_digest(expected, headers.get(b"x-slack-signature", b"")):
            raise Refused(401, "signature")
        is_json = headers.get(b"content-type", b"").startswith(b"application/json")
        return object_of(body, as_json if is_json else _form)


def _stamp(headers: Headers) -> bytes:
    """When Slack says that it signed."""
    stamp = headers.get(b"x-slack-request-timestamp", b"")
    if not stamp.isdigit() or len(stamp) > LONGEST_NUMBER:
        raise Refused(401, "timestamp")
    if abs(time.time() - int(stamp)) > OLDEST:
        raise Refused(401, "old")
    return stamp


def _tries(headers: Headers) -> int:
    """The number of this copy; what Slack sends for the first time has none."""
    said = headers.get(b"x-slack-retry-num", b"")
    return int(said) if said.isdigit() and len(said) <= LONGEST_NUMBER else 0


def _form(body: bytes) -> object:
    """Read a form: a command as it is, else the JSON in its `payload`.

    What people do comes as a `payload` alone, and for that Python's own reader is slow. Percent-encoding
    is quoted-printable (RFC 2045) with another sign, and C reads that.
    """
    if alone := ALONE.fullmatch(body):
        return json.loads(a2b_qp(alone[1].replace(b"+", b" ").replace(b"%", b"=")).decode())
    pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    form = dict(pairs)
    return json.loads(form["payload"]) if "payload" in form else form

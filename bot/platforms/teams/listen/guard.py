"""The door before everything: a POST of a JSON object, of a size that Teams sends, comes further."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from starlette.types import Receive, Scope, Send

from bot.log import log
from bot.platforms.door import Counts, Refused, as_json, body_of, object_of, posted, reply


class Answer(NamedTuple):
    """What goes back on the wire: a status, and a JSON body unless it is None."""

    status: int
    body: object | None = None


Take = Callable[[dict[str, Any], str], Awaitable[Answer]]
"""Takes an activity that nobody has vouched for yet, with the `Authorization` that came with it."""


class Guard:
    """An ASGI application around `take`: POST, size, time, JSON, then what it says. Never a stack trace."""

    def __init__(self, take: Take, counts: Counts) -> None:
        self._take = take
        self._counts = counts

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
        headers = posted(scope)
        activity = object_of(await body_of(headers, receive), as_json)
        return await self._take(activity, headers.get(b"authorization", b"").decode("latin-1"))


async def _reply(send: Send, answer: Answer) -> None:
    if answer.body is None:
        await reply(send, answer.status)
    else:
        body = json.dumps(answer.body, ensure_ascii=False).encode(errors="replace")
        await reply(send, answer.status, body, "application/json; charset=utf-8")

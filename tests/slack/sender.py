"""How Slack delivers: signed for real, tried again at once, after a minute and after five."""

import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.slack.state import Json

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PATH = "/slack/events"
AGAIN_AFTER_SECONDS = (0, 60, 300)
FORM = "application/x-www-form-urlencoded"


async def _at_once(_seconds: float) -> None:
    """Time does not pass."""


def signed(body: bytes, *, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    """The headers that prove that a body comes from Slack (or, with another secret, that it does not)."""
    stamp = str(at or int(time.time()))
    proof = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={proof}"}


class Sender:
    """Sends to one edge; `wait` lets time pass between tries."""

    def __init__(
        self, client: httpx.AsyncClient, wait: Callable[[float], Awaitable[None]] = _at_once
    ) -> None:
        self._client = client
        self._wait = wait

    async def event(self, payload: Json, *, retry: int = 0, reason: str = "http_error") -> httpx.Response:
        """Deliver an event once; `retry` says that it is the n-th copy."""
        headers = {"Content-Type": "application/json"}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        return await self.post(json.dumps(payload, ensure_ascii=False).encode(), headers)

    async def command(self, fields: Mapping[str, str]) -> httpx.Response:
        return await self.post(urlencode(fields).encode(), {"Content-Type": FORM})

    async def interactive(self, payload: Json) -> httpx.Response:
        body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
        return await self.post(body, {"Content-Type": FORM})

    async def post(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        return await self._client.post(PATH, content=body, headers={**signed(body), **headers})

    async def until_taken(self, payload: Json) -> list[int]:
        """Deliver an event as Slack does, until it is taken or given up; the statuses that came back."""
        statuses: list[int] = []
        for retry, pause in enumerate((None, *AGAIN_AFTER_SECONDS)):
            if pause is not None:
                await self._wait(pause)
            try:
                answer = await self.event(payload, retry=retry)
            except httpx.TransportError:
                statuses.append(0)
                continue
            statuses.append(answer.status_code)
            if answer.is_success or answer.headers.get("X-Slack-No-Retry") == "1":
                break
        return statuses


def said(answer: httpx.Response) -> Any:
    """The JSON that an acknowledgement carried; None when it was empty."""
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return answer.json() if answer.content.strip() else None

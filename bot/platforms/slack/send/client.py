"""The one way to Slack's Web API: a shared session, our own time limits, and no retries below the outbox."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.links import is_here
from bot.platforms.slack.send.errors import understood
from bot.platforms.troubles import BUSY

API_URL = "https://slack.com/api/"
WHOLE_CALL = 10.0
CONNECTING = 3.0
"""Seconds. The client's own time limit is ignored when it is given a session (measured), so it is here."""


MOST_RESTS = 1000
"""Rests that are remembered; of more than that, those that are over are forgotten."""

Rests = dict[tuple[str | None, str, object], float]
"""Until when Slack wants a method left alone, by token and (for what is said in one) channel."""


class Resting(AsyncWebClient):
    """A client that leaves a method alone for as long as Slack asks it to, whoever asked too much of it.

    In a rest a call is refused here, as Slack would refuse it. Whoever makes it knows whether it waits: what
    is sent from the outbox has its turn (`pace`), and what is said to who just acted is said again
    (`listen.beside`).
    """

    rests: Rests
    clock: Callable[[], float]

    async def api_call(self, api_method: str, **more: Any) -> AsyncSlackResponse:
        """Make one call. Raises SlackApiError in a rest too."""
        said = more.get("json") or more.get("params") or more.get("data") or {}
        key = self.token, api_method, said.get("channel") if api_method == "chat.postMessage" else None
        left = self.rests.get(key, 0.0) - self.clock()
        if left > 0:
            raise SlackApiError("a rest", self._busy(api_method, left))  # type: ignore[no-untyped-call]
        try:
            return await super().api_call(api_method, **more)
        except SlackApiError as problem:
            refused = understood(problem, creates=False)
            if refused.trouble == BUSY:
                self._rest(key, refused.retry_after)
            raise

    def _rest(self, key: tuple[str | None, str, object], seconds: float) -> None:
        now = self.clock()
        if len(self.rests) >= MOST_RESTS:
            for one in [one for one, until in self.rests.items() if until <= now]:
                del self.rests[one]
        self.rests[key] = now + seconds

    def _busy(self, method: str, left: float) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=method,
            req_args={},
            data={"ok": False, "error": "ratelimited"},
            headers={"Retry-After": f"{left}"},
            status_code=429,
        )


class Web:
    """Holds the session while the bot runs; `client` dresses it with a workspace's token.

    A client of Slack's repeats a post by default when the connection breaks, and Slack then shows it
    twice (measured): ours never repeats anything.
    """

    def __init__(
        self,
        api_url: str = API_URL,
        *,
        whole: float = WHOLE_CALL,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self._rests: Rests = {}
        self.api_url = f"{api_url.rstrip('/')}/"
        self._timeout = ClientTimeout(total=whole, connect=CONNECTING)
        self._session: ClientSession | None = None

    @property
    def session(self) -> ClientSession:
        """The shared session, opened in the loop that first asks; it heeds the environment's proxies."""
        if self._session is None or self._session.closed:
            host = urlsplit(self.api_url).hostname or ""
            self._session = ClientSession(timeout=self._timeout, trust_env=not is_here(host))
        return self._session

    def client(self, token: str) -> AsyncWebClient:
        client = Resting(token, base_url=self.api_url, session=self.session, retry_handlers=[])
        client.rests, client.clock = self._rests, self.clock
        client.proxy = None  # the SDK would send even loopback through it; the session knows better
        return client

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

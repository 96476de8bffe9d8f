"""The one way to Slack's Web API: a shared session, our own time limits, and no retries below the outbox."""

from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.links import is_here

API_URL = "https://slack.com/api/"
WHOLE_CALL = 10.0
CONNECTING = 3.0
"""Seconds. The client's own time limit is ignored when it is given a session (measured), so it is here."""


class Web:
    """Holds the session while the bot runs; `client` dresses it with a workspace's token.

    A client of Slack's repeats a post by default when the connection breaks, and Slack then shows it
    twice (measured): ours never repeats anything.
    """

    def __init__(self, api_url: str = API_URL, *, whole: float = WHOLE_CALL) -> None:
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
        client = AsyncWebClient(token, base_url=self.api_url, session=self.session, retry_handlers=[])
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

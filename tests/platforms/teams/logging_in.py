"""A log-in that a test can hold, and the tokens got from it."""

import time
from collections.abc import Awaitable, Callable
from threading import Event, current_thread, main_thread

import httpx
from microsoft_teams.api.auth.credentials import TokenCredentials

from bot.platforms.teams.send.tokens import Tokens
from tests.platforms.teams.sending import Desk, at_desk
from tests.teams.fake import SECRET
from tests.teams.state import APP, TENANT


class LogIn:
    """Asks the fake's log-in as the SDK asks Microsoft's: a thread waits, and an error is a word."""

    def __init__(self, desk: Desk, secret: str = SECRET) -> None:
        self._url = f"{desk.teams.login_url}/{TENANT}/oauth2/v2.0/token"
        self._secret = secret
        self.hold = Event()
        self.hold.set()
        self.threads: list[bool] = []

    def __call__(self, _scope: object, _tenant: str | None) -> str:
        self.threads.append(current_thread() is main_thread())
        assert self.hold.wait(60)
        try:
            answer = httpx.post(self._url, data={"client_id": APP, "client_secret": self._secret})
        except httpx.HTTPError as problem:
            raise ConnectionError from problem
        if not answer.is_success:
            raise ValueError(answer.json()["error"])
        return str(answer.json()["access_token"])


class Clock:
    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return time.time() + self.passed


def logging_in(
    act: Callable[[Desk, Tokens, LogIn, Clock], Awaitable[None]],
    *,
    secret: str = SECRET,
    patience: float = 60,
    longest: float = 60,
) -> None:
    async def acting(desk: Desk) -> None:
        log_in, clock = LogIn(desk, secret), Clock()
        credentials = TokenCredentials(client_id=APP, tenant_id=TENANT, token=log_in)
        tokens = Tokens(credentials, clock=clock, patience=patience, longest=longest)
        await act(desk, tokens, log_in, clock)

    at_desk(acting)

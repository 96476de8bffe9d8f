"""What proves to the Connector who we are: asked for off the event loop, and kept meanwhile."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

from bot.beside import begun
from bot.fetching import MOST, answer_of
from bot.log import log
from bot.platforms.entra import token_request
from bot.platforms.links import is_here
from bot.platforms.teams.listen.sdk import import_sdk
from bot.platforms.teams.send.errors import TeamsRefused, ours

if TYPE_CHECKING:
    from microsoft_teams.api.auth.cloud_environment import CloudEnvironment
    from microsoft_teams.api.auth.credentials import ClientCredentials, Credentials

Bearer = Callable[[], Awaitable[str]]
"""Gives the token of now; empty where none is asked for. Raises TeamsRefused when there is none to be had."""

AHEAD = 600.0
"""Seconds before a token ends that a new one is fetched; what still holds is used meanwhile."""
LAST = 60.0
"""A token with less left than this is not used: the call itself takes time."""
PATIENCE = 4.0
"""Seconds that a call waits for its first token; the next one finds it, or is told the same."""
DROP_AGAIN = 60.0
"""Seconds until a token that came in a refused one's place is dropped too: it is hardly the token then."""
LONGEST_FETCH = 30.0
"""Seconds that the call may take; then a token is not to be had now."""
FOR_A_WHILE = {"temporarily_unavailable", "server_error"}


Drop = Callable[[str], bool]
"""Told that a token was not taken; whether there is another to try."""


def keep(_token: str) -> bool:
    """There is no other."""
    return False


async def no_bearer() -> str:
    """Nobody asks who we are: the Playground, and a test with an open door."""
    return ""


class _Token(NamedTuple):
    text: str
    ends: float


class Tokens:
    """The token of one registration. `bearer` is what a Connector is given.

    The SDK would have its library ask Microsoft's log-in, which sets no time limit, and nothing ends such a
    call. So we ask ourselves, in a thread and in whole time; once at a time, however many wait.
    """

    def __init__(
        self,
        credentials: "Credentials",
        cloud: "CloudEnvironment | None" = None,
        *,
        clock: Callable[[], float] = time.time,
        patience: float = PATIENCE,
        longest: float = LONGEST_FETCH,
    ) -> None:
        import_sdk()
        self._longest = longest
        self._credentials = _asked_by_us(credentials, cloud, longest)
        self._cloud = cloud
        self._clock = clock
        self._patience = patience
        self._kept = _Token("", 0.0)
        self._dropped_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    @classmethod
    def of_secret(
        cls, client_id: str, client_secret: str, tenant_id: str, cloud: "CloudEnvironment | None" = None
    ) -> Self:
        """The tokens of a registration that has a secret, from its home tenant."""
        import_sdk()
        from microsoft_teams.api.auth.credentials import ClientCredentials

        who = ClientCredentials(client_id=client_id, client_secret=client_secret, tenant_id=tenant_id)
        return cls(who, cloud)

    async def bearer(self) -> str:
        left = self._kept.ends - self._clock()
        if left > AHEAD:
            return self._kept.text
        fetching = self._begun()
        if left > LAST:
            return self._kept.text
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.shield(fetching)
        except TimeoutError:
            raise ours("no_token") from None
        return self._kept.text

    def drop(self, token: str) -> bool:
        """The Connector did not take this token: the next call is given another, if that can help.

        Microsoft may take a token back long before its end, and what an administrator mends shows first in
        a new one. Who refuses the new one too means us: each call must not cost a log-in.
        """
        if not token:
            return False
        if token != self._kept.text:  # another has taken its place meanwhile
            return True
        now = self._clock()
        if now < self._dropped_at + DROP_AGAIN:
            return False
        self._kept, self._dropped_at = _Token("", 0.0), now
        return True

    def _begun(self) -> asyncio.Task[None]:
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(_heard)
        return self._fetching

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(self._longest):
                self._kept = await asyncio.wrap_future(begun(self._asked, "token"))
        except OSError as problem:  # nobody answered at the log-in, or not in time
            raise ours("no_token") from problem
        except ValueError as problem:  # the SDK's own for a refusal, with the log-in's word for it
            code = "no_token" if str(problem) in FOR_A_WHILE else "token_refused"
            raise ours(code) from problem
        except Exception as problem:
            log.exception("token_broke", action="teams.token_broke")
            raise ours("no_token") from problem

    def _asked(self) -> _Token:
        """Ask the log-in, in a thread of its own; the SDK knows for what, where, and how long it holds."""
        from microsoft_teams.apps.token_manager import TokenManager

        token = asyncio.run(TokenManager(self._credentials, self._cloud).get_bot_token())
        if token is None:
            return _Token("", self._clock() + AHEAD * 2)
        ends = token.expiration
        return _Token(str(token), ends / 1000 if ends else self._clock() + AHEAD * 2)


def _asked_by_us(
    credentials: "Credentials", cloud: "CloudEnvironment | None", longest: float
) -> "Credentials":
    """What the SDK asks us for, where it would have its library ask with a secret."""
    from microsoft_teams.api.auth.cloud_environment import PUBLIC
    from microsoft_teams.api.auth.credentials import ClientCredentials, TokenCredentials

    if not isinstance(credentials, ClientCredentials):
        return credentials
    provider = partial(_asked, (cloud or PUBLIC).login_endpoint, credentials, longest)
    return TokenCredentials(client_id=credentials.client_id, tenant_id=credentials.tenant_id, token=provider)


def _asked(
    login_url: str, who: "ClientCredentials", longest: float, scope: object, tenant: str | None
) -> str:
    """Ask once. Raises ValueError with the log-in's word, or OSError.

    A log-in on this machine may be without TLS, and is asked through no proxy; nowhere else does a secret
    travel in the open.
    """
    login = urlsplit(login_url)
    here = is_here(login.hostname or "")
    if login.scheme != "https" and not (here and login.scheme == "http"):
        raise ValueError("no_tls")
    form = token_request(login_url, tenant or "", who.client_id, who.client_secret, str(scope))
    asked = Request(form["url"], urlencode(form["data"]).encode())  # noqa: S310  http and https only, as just seen
    try:
        with _answer(asked, longest, direct=here) as answer:
            status, told = answer.status or 0, json.loads(answer.read(MOST))
    except (HTTPException, ValueError) as problem:
        raise OSError("the log-in is away") from problem
    if not isinstance(told, dict) or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise OSError("the log-in is away")
    if status >= HTTPStatus.BAD_REQUEST:
        raise ValueError(str(told.get("error")))
    return str(told["access_token"])


def _answer(asked: Request, longest: float, *, direct: bool) -> HTTPResponse | HTTPError:
    try:
        return answer_of(asked, longest, direct=direct)
    except HTTPError as refusal:
        return refusal


def _heard(task: asyncio.Task[None]) -> None:
    """A token that could not be had is told to whoever waits; when nobody does, the next one asks anew."""
    if not task.cancelled() and isinstance(task.exception(), TeamsRefused):
        return

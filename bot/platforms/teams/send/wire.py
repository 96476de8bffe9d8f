"""One call to the Connector: in its turn, once, and with one meaning for whatever comes back."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, NamedTuple

import httpx

from bot.log import log
from bot.messages.delivery import Why
from bot.platforms.pace import LONGEST_WAIT, Pace, Rate, rest_of
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.addresses import checked
from bot.platforms.teams.send.errors import TABLE, TeamsRefused, ours, refusal
from bot.platforms.teams.send.pace import CONVERSATION, HOUR, READING, TENANT
from bot.platforms.teams.send.tokens import Bearer, Drop, keep, no_bearer

WHOLE_CALL = 10.0
CONNECTING = 3.0
"""Seconds. A call that has not been answered by then is in doubt, if it makes something."""
MOST_IN_FLIGHT = 32
"""The HTTP client slows down badly with more than 64 at once (measured)."""
IDLE = 5.0
"""Seconds that a connection is kept: one the other end has just dropped would leave a doubt."""
HERE = ("all://127.0.0.1", "all://localhost", "all://[::1]")
"""What is on this machine is not asked for through a proxy."""
LONGEST_ERROR = 4000
UNAUTHORIZED = 401
A_PROXYS = {403, 404, 407}
"""As a page, what some proxy on the way says for itself. Of others nobody knows who saw the call first."""

Json = dict[str, Any]

Lost = Callable[[Reference, TeamsRefused], Awaitable[None]]
"""Told when a refusal says that a whole tenant takes nothing from the bot, until somebody mends it."""


async def nobody_told(reference: Reference, refused: TeamsRefused) -> None:
    """Nobody asked to be told; the log has it."""


class Ask(NamedTuple):
    """A call: `path` follows `/v3/`, escaped.

    `creates`: no answer leaves a doubt. `speaks`: it is counted with what is said in the conversation.
    """

    name: str
    method: str
    path: str
    body: Json | None = None
    query: Mapping[str, str] = {}
    creates: bool = False
    speaks: bool = True


SAYING = Ask("say", "PUT", "")
"""Anything that is said: what it counts for is all that is asked of it."""


class Wire:
    """Makes the calls of one registration, and repeats none. `clock` counts seconds, whatever the time is.

    `stand_ins` are hosts that settings name beside Teams' own (see `addresses`).
    The HTTP client is our own: the SDK's puts ids into addresses as they are, and waits without an end.
    """

    def __init__(  # noqa: PLR0913  the composition hands each piece over by name
        self,
        *,
        bearer: Bearer = no_bearer,
        drop: Drop = keep,
        stand_ins: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        on_lost: Lost = nobody_told,
        whole: float = WHOLE_CALL,
    ) -> None:
        self._bearer = bearer
        self._drop = drop
        self._stand_ins = frozenset(stand_ins)
        self._pace = Pace(clock, sleep)
        self._on_lost = on_lost
        self._whole = whole
        self._slots = asyncio.Semaphore(MOST_IN_FLIGHT)
        self._opened: httpx.AsyncClient | None = None

    async def make(self, where: Reference, ask: Ask) -> Json:
        """Make a call about a place. Raises DeliveryFailed; what Teams refuses is a TeamsRefused."""
        base = checked(where.service_url, self._stand_ins)
        await self._pace.turn(_turns(where, ask))
        try:
            return await self._made(f"{base}/v3/{ask.path}", ask)
        except TeamsRefused as refused:
            log.info(
                "not_taken", action="teams.not_taken", team=where.tenant, method=ask.name, code=refused.code
            )
            await self._heed(where, ask, refused)
            raise

    def must_be_free(self, where: Reference) -> None:
        """Raise DeliveryFailed("later") where something said now would have to wait for its turn there.

        The tenant's turn is soon, and many wait for it: it is waited for in the call.
        """
        turns = _turns(where, SAYING)
        del turns[where.tenant]
        self._pace.must_be_free(turns)

    async def close(self) -> None:
        if self._opened:
            await self._opened.aclose()

    @property
    def _http(self) -> httpx.AsyncClient:
        """The shared client, opened in the loop that first asks; it heeds the environment's proxies."""
        if self._opened is None or self._opened.is_closed:
            limits = httpx.Limits(max_connections=MOST_IN_FLIGHT, keepalive_expiry=IDLE)
            timeout = httpx.Timeout(self._whole, connect=min(CONNECTING, self._whole))
            mounts = dict.fromkeys(HERE)
            self._opened = httpx.AsyncClient(limits=limits, timeout=timeout, mounts=mounts)
        return self._opened

    async def _made(self, url: str, ask: Ask) -> Json:
        """Nothing has left this machine until there is both a free line and a token."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await self._slots.acquire()
        except TimeoutError:
            raise ours("no_room") from None
        try:
            return await self._proven(url, ask, await self._bearer())
        finally:
            self._slots.release()

    async def _proven(self, url: str, ask: Ask, token: str) -> Json:
        """A token that is not taken may be at fault itself: the next call has another before all is lost."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            return await self._answered(url, ask, headers)
        except TeamsRefused as refused:
            if refused.status == UNAUTHORIZED and self._drop(token):
                raise ours("stale_token") from refused
            raise

    async def _answered(self, url: str, ask: Ask, headers: Mapping[str, str]) -> Json:
        try:
            async with asyncio.timeout(self._whole):
                answer = await self._http.request(
                    ask.method, url, json=ask.body, params=ask.query or None, headers=headers
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as problem:
            raise ours("no_connection") from problem
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
            raise ours("not_their_address") from problem
        except (httpx.HTTPError, TimeoutError, OSError) as problem:  # cut, or late
            raise ours("no_answer", creates=ask.creates) from problem
        return _read(answer, creates=ask.creates)

    async def _heed(self, where: Reference, ask: Ask, refused: TeamsRefused) -> None:
        """Rest where Teams asks for it, and tell when it is more than this call that it does not take."""
        trouble = refused.trouble
        if trouble.why is Why.BUSY and refused.status:
            self._pace.pause(_lane(where, ask), refused.retry_after)
        if trouble.how == "refused" and trouble.reach == "tenant":
            await self._on_lost(where, refused)


def _lane(where: Reference, ask: Ask) -> tuple[str, ...]:
    """What a 429 stops: speaking there, or reading there, and nothing else."""
    return (where.tenant, where.key) if ask.speaks else (where.tenant, where.key, "read")


def _turns(where: Reference, ask: Ask) -> dict[Any, Rate]:
    lane = _lane(where, ask)
    if not ask.speaks:
        return {where.tenant: TENANT, lane: READING}
    return {where.tenant: TENANT, lane: CONVERSATION, (*lane, "hour"): HOUR}


def _read(answer: httpx.Response, *, creates: bool) -> Json:
    """What was answered. Raises TeamsRefused for all that is not a success that can be read."""
    status = answer.status_code
    if answer.is_success:
        try:
            said = answer.json() if answer.content else {}
        except ValueError:
            raise ours("no_id", creates=creates) from None
        return said if isinstance(said, dict) else {}
    if status in A_PROXYS and "html" in answer.headers.get("content-type", ""):
        raise ours("not_theirs")  # Teams never saw the call
    waits = rest_of(answer.headers.get("retry-after"))
    raise refusal(status, code_of(status, answer.text[:LONGEST_ERROR]), creates=creates, retry_after=waits)


def code_of(status: int, body: str) -> str:
    """The Connector's own word for a refusal, wherever in the body it stands; empty when there is none.

    A chat that somebody has shut is told of in a JSON text within the JSON, as `subCode`.
    """
    for known_status, code in TABLE:
        if code and known_status == status and code in body:
            return code
    try:
        error = json.loads(body).get("error")
    except (ValueError, AttributeError):
        return ""
    word = str(error.get("code") if isinstance(error, dict) else error)
    return word if error and re.fullmatch(r"[A-Za-z_]{1,60}", word) else ""

"""`Graph` by Microsoft's own SDK, in a thread of its own. Nothing outside this folder imports it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import httpx

from bot.domain.errands_files import File, Where
from bot.platforms.graph.aside import Aside
from bot.platforms.graph.errors import Refusal, lost, refused
from bot.platforms.graph.port import Channel, GraphRefused, Meeting, Member, Notice
from bot.platforms.graph.tokens import Registration, Tokens, roles_of

if TYPE_CHECKING:
    from kiota_abstractions.api_error import APIError

    from bot.platforms.graph.calls import Calls

CALL_SECONDS = 30.0
"""One request; a call of ours may make a few (pages)."""

WHOLE_SECONDS = 120.0
"""One call of ours, pages and token and all: then it is given up, wherever it stands."""

T = TypeVar("T")
Call = Callable[["Calls"], Coroutine[Any, Any, T]]


class SdkGraph:
    """One tenant's Graph. The client, its sockets and what it imports stay in the other thread."""

    def __init__(self, who: Registration, aside: Aside, seconds: float = CALL_SECONDS) -> None:
        self._who = who
        self._aside = aside
        self._seconds = seconds
        self._http: httpx.AsyncClient | None = None
        self._tokens: Tokens | None = None
        self._calls: Calls | None = None

    async def warm(self) -> None:
        await self._aside.run(self._warm)

    async def granted(self) -> frozenset[str]:
        return await self._aside.run(self._granted)

    async def close(self) -> None:
        """Let go of the sockets, when nothing more is to be asked."""
        if self._http:
            await self._aside.run(self._close)

    async def members(self, team: str) -> tuple[Member, ...]:
        return await self._call(lambda calls: calls.reading.members(team=team))

    async def channels(self, team: str) -> tuple[Channel, ...]:
        return await self._call(lambda calls: calls.reading.channels(team=team))

    async def members_of_channel(
        self, team: str, channel: str, *, shared: bool = False
    ) -> tuple[Member, ...]:
        return await self._call(
            lambda calls: calls.reading.members_of_channel(team=team, channel=channel, shared=shared)
        )

    async def readers(self, team: str, channel: str) -> frozenset[str] | None:
        return await self._call(lambda calls: calls.reading.readers(team=team, channel=channel))

    async def is_open(self, team: str) -> bool:
        return await self._call(lambda calls: calls.reading.is_open(team=team))

    async def meet(self, user: str, meeting: Meeting, *, doubtful: bool = False) -> str:
        return await self._call(lambda calls: calls.meet(user=user, meeting=meeting, doubtful=doubtful))

    async def move_meeting(self, user: str, event: str, meeting: Meeting) -> None:
        await self._call(lambda calls: calls.move_meeting(user=user, event=event, meeting=meeting))

    async def drop_meeting(self, user: str, event: str) -> None:
        await self._call(lambda calls: calls.drop_meeting(user=user, event=event))

    async def drop_meeting_called(self, user: str, sign: str) -> None:
        await self._call(lambda calls: calls.drop_meeting_called(user=user, sign=sign))

    async def put_file(
        self, where: Where, path: str, content: bytes, before: File | None = None, *, doubtful: bool = False
    ) -> File:
        return await self._call(
            lambda calls: calls.files.put(
                where=where, path=path, content=content, before=before, doubtful=doubtful
            )
        )

    async def notify(self, team: str, user: str, notice: Notice) -> None:
        await self._call(lambda calls: calls.notify(team=team, user=user, notice=notice))

    async def install(self, user: str, app: str) -> str:
        return await self._call(lambda calls: calls.install(user=user, app=app))

    async def _call(self, call: Call[T]) -> T:
        """Make one call over there; whatever goes wrong comes back as one kind of refusal."""
        return await self._aside.run(partial(self._called, call))

    async def _called(self, call: Call[T]) -> T:
        from kiota_abstractions.api_error import APIError

        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                return await call(self._ready())
        except APIError as problem:
            found = refused(_refusal(problem))
            if found.code in {"401", "InvalidAuthenticationToken"} and self._tokens:
                self._tokens.forget()
            raise found from None  # its text may quote what was sent
        except httpx.HTTPError as problem:
            raise lost(problem) from None
        except TimeoutError:
            raise GraphRefused("doubt", "timeout") from None
        except GraphRefused:
            raise
        except Exception as problem:  # noqa: BLE001  the SDK raises just that for an answer it cannot read
            raise GraphRefused("doubt", f"unreadable_{type(problem).__name__}") from None

    async def _granted(self) -> frozenset[str]:
        return roles_of(await self._tokens_now().token())

    async def _warm(self) -> None:
        """The same imports as a first call makes: the client, a request and what reads its answer."""
        self._ready()

    async def _close(self) -> None:
        if self._http:
            await self._http.aclose()
        self._http = self._tokens = self._calls = None

    def _ready(self) -> "Calls":
        if self._calls is None:
            from bot.platforms.graph.calls import Calls, client

            token = partial(_for_us, self._who, self._tokens_now().token)
            made = client(self._who.base_url, self._sockets(), token)
            self._calls = Calls(made, self._who.client_id)
        return self._calls

    def _tokens_now(self) -> Tokens:
        if self._tokens is None:
            self._tokens = Tokens(self._who, self._sockets())
        return self._tokens

    def _sockets(self) -> httpx.AsyncClient:
        """Raw, without the SDK's own middleware: it tries again below the errands, and follows redirects."""
        if self._http is None:
            self._http = httpx.AsyncClient(timeout=self._seconds, follow_redirects=False)
        return self._http


async def _for_us(who: Registration, token: Callable[[], Awaitable[str]], uri: str) -> str:
    """Our token, if the request goes where the settings say; a page's next address is only a claim."""
    wanted, asked = urlsplit(who.base_url), urlsplit(uri)
    if (asked.scheme, asked.netloc.lower()) != (wanted.scheme, wanted.netloc.lower()):
        raise GraphRefused("stopped", "foreign_host")
    return await token()


def _refusal(problem: "APIError") -> Refusal:
    from msgraph.generated.models.o_data_errors.o_data_error import ODataError

    code = ""
    if isinstance(problem, ODataError) and problem.error and problem.error.code:
        code = problem.error.code
    headers = {name.lower(): value for name, value in (problem.response_headers or {}).items()}
    return Refusal(problem.response_status_code or 0, _word(code), headers)


def _word(code: str) -> str:
    """A code is one word; anything else may quote somebody."""
    return code if code.isascii() and code.isidentifier() else ""

"""A Teams of our own on loopback: the Connector, the keys that inbound tokens are checked by, and the log-in.

Every call is held against what the Connector takes (`fake_strict`); what does not hold is answered as Teams
would, and kept in `wrong`, which a test must find empty.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from aiohttp import web

from tests.fake_server import serve
from tests.mischief import Mischief
from tests.teams.fake_api import DOES, Asked
from tests.teams.fake_keys import ISSUER, Keys, inbound_claims, outbound_claims
from tests.teams.fake_mischief import ACCEPTS, Fault
from tests.teams.state import APP, THREAD_MARK, Cloud, Json, Post, Refused

SECRET = "the-secret-of-the-tests"
MAKES = {"create", "targeted", "begin", "chat"}


@dataclass
class Call:
    """One call that reached us, and what it came to: `ok`, the error code, or the fault that struck."""

    name: str
    conversation: str
    body: Json
    at: datetime
    came_to: str = ""


@dataclass
class FakeTeams:
    """Use it as `async with FakeTeams() as teams`; `teams.service_url` is what its activities come with.

    `open_door`: no token is asked for, as in the Playground.
    """

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    open_door: bool = False
    host: str = "127.0.0.1"
    calls: list[Call] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    mischief: Mischief[Fault] = field(default_factory=Mischief)
    tokens: set[str] = field(default_factory=set)
    page_size: int = 100

    def __post_init__(self) -> None:
        self.cloud = Cloud(self.clock)
        self.keys = Keys()
        self.address = ""
        self.go = asyncio.Event()
        self._closing = asyncio.Event()

    @property
    def service_url(self) -> str:
        """As Teams writes it: with a slash at the end."""
        return f"{self.address}/teams/"

    @property
    def openid_url(self) -> str:
        return f"{self.address}/v1/.well-known/openidconfiguration"

    @property
    def login_url(self) -> str:
        return f"{self.address}/login"

    @property
    def stand_in(self) -> str:
        """What settings name, so that a token may travel here."""
        return self.address.removeprefix("http://")

    def sign(self, claims: Json | None = None, *, kid: str = "", **changes: Any) -> str:
        """A token for an inbound activity: right in all but what `claims` or `changes` say."""
        return self.keys.sign(
            inbound_claims(self.service_url, **changes) if claims is None else claims, kid=kid
        )

    def bearer(self, **changes: Any) -> str:
        """A token that the Connector takes from the bot."""
        token = self.keys.sign(outbound_claims(jti=str(len(self.tokens)), **changes))
        self.tokens.add(token)
        return token

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_get("/v1/.well-known/openidconfiguration", self._configuration)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_get("/login/{tenant}/discovery/v2.0/keys", self._keys)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._log_in)
        app.router.add_route("*", "/teams/v3/{path:.*}", self._called)
        self._runner, self.address = await serve(app, self.host)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self.go.set()
        await self._runner.cleanup()

    def times(self, name: str = "", came_to: str = "", conversation: str = "") -> int:
        """How often a kind of call was made (there) (and came to this)."""
        return sum(
            name in {"", call.name}
            and came_to in {"", call.came_to}
            and conversation in {"", call.conversation}
            for call in self.calls
        )

    async def _configuration(self, _request: web.Request) -> web.StreamResponse:
        keys = f"{self.address}/v1/.well-known/keys"
        return web.json_response(
            {"issuer": ISSUER, "jwks_uri": keys, "id_token_signing_alg_values_supported": ["RS256"]}
        )

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        return await self._guarded(Call("keys", "", {}, self.clock()), request, self.keys.published)

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        call = Call("token", "", {"tenant": request.match_info["tenant"]}, self.clock())

        def given() -> Json:
            if (form.get("client_id"), form.get("client_secret")) != (APP, SECRET):
                raise Refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
            return {"token_type": "Bearer", "expires_in": 3599, "access_token": self.bearer()}

        return await self._guarded(call, request, given)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        text = await request.text()
        path = tuple(unquote(part) for part in request.raw_path.partition("?")[0].split("/")[3:])
        try:
            body = json.loads(text) if text else {}
        except ValueError:
            body = None
        asked = Asked(request.method, path, dict(request.query), body if isinstance(body, dict) else {})
        call = Call(asked.name, asked.conversation, asked.body, self.clock())

        def done() -> Json | list[Json] | None:
            if body is None or not asked.name:
                self.wrong.append(f"{request.method} {path}: nothing like it")
                raise Refused(400, "BadSyntax")
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if token not in self.tokens and not self.open_door:
                raise Refused(401, "Unauthorized", "Authorization has been denied for this request.")
            return DOES[asked.name](self, asked)

        return await self._guarded(call, request, done)

    async def _guarded(
        self, call: Call, request: web.Request, done: Callable[[], Json | list[Json] | None]
    ) -> web.StreamResponse:
        """Let a call have its effect, or the fault that is planned for it."""
        self.calls.append(call)
        fault = self.mischief.strikes(call.name, call.conversation)
        if fault and fault.how not in ACCEPTS:
            call.came_to = fault.code or (str(fault.status) if fault.how in {"http", "html"} else fault.how)
            return _failing(request, fault, call.name)
        try:
            answer = done()
            call.came_to, status = "ok", 201 if call.name in MAKES else 200
        except Refused as refused:
            answer, status = _error(refused.code, refused.message, call.name), refused.status
            call.came_to = refused.code
        if fault and fault.how == "slow":
            await self.go.wait()
        if fault is None or fault.how == "slow":
            return web.Response(status=status) if answer is None else web.json_response(answer, status=status)
        call.came_to = f"{call.came_to}, {fault.how}"
        if fault.how == "stall":
            await self._closing.wait()
        return web.Response(text="<html>502") if fault.how == "garbage" else _cut(request)


def _error(code: str, message: str, call: str) -> Json:
    """A refusal in the Connector's words, or the log-in's; a chat that is shut is told of in older ones."""
    if call == "token":
        return {"error": code, "error_description": message}
    if code == "MessageWritesBlocked":
        inner = {"subCode": code, "details": "Thread is not writable", "errorCode": None}
        return {"errorCode": 209, "message": json.dumps(inner)}
    return {"error": {"code": code, "message": message}}


def _failing(request: web.Request, fault: Fault, call: str) -> web.StreamResponse:
    headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after > 1 else {}
    match fault.how:
        case "rate":
            headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.retry_after else {}
            return web.json_response(
                _error("Throttled", "Too many requests", call), status=429, headers=headers
            )
        case "http":
            body = {} if fault.silent else _error(fault.code or "ServiceError", "as planned", call)
            headers |= {"Location": fault.location} if fault.location else {}
            return web.json_response(body, status=fault.status, headers=headers)
        case "html":
            page = "<html><body><h1>Bad Gateway</h1></body></html>"
            return web.Response(text=page, content_type="text/html", status=fault.status, headers=headers)
        case _:
            return _cut(request)


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response()


def posts_with(teams: FakeTeams, words: str) -> list[Post]:
    """What the bot has said, and still stands, that holds these words."""
    return [
        post
        for post in teams.cloud.from_bot()
        if words in f"{post.text} {json.dumps(post.activity, ensure_ascii=False)}"
    ]


def split(conversation: str) -> tuple[str, str]:
    """A conversation's id without its thread, and that thread's root."""
    base, _, root = conversation.partition(THREAD_MARK)
    return base, root

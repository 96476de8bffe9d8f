"""A Graph of our own on loopback, with the log-in: what it does not know it refuses, and remembers.

Every call is held against what Graph takes (paths, bodies, grants); what does not hold is kept in `wrong`,
which a test must find empty.
"""

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fake_server import serve
from tests.graph.fake_api import OPERATIONS
from tests.graph.fake_cloud import CLIENT, GRANTS, TENANT, Asked, Cloud, Json, Refused, find

__all__ = ["ALL", "CLIENT", "SECRET", "TENANT", "FakeGraph", "Fault"]
SECRET = "the-secret-of-the-tests"
ALL = frozenset().union(*GRANTS.values())


@dataclass
class Fault:
    """What strikes the next calls of an operation. `after`: once it is done. 0: nothing is answered."""

    status: int
    times: int = 1
    code: str = "generalException"
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False


def page() -> web.Response:
    """What a firewall or a proxy answers in our place."""
    return web.Response(text="<html>Blocked: Lena Berg</html>", content_type="text/html")


@dataclass
class FakeGraph:
    """Use it as `async with FakeGraph() as graph`. `granted`: what the administrator has allowed."""

    granted: frozenset[str] = ALL
    cloud: Cloud = field(default_factory=Cloud)
    calls: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    """Users whose mailboxes and drives are outside what we were let in to."""
    logins: int = 0
    login_refused: int = 0
    page_at_login: str = ""
    """What somebody else than Entra answers there."""
    front: Callable[[], web.Response] = lambda: web.json_response({"value": []})
    """What is at `base_url` itself: no token is asked for."""
    paged: set[str] = field(default_factory=set)
    """Operations that somebody else answers, with what is at the front."""
    page: int = 2
    expires: int = 3600
    address: str = ""

    def __post_init__(self) -> None:
        self._tokens: dict[str, frozenset[str]] = {}
        self._closing = asyncio.Event()

    @property
    def base_url(self) -> str:
        return f"{self.address}/v1.0"

    @property
    def login_url(self) -> str:
        return f"{self.address}/login"

    def made(self, operation: str) -> list[str]:
        """What was asked of one operation: each call's subject, in order."""
        return [subject for name, subject in self.calls if name == operation]

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._log_in)
        app.router.add_get("/v1.0", self._knocked)
        app.router.add_route("*", "/{rest:.*}", self._called)
        self._runner, self.address = await serve(app)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _log_in(self, request: web.Request) -> web.Response:
        self.logins += 1
        form = dict(await request.post())
        wanted = {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "scope": "https://graph.microsoft.com/.default",
        }
        if form != wanted or request.match_info["tenant"] != TENANT:
            self.wrong.append(f"log-in: {sorted(form)}")
        if self.page_at_login:
            return web.Response(text=self.page_at_login, content_type="text/html", status=403)
        if self.login_refused:
            body = {"error": "invalid_client", "error_codes": [self.login_refused], "error_description": "…"}
            return web.json_response(body, status=401)
        claims = base64.urlsafe_b64encode(json.dumps({"roles": sorted(self.granted)}).encode())
        token = f"e30.{claims.decode().rstrip('=')}.{self.logins}"
        self._tokens[token] = self.granted
        return web.json_response({"access_token": token, "expires_in": self.expires, "token_type": "Bearer"})

    async def _knocked(self, request: web.Request) -> web.Response:
        """Whoever only looks whether we are there shows nobody a token."""
        if "Authorization" in request.headers:
            self.wrong.append("a token at the front door")
        return self.front()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        found = find(request.method, request.path)
        if found is None:
            self.wrong.append(f"{request.method} {request.path}")
            return _error(404, "BadRequest")
        operation, parts = found
        asked = Asked(
            operation,
            parts,
            dict(request.query),
            await request.read(),
            self.base_url,
            self.page,
            request.headers,
        )
        self.calls.append((operation, "/".join(parts)))
        if operation in self.paged:
            return self.front()
        fault = self._next_fault(operation)
        if fault and not fault.after:
            return await self._struck(fault)
        try:
            self._may(request, operation, parts[0])
            answer = OPERATIONS[operation](self.cloud, asked)
        except Refused as refused:
            if refused.ours:
                self.wrong.append(f"{operation}: {refused.code}")
            return _error(refused.status, refused.code)
        if fault:
            return await self._struck(fault)
        return _answer(answer)

    def _may(self, request: web.Request, operation: str, whose: str) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self._tokens:
            raise Refused(401, "InvalidAuthenticationToken")
        if not GRANTS[operation] & self.granted:
            raise Refused(403, "Forbidden", ours=False)
        if whose in self.closed:
            raise Refused(403, "ErrorAccessDenied", ours=False)

    def _next_fault(self, operation: str) -> Fault | None:
        fault = self.faults.get(operation)
        if fault is None or fault.times == 0:
            return None
        fault.times -= 1
        return fault

    async def _struck(self, fault: Fault) -> web.StreamResponse:
        if fault.status == 0:
            await self._closing.wait()
        return _error(fault.status or 500, fault.code, fault.headers)


def _answer(answer: Json | None) -> web.Response:
    if answer is None:
        return web.Response(status=204)
    status = answer.pop("@status", 200)
    return web.json_response(answer, status=status)


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    body: dict[str, Any] = {"error": {"code": code, "message": "quoting Lena Berg"}}
    return web.json_response(body, status=status, headers=headers)

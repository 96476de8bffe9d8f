"""The edge on a small stage: real signatures in, a Web API that notes what it is asked, no bot behind."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web as http
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.domain.events import Event
from bot.messages.model import Quiet, Response
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.parse.values import Gone
from bot.platforms.slack.send.client import Web
from tests.platforms.slack.recorded import BOT_USER, NOW, TEAM, recorded

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PEOPLE = {"U0SAM0001": "Sam Ek", "U0OMAR001": "Omar Ali", "U0LENA001": "Lena Lind", "U0PIA0001": "Pia Berg"}


@dataclass
class Call:
    method: str
    said: dict[str, Any]


@dataclass
class SmallSlack:
    """Answers every method with `ok`, except those in `refuses` (code) and `breaks` (an HTTP status)."""

    calls: list[Call] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    breaks: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    """Methods that it never answers."""
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What it tells of a user beside their name."""

    async def answer(self, request: http.Request) -> http.Response:
        method = request.match_info["method"]
        body: dict[str, Any] = dict(request.query)
        body |= await request.json() if request.content_type == JSON else dict(await request.post())
        for name in ("blocks", "metadata", "view"):
            if isinstance(body.get(name), str):
                body[name] = json.loads(body[name])
        self.calls.append(Call(method, body))
        if method in self.silent:
            await asyncio.Event().wait()
        if method in self.breaks:
            return http.Response(status=self.breaks[method], text="<html>trasigt</html>")
        if method in self.refuses:
            return http.json_response({"ok": False, "error": self.refuses[method]})
        return http.json_response({"ok": True, **self._more(method, body)})

    def _more(self, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"team_id": TEAM, "team": "Björkskolan", "user_id": BOT_USER, "bot_id": "B0NULAGE1"}
            case "users.info":
                profile = {"display_name": PEOPLE.get(body["user"], "")}
                return {"user": {"id": body["user"], "profile": profile, **self.about.get(body["user"], {})}}
            case "conversations.info":
                return {"channel": {"id": body["channel"], "name": "arbetslag-4-6"}}
            case "conversations.open":
                return {"channel": {"id": f"D{body['users'][1:]}"}}
            case _:
                return {}

    def made(self, method: str) -> list[dict[str, Any]]:
        return [call.said for call in self.calls if call.method == method]


@dataclass
class Stage:
    slack: SmallSlack
    edge: Edge
    client: httpx.AsyncClient
    url: str
    events: list[Event] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    response: Response | Callable[[Event], Response] = field(default_factory=Quiet)
    away: bool = False
    broken: bool = False
    given_up: list[str] = field(default_factory=list)
    for_us: bool = True
    """Whether the writer of what is given up waits for an effect that never comes."""
    before: Callable[[], Awaitable[None]] | None = None

    async def dispatch(self, event: Event) -> Response:
        if self.before:
            await self.before()
        if self.away:
            raise ConnectionError("the store is away")
        self.events.append(event)
        return self.response(event) if callable(self.response) else self.response

    async def give_up(self, event: Event) -> bool:
        if self.away:
            raise ConnectionError("the store is away")
        self.given_up.append(event.id)
        return self.for_us

    async def on_gone(self, gone: Gone) -> None:
        if self.broken:
            raise RuntimeError("hemligt")
        self.gone.append(gone)

    async def send(self, payload: dict[str, Any], tries: int = 0) -> httpx.Response:
        """Send as Slack does: events as JSON, commands as a form, the rest as JSON in a form."""
        if payload.get("type") in {"event_callback", "url_verification", "app_rate_limited"}:
            headers = {"x-slack-retry-num": str(tries)} if tries else {}
            answer = await self.post(json.dumps(payload).encode(), JSON, headers)
        else:
            form = payload if "command" in payload else {"payload": json.dumps(payload)}
            answer = await self.post(urlencode(form).encode(), FORM)
        await self.edge.finish()
        return answer

    async def play(self, name: str, *, tries: int = 0, **changes: Any) -> httpx.Response:
        """Send what is recorded, for the n-th time again; its `response_url` leads to the stage."""
        payload = recorded(name) | changes
        if str(payload.get("response_url", "")).startswith("https://hooks.slack.com/"):
            payload["response_url"] = f"{self.url}hook"
        return await self.send(payload, tries)

    async def post(
        self, body: bytes, kind: str = JSON, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        sent = {**signed(body), "content-type": kind, **(headers or {})}
        return await self.client.post("/slack/events", content=body, headers=sent)


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    proof = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={proof}"}


class Everywhere(FixedWorkspace):
    """Installed in whatever workspace is asked for."""

    async def find(self, enterprise: str | None, team: str | None) -> Workspace | None:
        del enterprise, team
        return (await self.all())[0]


def workspaces(team: str = TEAM, *, everywhere: bool = False) -> Workspaces:
    workspace = Workspace(
        enterprise=None,
        team=team,
        name="Björkskolan",
        token=SecretStr("xoxb-stage"),
        bot_id="B0NULAGE1",
        bot_user=BOT_USER,
    )
    return Workspaces(Everywhere(workspace) if everywhere else FixedWorkspace(workspace))


@asynccontextmanager
async def stage(known: Workspaces | None = None) -> AsyncIterator[Stage]:
    slack = SmallSlack()
    app = http.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    async with TestServer(app) as server, Web(str(server.make_url("/api/"))) as web:
        played: Stage

        async def dispatch(event: Event) -> Response:
            return await played.dispatch(event)

        async def on_gone(gone: Gone) -> None:
            await played.on_gone(gone)

        async def give_up(event: Event) -> bool:
            return await played.give_up(event)

        def now() -> datetime:
            return NOW

        edge = Edge(
            dispatch,
            known or workspaces(),
            web,
            on_gone=on_gone,
            give_up=give_up,
            hooks=(web.api_url,),
            now=now,
        )
        guard = slack_asgi(edge, SecretStr(SECRET))
        async with client_of(guard) as client:
            played = Stage(slack, edge, client, web.api_url)
            yield played


def client_of(guard: Guard) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=guard)
    return httpx.AsyncClient(transport=transport, base_url="https://nulage.example")


def played(story: Callable[[Stage], Coroutine[Any, Any, None]], known: Workspaces | None = None) -> None:
    """Run one story on a fresh stage."""

    async def run() -> None:
        async with stage(known) as on:
            await story(on)

    asyncio.run(run())


def saying(answer: Awaitable[httpx.Response]) -> Coroutine[Any, Any, Any]:
    """What an acknowledgement says, as JSON; nothing when it is empty."""

    async def read() -> Any:
        got = await answer
        assert got.status_code == 200, got.status_code
        return got.json() if got.content else {}

    return read()

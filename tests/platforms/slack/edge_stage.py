"""The edge on a small stage: real signatures in, a Web API that notes what it is asked, no bot behind."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web as http
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.domain.events import Event, HomeOpened
from bot.messages.model import Quiet, Response
from bot.platforms.pace import Pace
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.parse.values import Gone
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import SlackRefused
from tests.platforms.slack.recorded import BOT_USER, NOW, TEAM, recorded
from tests.platforms.slack.small_slack import JSON
from tests.platforms.slack.small_slack import SmallSlack as SmallSlack  # noqa: PLC0414  others have it from here

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"


def at_once() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@dataclass
class Stage:
    slack: SmallSlack
    edge: Edge
    client: httpx.AsyncClient
    url: str
    events: list[Event] = field(default_factory=list)
    looked: list[HomeOpened] = field(default_factory=list)
    """When the edge itself looked at somebody's Home again, which nobody did anything for."""
    home: Response | Callable[[HomeOpened], Awaitable[Response]] = field(default_factory=Quiet)
    """What stands on it then."""
    paused: asyncio.Event = field(default_factory=at_once)
    """Until it is set, nobody's Home is looked at for what they did elsewhere."""
    lost: list[str] = field(default_factory=list)
    """Why a workspace takes nothing more from us."""
    gone: list[Gone] = field(default_factory=list)
    response: Response | Callable[[Event], Response] = field(default_factory=Quiet)
    away: bool = False
    broken: bool = False
    given_up: list[str] = field(default_factory=list)
    for_us: bool = True
    """Whether the writer of what is given up waits for an effect that never comes."""
    before: Callable[[], Awaitable[None]] | None = None
    slept: list[float] = field(default_factory=list)
    """Seconds that the edge waited for its turn; none of them passed."""
    moment: float | None = None
    """When everything happens that happens at once; else they wait one after the other."""
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What happens while it waits."""

    def seconds(self) -> float:
        """What time it is to the edge, in its pace."""
        return sum(self.slept) if self.moment is None else self.moment

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            await happens()

    async def dispatch(self, event: Event) -> Response:
        if isinstance(event, HomeOpened) and event.id.startswith("slack:home:"):
            self.looked.append(event)
            return await self.home(event) if callable(self.home) else self.home
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


def _edge(of: Callable[[], Stage], web: Web, known: Workspaces) -> Edge:
    """The edge of a stage that is there once it is called."""

    async def pause() -> None:
        await of().paused.wait()

    async def lost(_spot: Spot, refused: SlackRefused) -> None:
        of().lost.append(refused.code)

    edge = Edge(
        dispatch=lambda event: of().dispatch(event),
        workspaces=known,
        web=web,
        on_gone=lambda gone: of().on_gone(gone),
        give_up=lambda event: of().give_up(event),
        hooks=(web.api_url,),
        calls=Calls(Pace(lambda: of().seconds(), lambda seconds: of().sleep(seconds)), lost),
        now=lambda: NOW,
    )
    edge.homes.pause = pause
    return edge


@asynccontextmanager
async def stage(known: Workspaces | None = None) -> AsyncIterator[Stage]:
    slack = SmallSlack()
    app = http.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    played: Stage
    async with (
        TestServer(app) as server,
        Web(
            str(server.make_url("/api/")),
            clock=lambda: played.seconds(),  # noqa: PLW0108  there is no stage yet
            sleep=lambda seconds: played.sleep(seconds),  # noqa: PLW0108  as above
        ) as web,
    ):
        edge = _edge(lambda: played, web, known or workspaces())
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

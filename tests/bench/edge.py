"""Slack's door: what comes in acknowledged a second with its row on disk, against Bolt alone with no store.

Both sides get the same signed requests, 64 at a time, in one process: no server between them and us.
Events, buttons and forms take turns. Bolt has one listener for each kind, and never another's to pass by.
"""

import asyncio
import logging
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import App
from bot.domain.events import Event
from bot.messages.model import Quiet, Response
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.parse.values import Gone
from bot.platforms.slack.send.client import Web
from bot.rehearsal import example
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from prompts.book import load_prompts
from storage.store import open_store
from tests.bench.knocks import BOT_USER, KINDS, SECRET, TEAM, Kind, Request, request

AT_ONCE = 64
EVENTS = 1024
ANYTHING = re.compile(".*", re.DOTALL)

Door = Callable[[Any, Any, Any], Awaitable[None]]


class Measured(NamedTuple):
    """Requests a second of both sides, round by round; and our p99 in milliseconds."""

    bolt: list[float]
    ours: list[float]
    p99: float


def measure(folder: Path, rounds: int) -> dict[str, Measured]:
    """Measure each kind, and `all`: the time that as many of each take together."""
    return asyncio.run(_measure(folder, rounds))


async def _measure(folder: Path, rounds: int) -> dict[str, Measured]:
    store = open_store(f"sqlite:///{folder / 'edge.sqlite3'}")
    with store.begin() as unit:
        example.found(unit, "slack", Clock().now().date())
    app = App(store, load_prompts(), {}, Clock())
    app.start()
    async with AsyncExitStack() as stack:
        stack.callback(app.stop)
        ours, bolt = _ours(app, await stack.enter_async_context(Directory())), _bolt_alone()
        calm_collector()
        runs = [
            {kind: (await _play(bolt[kind], kind), await _play(ours, kind)) for kind in KINDS}
            for _ in range(rounds + 1)
        ][1:]  # the first round is practice
    measured = {kind: _summed([[run[kind]] for run in runs]) for kind in KINDS}
    return measured | {"all": _summed([list(run.values()) for run in runs])}


def _summed(rounds: list[list[tuple[list[float], list[float]]]]) -> Measured:
    """`rounds`: of each kind, how long each request took on both sides; the last says how long all took."""
    sides = [
        [EVENTS * len(kinds) / sum(pair[side][-1] for pair in kinds) for kinds in rounds] for side in (0, 1)
    ]
    taken = [one for kinds in rounds for pair in kinds for one in pair[1][:-1]]
    return Measured(sides[0], sides[1], statistics.quantiles(taken, n=100)[-1] * 1000)


class Directory(Web):
    """A Slack that knows everybody's name at once: what it would take is not ours to measure."""

    def client(self, token: str) -> AsyncWebClient:
        return _Names(token)


class _Names(AsyncWebClient):
    async def users_info(self, *, user: str, **_more: Any) -> Any:
        return {"user": {"id": user, "team_id": TEAM, "name": "lena"}}


def _ours(app: App, web: Web) -> Guard:
    workspace = Workspace(
        enterprise=None,
        team=TEAM,
        name="",
        token=SecretStr("xoxb-bench"),
        bot_id="B0NULAGE1",
        bot_user=BOT_USER,
    )

    async def dispatch(event: Event) -> Response:
        """Have it on disk. What is then said goes over the network, and Bolt alone says nothing."""
        await app.dispatch(event)
        return Quiet()

    async def gone(_gone: Gone) -> None:
        """Nobody goes while we measure."""

    async def given_up(_event: Event) -> bool:
        """Nothing is sent for the last time."""
        return False

    edge = Edge(
        dispatch=dispatch,
        workspaces=Workspaces(FixedWorkspace(workspace)),
        web=web,
        on_gone=gone,
        give_up=given_up,
    )
    return slack_asgi(edge, SecretStr(SECRET))


def _bolt_alone() -> dict[Kind, Door]:
    """Bolt as its documentation has it, with our way of authorizing: an app and a listener for each kind."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench", bot_id="B0NULAGE1", bot_user_id=BOT_USER
    )

    async def authorize() -> AuthorizeResult:
        return known

    async def taken(ack: AsyncAck) -> None:
        await ack()

    def app() -> AsyncApp:
        return AsyncApp(
            signing_secret=SECRET,
            logger=logging.getLogger("bench.bolt"),
            client=AsyncWebClient(retry_handlers=[]),
            authorize=authorize,
            process_before_response=True,
        )

    event, button, form = app(), app(), app()
    event.event(ANYTHING)(taken)
    button.action(ANYTHING)(taken)
    form.view(ANYTHING)(taken)
    path = "/slack/events"
    return {
        "event": AsyncSlackRequestHandler(event, path=path),
        "button": AsyncSlackRequestHandler(button, path=path),
        "form": AsyncSlackRequestHandler(form, path=path),
    }


async def _play(door: Door, kind: Kind) -> list[float]:
    """Knock with fresh requests, so many at once; return how long each took, and last how long all took."""
    requests = [request(kind) for _ in range(EVENTS)]
    waiting = iter(requests)
    taken: list[float] = []

    async def knock() -> None:
        for one in waiting:
            started = time.perf_counter()
            await _knock(door, one)
            taken.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(knock() for _ in range(AT_ONCE)))
    return [*taken, time.perf_counter() - started]


async def _knock(door: Door, request: Request) -> None:
    scope, body = request
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await door(scope, receive, send)
    assert statuses == [200], statuses

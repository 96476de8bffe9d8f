"""Slack's door: events acknowledged a second with their row on disk, against Bolt alone with no store.

Both sides get the same signed requests, 64 at a time, in one process: no server between them and us.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import App
from bot.platforms.slack.install.workspaces import FixedWorkspace, Workspace, Workspaces
from bot.platforms.slack.listen.edge import Edge, slack_asgi
from bot.platforms.slack.listen.guard import Guard
from bot.platforms.slack.send.client import Web
from bot.rehearsal import example
from bot.runtime.clock import Clock
from bot.runtime.collector import calm_collector
from prompts.book import load_prompts
from storage.store import open_store

SECRET, TEAM, BOT_USER = "8f742231b10e8888abcd99yyyzzz85a5", "T061EG9R6", "U0NULAGE1"
AT_ONCE = 64
EVENTS = 1024
ANYTHING = re.compile(".*", re.DOTALL)

Door = Callable[[Any, Any, Any], Awaitable[None]]
Request = tuple[dict[str, Any], bytes]
_stamps = count(1)


def measure(folder: Path, rounds: int) -> tuple[list[float], list[float], float]:
    """Return events a second of Bolt alone and of ours, round by round, and our p99 in milliseconds."""
    return asyncio.run(_measure(folder, rounds))


async def _measure(folder: Path, rounds: int) -> tuple[list[float], list[float], float]:
    store = open_store(f"sqlite:///{folder / 'edge.sqlite3'}")
    with store.begin() as unit:
        example.found(unit, "slack", Clock().now().date())
    app = App(store, load_prompts(), {}, Clock())
    app.start()
    async with AsyncExitStack() as stack:
        stack.callback(app.stop)
        web = await stack.enter_async_context(Web())
        bolt, ours = _bolt_alone(), _ours(app, web)
        calm_collector()
        runs: list[tuple[float, float]] = []
        times: list[float] = []
        for _ in range(rounds + 1):
            floor, (reached, taken) = (await _play(bolt))[0], await _play(ours)
            runs.append((floor, reached))
            times += taken
    floors, reached_all = zip(*runs[1:], strict=True)  # the first round is practice
    return list(floors), list(reached_all), statistics.quantiles(times[EVENTS:], n=100)[-1] * 1000


def _ours(app: App, web: Web) -> Guard:
    workspace = Workspace(
        enterprise=None,
        team=TEAM,
        name="",
        token=SecretStr("xoxb-bench"),
        bot_id="B0NULAGE1",
        bot_user=BOT_USER,
    )

    async def gone(*_told: str | None) -> None:
        """Nobody goes while we measure."""

    edge = Edge(app.dispatch, Workspaces(FixedWorkspace(workspace)), web, on_gone=gone)
    return slack_asgi(edge, SecretStr(SECRET))


def _bolt_alone() -> Door:
    """Bolt as its documentation has it, with our way of authorizing and as many listeners."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_token="xoxb-bench", bot_id="B0NULAGE1", bot_user_id=BOT_USER
    )

    async def authorize() -> AuthorizeResult:
        return known

    async def taken(body: dict[str, Any]) -> None:
        """Nothing to do: Bolt acknowledges."""

    app = AsyncApp(
        signing_secret=SECRET,
        logger=logging.getLogger("bench.bolt"),
        client=AsyncWebClient(retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
    )
    for listen in (app.event, app.action, app.command, app.view, app.view_closed, app.shortcut, app.options):
        listen(ANYTHING)(taken)
    return AsyncSlackRequestHandler(app, path="/slack/events")


async def _play(door: Door) -> tuple[float, list[float]]:
    """Knock with fresh requests, so many at once; return how many a second, and how long each took."""
    requests = [_request() for _ in range(EVENTS)]
    waiting = iter(requests)
    taken: list[float] = []

    async def knock() -> None:
        for request in waiting:
            started = time.perf_counter()
            await _knock(door, request)
            taken.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(knock() for _ in range(AT_ONCE)))
    return len(requests) / (time.perf_counter() - started), taken


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


def _request() -> Request:
    """Somebody's words in a channel, as Slack sends and signs them."""
    body = json.dumps(_said(f"{int(time.time())}.{next(_stamps):06d}"), ensure_ascii=False).encode()
    stamp = str(int(time.time()))
    proof = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "content-length": str(len(body)),
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={proof}",
    }
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": raw,
    }, body


def _said(ts: str) -> dict[str, Any]:
    words = "Vi prövade läsgrupperna igen. Fler vågar läsa högt, och två vill börja."
    inner = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A0PNCHHK2",
        "type": "event_callback",
        "event_id": f"Ev{ts}",
        "event_time": int(ts.partition(".")[0]),
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event": {
            "type": "message",
            "user": "U0LENA001",
            "ts": ts,
            "client_msg_id": "5f1f36a5-fc3b-4d4c-9f0f-6a4c1f3f9c11",
            "text": words,
            "team": TEAM,
            "blocks": [{"type": "rich_text", "block_id": "b1x", "elements": [inner]}],
            "channel": "C0LAG4600",
            "channel_type": "channel",
            "event_ts": ts,
        },
    }

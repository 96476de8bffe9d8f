"""A Web API that notes what it is asked, and answers as it is told to."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web as http

from tests.platforms.slack.recorded import BOT_USER, TEAM

JSON = "application/json"
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
    gate: asyncio.Event | None = None
    """Until it is set, no Home is published; `reached`: one was to be."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    hash: str = ""
    """Of the Home that stands there; another process of ours may change it."""
    rests: list[float] = field(default_factory=list)
    """What it answers the next publishings with, instead: to rest so many seconds."""
    draws: bool = True
    """Whether it has tables and charts of its own; else it takes no message with one."""
    hook_status: int = 400
    """What a `response_url` answers a message with that Slack does not take."""
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
        if method == "views.publish":
            self.reached.set()
            if self.gate:
                await self.gate.wait()
            if self.rests:
                headers = {"Retry-After": f"{self.rests.pop(0):g}"}
                return http.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            if self._is_old(body):
                return http.json_response({"ok": False, "error": "hash_conflict"})
        if method in self.silent:
            await asyncio.Event().wait()
        if method in self.breaks:
            return http.Response(status=self.breaks[method], text="<html>trasigt</html>")
        if not self.draws and '"data_' in json.dumps(body.get("blocks")):
            refused = {"ok": False, "error": "invalid_blocks"}
            return http.json_response(refused, status=self.hook_status if method == "hook" else 200)
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
            case "views.publish":
                self.hash = f"h{len(self.calls)}"
                return {"view": {"hash": self.hash}}
            case "conversations.open":
                return {"channel": {"id": f"D{body['users'][1:]}"}}
            case _:
                return {}

    def _is_old(self, body: Mapping[str, Any]) -> bool:
        return body.get("hash") not in {None, self.hash}

    def made(self, method: str) -> list[dict[str, Any]]:
        return [call.said for call in self.calls if call.method == method]

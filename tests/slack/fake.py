"""A Slack of our own on loopback: its Web API, its uploads, its response_urls and its sockets.

Every call is held against the published arguments (`methods`) and Slack's limits (`strict`); what does not
hold is answered as Slack would, and kept in `wrong`, which a test must find empty.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fake_server import serve
from tests.mischief import Mischief
from tests.slack.files_api import DOES
from tests.slack.methods import METHODS, NEEDS_APP_TOKEN, NEEDS_NO_TOKEN, faults_of
from tests.slack.mischief import ACCEPTS, Fault
from tests.slack.state import RESPONSE_URL_USES, Json, Post, Refused, Token, View, Workspace
from tests.slack.strict import message_problems, view_problems
from tests.slack.wire import Sockets

UPLOAD = "the upload"
"""What a fault calls the address that files are sent to, outside the Web API."""
IN_JSON = ("attachments", "blocks", "files", "metadata", "view")
ANSWER_KEYS = {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original"}
ANSWER_KEYS |= {"thread_ts", "unfurl_links", "unfurl_media", "mrkdwn", "parse"}


@dataclass
class Call:
    """One call that reached us, and what it came to: `ok`, Slack's error code, or the fault that struck."""

    method: str
    args: Json
    at: datetime
    came_to: str = ""


@dataclass
class FakeSlack:
    """Use it as `async with FakeSlack() as slack`; `slack.url` is the base address of its Web API."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    host: str = "127.0.0.1"
    calls: list[Call] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    mischief: Mischief[Fault] = field(default_factory=Mischief)

    def __post_init__(self) -> None:
        self.workspace = Workspace(self.clock)
        self.sockets = Sockets()
        self.address = ""
        self._closing = asyncio.Event()

    @property
    def url(self) -> str:
        return f"{self.address}/api/"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/api/{method}", self._called)
        app.router.add_post("/upload/{file}", self._uploaded)
        app.router.add_post("/respond/{name}", self._answered)
        app.router.add_get("/link/", self.sockets.connect)
        self._runner, self.address = await serve(app, self.host)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        await self.sockets.close()
        await self._runner.cleanup()

    def times(self, method: str, came_to: str = "") -> int:
        """How often a method was called (and came to this)."""
        return sum(call.method == method and came_to in {"", call.came_to} for call in self.calls)

    def take_message(self, said: Json) -> None:
        """A message that came back in an acknowledgement is held against the same limits."""
        problems = [f"unknown {name}" for name in set(said) - ANSWER_KEYS] + message_problems(said)
        self.wrong += [f"acknowledgement: {problem}" for problem in problems]

    def take_submission(self, view: View, answer: Json | None) -> None:
        """What becomes of a modal that was sent: it closes, shows its mistakes, or turns into another."""
        match answer:
            case None | {"response_action": "clear"}:
                if self.workspace.modals.get(view.user) is view:
                    del self.workspace.modals[view.user]
            case {"response_action": "errors", "errors": dict(errors)}:
                inputs = {block.get("block_id") for block in view.body["blocks"] if block["type"] == "input"}
                if not errors or set(errors) - inputs:
                    self.wrong.append(f"acknowledgement: errors for {set(errors) - inputs}")
                view.errors = errors
            case {"response_action": "update", "view": dict(body)}:
                self.wrong += [f"acknowledgement: {problem}" for problem in view_problems(body)]
                self.workspace.change(view, body)
            case other:
                self.wrong.append(f"acknowledgement: {other}")

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args, token = await _arguments(request)
        call = Call(method, args, self.clock())
        self.calls.append(call)
        fault = self.mischief.strikes(method, str(args.get("channel") or args.get("channel_id") or ""))
        if fault and fault.how not in ACCEPTS:
            call.came_to = fault.code or fault.how
            return self._failing(request, fault)
        answer = self._done(call, token)
        call.came_to = answer.get("error") or "ok"
        if fault is None:
            return web.json_response(answer, headers=self._granted(token))
        call.came_to = f"{call.came_to}, {fault.how}"
        if fault.how == "stall":
            await self._closing.wait()
        return web.Response(text="<html>502") if fault.how == "garbage" else _cut(request)

    def _failing(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        match fault.how:
            case "rate":
                seconds = {"Retry-After": f"{fault.retry_after:g}"}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=seconds)
            case "error":
                return web.json_response({"ok": False, "error": fault.code})
            case "http":
                problem = {"ok": False, "error": fault.code or "internal_error"}
                return web.json_response(problem, status=fault.status)
            case "html":
                page = "<html><body><h1>Bad Gateway</h1></body></html>"
                return web.Response(text=page, content_type="text/html", status=fault.status)
            case _:
                return _cut(request)

    def _done(self, call: Call, bearer: str) -> Json:
        """Check the call as Slack does, let it have its effect, and say what came of it."""
        method, args = call.method, call.args
        try:
            token = self._token(method, bearer)
            self._check(method, args)
            answer = DOES[method](self.workspace, args, token)
        except Refused as refused:
            if refused.code in {"invalid_arguments", "unknown_method"}:
                self.wrong.append(f"{method}: {refused.code} {refused.more}")
            return {"ok": False, "error": refused.code, **refused.more}
        named = json.dumps(answer, ensure_ascii=False)
        socket = self.address.replace("http", "ws", 1)
        whole: Json = json.loads(named.replace("{base}", self.address).replace("{socket}", socket))
        return {"ok": True, **whole}

    def _token(self, method: str, bearer: str) -> Token:
        if method in NEEDS_NO_TOKEN:
            return Token("", frozenset())
        if not bearer:
            raise Refused("not_authed")
        token = self.workspace.tokens.get(bearer)
        if token is None:
            raise Refused("invalid_auth")
        if (token.kind == "app") != (method in NEEDS_APP_TOKEN):
            raise Refused("not_allowed_token_type")
        needed = METHODS[method].scopes if method in METHODS else frozenset()
        if needed and not needed & token.scopes:
            provided = ",".join(sorted(token.scopes))
            raise Refused("missing_scope", needed=",".join(sorted(needed)), provided=provided)
        return token

    def _granted(self, bearer: str) -> dict[str, str]:
        """Slack tells a token's scopes with every answer."""
        token = self.workspace.tokens.get(bearer)
        return {"x-oauth-scopes": ",".join(sorted(token.scopes))} if token else {}

    def _check(self, method: str, args: Json) -> None:
        if method not in DOES:
            raise Refused("unknown_method")
        problems = faults_of(method, frozenset(args))
        if method in {"chat.postMessage", "chat.postEphemeral", "chat.update"}:
            problems += message_problems(args, update=method == "chat.update")
        if method.startswith("views."):
            problems += view_problems(args.get("view") or {})
        if problems:
            raise Refused("invalid_arguments", response_metadata={"messages": problems})

    async def _uploaded(self, request: web.Request) -> web.StreamResponse:
        if fault := self.mischief.strikes(UPLOAD, ""):
            return self._failing(request, fault)
        file = self.workspace.files.get(request.match_info["file"])
        body = await request.read()
        if request.content_type.startswith("multipart/"):
            raise web.HTTPUnsupportedMediaType(text="send the bytes")
        if file is None or len(body) != file["length"]:
            raise web.HTTPBadRequest(text="not what was announced")
        file["content"] = body
        return web.Response(text=f"OK - {len(body)}")

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        """Somebody's response_url: five times, ephemeral unless it says otherwise."""
        known = self.workspace.response_urls.get(request.match_info["name"])
        said = await request.json()
        self.calls.append(Call("response_url", said, self.clock(), "ok"))
        if fault := self.mischief.strikes("response_url", known.channel if known else ""):
            return self._failing(request, fault)
        if known is None or known.used >= RESPONSE_URL_USES:
            return web.Response(text="used_url", status=404)
        known.used += 1
        problems = [f"unknown {name}" for name in set(said) - ANSWER_KEYS] + message_problems(said)
        if problems and not said.get("delete_original"):
            self.wrong.append(f"response_url: {problems}")
            return web.Response(text="invalid_payload", status=400)
        self.workspace.answer(known, said)
        return web.Response(text="ok")


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _arguments(request: web.Request) -> tuple[Json, str]:
    """The arguments however they were sent, and the token wherever it stood."""
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json() if request.can_read_body else {}
    elif request.can_read_body:
        args |= {name: str(value) for name, value in (await request.post()).items()}
    for name in IN_JSON:
        if isinstance(args.get(name), str):
            args[name] = json.loads(args[name])
    bearer = args.pop("token", "") or _bearer(request.headers)
    return args, str(bearer)


def _bearer(headers: Mapping[str, str]) -> str:
    said = headers.get("Authorization", "")
    return "" if said.startswith("Basic ") else said.removeprefix("Bearer ")


def posts_with(slack: FakeSlack, words: str) -> list[Post]:
    """What the bot has said, and still stands, that holds these words."""
    return [
        post
        for post in slack.workspace.from_bot()
        if words in f"{post.text} {json.dumps(post.blocks, ensure_ascii=False)}"
    ]

"""Who may come in: this computer, with the token, from our own pages, and with no more than 1 MB."""

import hashlib
import logging
import secrets
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.platforms.web import render
from bot.platforms.web.refused import Refused

LONGEST_BODY = 1_000_000
ENTRANCE = "/t/"
FILES = "/fil/"
BY_SCRIPT = "x-provrum"
SAFE = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
UNFORESEEN = Refused(500, "Något gick fel i provrummet.", "Ladda om sidan och försök igen.")
LOG = logging.getLogger(__name__)


def local_hosts(port: int) -> frozenset[str]:
    """Return the names this computer has for itself, as a browser writes them in `Host`."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))


class Door:
    """Checks host, token, origin and size before anything else sees a request, and dresses all answers.

    The first visit is `/t/TOKEN`: it leaves the token in a cookie and goes on to `/`, so that the
    token stays out of later addresses and of every Referer.
    """

    def __init__(self, app: ASGIApp, token: str, hosts: Collection[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self._cookie = "provrum-" + hashlib.sha256(token.encode()).hexdigest()[:12]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    answer.setdefault(name, value)
                answer.setdefault("cache-control", "no-store")
            await send(message)

        try:
            entered = self._enter(scope, headers)
            if entered is not None:
                await entered(scope, receive, dressed)
                return
            whole = await _read(headers, receive) if scope["method"] == "POST" else receive
        except Refused as refused:
            await refusal(headers, refused)(scope, receive, dressed)
            return
        try:
            await self._app(scope, whole, dressed)
        except Exception:
            LOG.exception("provrum_failed")
            if not started:
                await refusal(headers, UNFORESEEN)(scope, receive, dressed)

    def _enter(self, scope: Scope, headers: Headers) -> Response | None:
        """Return an answer of the door's own, None where the request may pass, or refuse."""
        if headers.get("host", "") not in self._hosts:
            raise Refused(
                421, "Den här adressen leder inte till provrummet.", "Använd adressen i terminalfönstret."
            )
        path = scope["path"]
        if path.startswith(FILES):
            return None
        if path.startswith(ENTRANCE):
            return self._welcome(path.removeprefix(ENTRANCE))
        if not self._same(HTTPConnection(scope).cookies.get(self._cookie, "")):
            raise Refused(403, "Provrummet vet inte vem du är.", "Öppna adressen i terminalfönstret.")
        if scope["method"] not in {"GET", "HEAD"} and not _own_page(headers):
            raise Refused(403, "Det här kom från en annan sida.", "Ladda om provrummet och försök igen.")
        return None

    def _welcome(self, claim: str) -> Response:
        if not self._same(claim):
            raise Refused(403, "Adressen är för gammal.", "Öppna den senaste adressen i terminalfönstret.")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _same(self, claim: str) -> bool:
        return secrets.compare_digest(claim.encode("utf-8", "replace"), self._token.encode())


def refusal(headers: Headers, refused: Refused) -> Response:
    """Say no: as a page, or as data where our own script asked."""
    if BY_SCRIPT in headers:
        return JSONResponse({"problem": " ".join(refused.parts)}, status_code=refused.status)
    return Response(render.problem(*refused.parts), status_code=refused.status, media_type="text/html")


def by_script(request: Request) -> bool:
    return BY_SCRIPT in request.headers


def _own_page(headers: Headers) -> bool:
    """Say whether a request comes from our own page.

    With `Referrer-Policy: no-referrer` a plain form sends `Origin: null` (Fetch, "append a request
    `Origin` header"); then the browser's own word, `Sec-Fetch-Site`, decides.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = headers.get("origin")
    if origin in {None, "null"}:
        return site == "same-origin"
    return origin == f"http://{headers['host']}"


async def _read(headers: Headers, receive: Receive) -> Receive:
    """Read the body within bounds, and return what gives it out again."""
    too_big = Refused(413, "Det var för mycket på en gång.", "Dela upp texten och försök igen.")
    announced = headers.get("content-length", "0")
    if not announced.isascii() or not announced.isdigit() or int(announced) > LONGEST_BODY:
        raise too_big
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST_BODY:
            raise too_big
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again

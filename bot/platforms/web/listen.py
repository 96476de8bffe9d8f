"""The provrum's doors: which address leads where. `build_app` is what the composition root calls."""

import asyncio
from collections.abc import Collection
from urllib.parse import quote

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.messages import charts
from bot.messages.model import Chart, Document
from bot.messages.written import WORD, can_write, written
from bot.platforms.web import gestures, render
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.door import Door, by_script, refusal
from bot.platforms.web.gestures import come_in
from bot.platforms.web.refused import Refused
from bot.platforms.web.stage import Engine, Stage
from bot.platforms.web.stream import Window
from bot.platforms.web.windows import MANY, MOST, Asked, Provrum, alone, chat_page, wind

FILES = {
    "provrum.css": "text/css",
    "ikon.svg": "image/svg+xml",
    **{f"{name}.js": "text/javascript" for name in render.SCRIPTS},
}
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""A picture's own policy: opened by itself it runs nothing and fetches nothing."""
ELSEWHERE = "Samma meddelande på andra plattformar"
PING = 15
LONG = 9
"""Digits of a number too large to be meant."""
SLOW = 20.0
"""Seconds a window may take to read one event before it is dropped."""


def build_app(
    stage: Stage, chat: ChatLog, engine: Engine, *, token: str, hosts: Collection[str]
) -> Starlette:
    """Put the provrum together. People start at `/t/TOKEN`; `hosts` is what `Host` may say."""
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Door, token=token, hosts=hosts)],
        exception_handlers={Refused: _refused, HTTPException: _not_found},
    )
    app.state.room = Provrum(stage, chat, engine)
    return app


def _routes() -> list[Route]:
    me = "/som/{slug}"
    return [
        Route("/", _start),
        Route("/fil/{name}", _file),
        Route(me, _home),
        Route(me + "/kanal/{name}", _chat),
        Route(me + "/direkt", _chat),
        Route(me + "/rad/{reference}", _line),
        Route(me + "/rad/{reference}/annanstans", _elsewhere),
        Route(me + "/bild/{reference}/{index:int}.svg", _picture),
        Route(me + "/dokument/{reference}/{index:int}", _document),
        Route(me + "/flode", _stream),
        Route(me + "/formular/{name}", _form),
        Route(me + "/andra/{reference}", _mend),
        Route(me + "/spola", _wind),
        Route(me + "/borja-om", _over),
        Route(me + "/guide", _guide),
        Route(me + "/skriv", gestures.write, methods=["POST"]),
        Route(me + "/tryck", gestures.press, methods=["POST"]),
        Route(me + "/formular/{name}", gestures.submit, methods=["POST"]),
        Route(me + "/andra/{reference}", gestures.mend, methods=["POST"]),
        Route(me + "/spola", gestures.wind_forward, methods=["POST"]),
        Route(me + "/borja-om", gestures.start_over, methods=["POST"]),
    ]


async def _start(request: Request) -> Response:
    return HTMLResponse(render.page("start", stage=request.app.state.room.stage))


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    kept = {"cache-control": "private, max-age=31536000, immutable"}
    return Response(render.file_bytes(name), media_type=FILES[name], headers=kept)


async def _home(request: Request) -> Response:
    viewer = come_in(request)[1]
    return RedirectResponse(viewer.room(viewer.rooms[0]), 303)


async def _chat(request: Request) -> Response:
    room, viewer = come_in(request)
    address = viewer.address(request.path_params.get("name"))
    if address is None:
        raise Refused(404, "Den platsen finns inte för dig.", "Välj en plats i listan.")
    many = request.query_params.get("antal", "")
    wanted = int(many) if many.isascii() and many.isdigit() and len(many) < LONG else MANY
    thread = request.query_params.get("trad", "")
    if by_script(request) and room.chat.line(thread) is None:
        thread = ""  # a window that renews itself, beside a thread that is no longer there
    return HTMLResponse(chat_page(room, viewer, address, Asked(thread, max(MANY, min(wanted, MOST)))))


async def _line(request: Request) -> Response:
    """Lead to where a line stands: what a quote links to."""
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    return RedirectResponse(f"{viewer.room(line.address, line.thread)}#rad-{line.reference}", 303)


async def _elsewhere(request: Request) -> Response:
    """Show the payload that other platforms get for the same message."""
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    if line.message is None or line.removed:
        raise Refused(404, "Det meddelandet är inte från boten.", "Välj ett av botens meddelanden.")
    payloads = room.engine.elsewhere(line.message)
    return _inside(request, ELSEWHERE, render.page("elsewhere", viewer=viewer, line=line, payloads=payloads))


async def _picture(request: Request) -> Response:
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    blocks = line.message.blocks if line.message else ()
    index = request.path_params["index"]
    chart = blocks[index] if index < len(blocks) else None
    if not isinstance(chart, Chart):
        raise Refused(404, "Diagrammet finns inte kvar.", "Ladda om sidan. Siffrorna finns i tabellen.")
    kept = {"cache-control": "private, max-age=3600", "content-security-policy": ALONE}
    return Response(charts.svg(chart), media_type="image/svg+xml", headers=kept)


async def _document(request: Request) -> Response:
    """Write the Word file that a line holds, for whoever can see the line."""
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    blocks = line.message.blocks if line.message else ()
    index = request.path_params["index"]
    block = blocks[index] if index < len(blocks) else None
    if not isinstance(block, Document) or not can_write():
        raise Refused(404, "Filen finns inte kvar.", "Tryck på Hämta en kopia en gång till.")
    name = f"attachment; filename*=UTF-8''{quote(block.filename, safe='')}"
    kept = {"content-disposition": name, "cache-control": "no-store", "content-security-policy": ALONE}
    return Response(await asyncio.to_thread(written, block), media_type=WORD, headers=kept)


async def _stream(request: Request) -> Response:
    room, viewer = come_in(request)
    asked = request.query_params
    after = request.headers.get("last-event-id") or asked.get("efter", "")
    window = Window(room, viewer, asked.get("plats", ""), after)
    return EventSourceResponse(window.events(), ping=PING, send_timeout=SLOW)


async def _form(request: Request) -> Response:
    room, viewer = come_in(request)
    opened = room.opened(viewer, request.path_params["name"])
    return _inside(request, opened.form.title, render.form(viewer, opened))


async def _mend(request: Request) -> Response:
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    inside = render.page("mend", viewer=viewer, line=line, draft=line.text, trouble="")
    return _inside(request, "Ändra ditt meddelande", inside)


async def _wind(request: Request) -> Response:
    room, viewer = come_in(request)
    return _inside(request, "Spola fram", wind(room, viewer, await room.engine.next_stops()))


async def _over(request: Request) -> Response:
    return _inside(request, "Börja om", render.page("over", viewer=come_in(request)[1]))


async def _guide(request: Request) -> Response:
    return _inside(request, "Så provar du", render.page("guide", viewer=come_in(request)[1]))


def _inside(request: Request, title: str, html: str) -> Response:
    return HTMLResponse(html if by_script(request) else alone(title, html))


async def _refused(request: Request, refused: Exception) -> Response:
    if not isinstance(refused, Refused):
        raise refused
    return refusal(request.headers, refused)


async def _not_found(request: Request, missing: Exception) -> Response:
    status = missing.status_code if isinstance(missing, HTTPException) else 404
    found = Refused(status, "Den sidan finns inte.", "Gå till provrummet och välj i listan.")
    return refusal(request.headers, found)

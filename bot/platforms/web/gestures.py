"""What people do in a window: write, press, fill in, change, wind the clock. Each becomes one event."""

import logging
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.domain.events import Event
from bot.domain.school import Place
from bot.messages.model import Form, Open, Quiet, Say
from bot.platforms.filling import as_left
from bot.platforms.legible import kept
from bot.platforms.web import parse, render
from bot.platforms.web.door import by_script
from bot.platforms.web.lines import Draft
from bot.platforms.web.refused import Refused
from bot.platforms.web.stage import is_direct
from bot.platforms.web.view import Viewer
from bot.platforms.web.windows import Asked, Provrum, Written, alone, chat_page, wind

LOG = logging.getLogger(__name__)
FARTHEST = timedelta(days=731)
UNSAVED = 422


async def write(request: Request) -> Response:
    """Words in a channel, a thread or the direct chat, or a command."""
    room, viewer = come_in(request)
    fields = parse.fields(await request.body())
    address, thread = parse.one(fields, "plats"), parse.one(fields, "trad")
    if address not in viewer.rooms:
        raise Refused(404, "Den platsen finns inte för dig.", "Välj en plats i listan.")
    root = room.root(viewer, address, thread)
    act = parse.act(viewer.persona, fields, room.now())
    text = kept(parse.one(fields, "text"))
    trouble = parse.problem_with(text)
    if trouble:
        if by_script(request):
            return JSONResponse({"problem": trouble})
        asked = Asked(thread, written=Written(text, trouble))
        return HTMLResponse(chat_page(room, viewer, address, asked), UNSAVED)
    command = parse.is_command(text)
    draft = Draft(
        address=address,
        at=act.at,
        key=act.id,
        thread=root.reference if root else None,
        author=act.slug,
        only_to=viewer.persona.person if command and not is_direct(address) else None,
        text=text,
    )
    line = room.chat.post(draft)
    event = parse.commanded(act, line) if command else parse.replied(act, line)
    return await _tell(request, event, line.place)


async def press(request: Request) -> Response:
    room, viewer = come_in(request)
    fields = parse.fields(await request.body())
    act = parse.act(viewer.persona, fields, room.now())
    line = room.visible(viewer, parse.one(fields, "rad"))
    return await _tell(request, parse.pressed(act, line, parse.one(fields, "svar")), line.place)


async def submit(request: Request) -> Response:
    """A whole form. What is plainly missing is said here; the rest is for the bot to judge."""
    room, viewer = come_in(request)
    opened = room.opened(viewer, request.path_params["name"])
    fields = parse.fields(await request.body())
    act = parse.act(viewer.persona, fields, room.now())
    values = parse.answers(opened.form, fields)
    wrong = parse.mistakes(opened.form, values)
    if wrong:
        again = opened.but(form=as_left(opened.form, values).but(errors=wrong))
        return _unsaved(request, again.form.title, render.form(viewer, again))
    response = await _dispatch(room, parse.submitted(act, opened, values, room.stage.names))
    match response:
        case Open(form=form) if form.errors:
            filled = as_left(form, values)
            shown = room.hold(viewer, opened.place, filled)
            return _unsaved(request, filled.title, render.form(viewer, shown))
        case Say(message=message, became="failed"):  # nothing is saved: the words stay where they stand
            filled = as_left(opened.form, values).but(errors={"": message.title})
            again = opened.but(form=filled)
            return _unsaved(request, filled.title, render.form(viewer, again))
        case _:
            return _answer(request, response, opened.place, act.id)


async def mend(request: Request) -> Response:
    """Change or remove words of one's own."""
    room, viewer = come_in(request)
    line = room.visible(viewer, request.path_params["reference"])
    fields = parse.fields(await request.body())
    act = parse.act(viewer.persona, fields, room.now())
    if line.author != act.slug or parse.is_command(line.text):
        raise Refused(403, "Det går bara att ändra det du själv har skrivit.", "Gå tillbaka till chatten.")
    text = None if parse.one(fields, "gor") == "ta-bort" else kept(parse.one(fields, "text"))
    trouble = parse.problem_with(text) if text is not None else None
    if trouble:
        inside = render.page("mend", viewer=viewer, line=line, draft=text, trouble=trouble)
        return _unsaved(request, "Ändra ditt meddelande", inside)
    if room.chat.update(line.reference, act.at, text) is None:
        raise Refused(404, "Meddelandet finns inte kvar.", "Gå tillbaka och ladda om sidan.")
    return await _tell(request, parse.rewritten(act, line, text), line.place)


async def wind_forward(request: Request) -> Response:
    room, viewer = come_in(request)
    fields = parse.fields(await request.body())
    moment, now = parse.moment(fields, room.stage.zone), room.now()
    if moment is None:
        trouble = "Det är ingen tid. Välj en dag och ett klockslag. Inget har ändrats."
    elif moment <= now:
        trouble = "Den tiden har redan varit. Välj en senare tid. Inget har ändrats."
    elif moment - now > FARTHEST:
        trouble = "Det är för långt fram. Välj en tid inom två år. Inget har ändrats."
    else:
        await room.engine.wind_to(moment)
        room.chat.nudge()
        return _done(request, viewer.home)
    stops = await room.engine.next_stops()
    return _unsaved(request, "Spola fram", wind(room, viewer, stops, trouble))


async def start_over(request: Request) -> Response:
    room, viewer = come_in(request)
    await room.engine.start_over()
    room.chat.nudge()
    if by_script(request):
        return JSONResponse({"ga": viewer.home})
    return RedirectResponse(viewer.home, 303)


def come_in(request: Request) -> tuple[Provrum, Viewer]:
    room: Provrum = request.app.state.room
    return room, room.viewer(request.path_params["slug"])


async def _tell(request: Request, event: Event, where: Place) -> Response:
    return _answer(request, await _dispatch(request.app.state.room, event), where, event.id)


async def _dispatch(room: Provrum, event: Event) -> Quiet | Say | Open:
    try:
        return await room.engine.dispatch(event)
    except Exception as failed:
        LOG.exception("dispatch_failed")
        raise Refused(
            503, "Boten svarar inte just nu.", "Försök igen om en stund.", "Det du skrev är kvar."
        ) from failed


def _answer(request: Request, response: Quiet | Say | Open, where: Place, id_: str) -> Response:
    """Give the bot's direct answer to the one who acted."""
    room, viewer = come_in(request)
    match response:
        case Open(form=form):
            return _open(request, room, where, form)
        case Say(message=message):
            draft = Draft(
                address=where.address,
                at=room.now(),
                key=f"{id_}:svar",
                thread=where.thread,
                only_to=None if is_direct(where.address) else viewer.persona.person,
                message=message,
            )
            room.chat.post(draft)
        case Quiet():
            pass
    return _done(request, viewer.room(where.address, where.thread))


def _open(request: Request, room: Provrum, where: Place, form: Form) -> Response:
    viewer = come_in(request)[1]
    opened = room.hold(viewer, where, form)
    if by_script(request):
        return JSONResponse({"dialog": render.form(viewer, opened)})
    return RedirectResponse(f"{viewer.home}/formular/{opened.id}", 303)


def _done(request: Request, back: str) -> Response:
    return JSONResponse({"klart": True}) if by_script(request) else RedirectResponse(back, 303)


def _unsaved(request: Request, title: str, html: str) -> Response:
    """Show a dialog again with what must change: in the dialog, or as a page where scripts are off."""
    if by_script(request):
        return JSONResponse({"dialog": html})
    return HTMLResponse(alone(title, html), UNSAVED)

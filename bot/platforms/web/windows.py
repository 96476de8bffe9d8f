"""Whole pages: what a window needs to know before it is drawn."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.domain.school import Place
from bot.messages.model import Form
from bot.platforms.web import render, times
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.lines import Line, OpenForm
from bot.platforms.web.refused import Refused
from bot.platforms.web.stage import Engine, Stage, is_direct
from bot.platforms.web.view import Shown, Viewer, shown

MANY = 150
MOST = 3000
"""Lines: so many are shown at first, so many more for each "Visa äldre", and never more than this."""


@dataclass(frozen=True)
class Provrum:
    """The three things every route needs."""

    stage: Stage
    chat: ChatLog
    engine: Engine

    def viewer(self, slug: str) -> Viewer:
        persona = self.stage.persona(slug)
        if persona is None:
            raise Refused(404, "Den personen finns inte i provrummet.", "Välj någon annan på första sidan.")
        return Viewer(persona, self.stage, self.engine.speaks)

    def now(self) -> datetime:
        return self.engine.now().astimezone(self.stage.zone)

    def visible(self, viewer: Viewer, reference: str) -> Line:
        line = self.chat.line(reference)
        if line is None or not viewer.sees(line):
            raise Refused(404, "Meddelandet finns inte kvar.", "Gå tillbaka och ladda om sidan.")
        return line

    def opened(self, viewer: Viewer, name: str) -> OpenForm:
        opened = self.chat.form(name, viewer.persona.slug)
        if opened is None:
            raise Refused(404, "Formuläret finns inte kvar.", "Gå tillbaka och öppna det igen.")
        return opened

    def root(self, viewer: Viewer, address: str, reference: str) -> Line | None:
        """Return the line a thread hangs under, None where no thread is meant."""
        if not reference:
            return None
        line = self.visible(viewer, reference)
        if line.address != address or line.thread is not None or line.only_to is not None:
            raise Refused(404, "Tråden finns inte här.", "Gå tillbaka och öppna den igen.")
        return line

    def hold(self, viewer: Viewer, where: Place, form: Form) -> OpenForm:
        """Keep a form that has been opened somewhere."""
        slug = viewer.persona.slug
        name = self.chat.keep_form(slug, where.address, where.thread, form)
        return OpenForm(id=name, slug=slug, address=where.address, thread=where.thread, form=form)


@dataclass(frozen=True)
class Written:
    """Words that could not be sent, and why."""

    text: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Asked:
    """Which part of a place a window wants: the thread beside it, and how far back."""

    thread: str = ""
    many: int = MANY
    written: Written = field(default_factory=Written)


def chat_page(room: Provrum, viewer: Viewer, address: str, asked: Asked) -> str:
    """Draw a place, with a thread beside it where one is open."""
    thread, written = asked.thread, asked.written
    chat = room.chat
    epoch, after = chat.position()
    root = room.root(viewer, address, thread)
    lines = chat.lines(address, limit=asked.many)
    counts = chat.replies(address, viewer.persona.person)
    values: dict[str, Any] = {
        "viewer": viewer,
        "room": _room(room, viewer, address, unread=0),
        "rooms": [
            _room(room, viewer, one, 0 if one == address else _unread(room, viewer, one))
            for one in viewer.rooms
        ],
        "lines": list(shown(lines, viewer, counts)),
        "older": asked.many + MANY if len(lines) == asked.many < MOST else 0,
        "root": Shown(root, viewer, anchor=False) if root else None,
        "replies": list(shown(chat.lines(address, thread, MOST), viewer, {})) if root else [],
        "after": f"{epoch}-{after}",
        "now": clock(room),
        "line": render.line,
        "draft": written.text,
        "trouble": written.trouble,
    }
    chat.mark_seen(viewer.persona.slug, address)
    return render.page("chat", **values)


def clock(room: Provrum) -> dict[str, Any]:
    now = room.now()
    return {
        "at": now,
        "day": times.day(now),
        "short": times.short(now),
        "time": times.time(now),
        "week": times.week(now),
    }


def wind(room: Provrum, viewer: Viewer, stops: tuple[tuple[str, datetime], ...], trouble: str = "") -> str:
    """Draw the inside of "Spola fram"."""
    zone = room.stage.zone
    now = room.now()
    told = [(label, moment, times.moment(moment.astimezone(zone), now.year)) for label, moment in stops]
    shows = {"day": now.date().isoformat(), "time": times.time(now)}
    return render.page("wind", viewer=viewer, stops=told, trouble=trouble, **shows)


def alone(title: str, inside: str) -> str:
    """Draw what is otherwise inside a dialog as a page of its own."""
    return render.page("alone", title=title, inside=Markup(inside))  # noqa: S704  our own templates made it, with autoescape


def _unread(room: Provrum, viewer: Viewer, address: str) -> int:
    return room.chat.unread(viewer.persona.slug, viewer.persona.person, address)


def _room(room: Provrum, viewer: Viewer, address: str, unread: int) -> dict[str, Any]:
    channel = room.stage.channel(address)
    members = [room.stage.persona(slug) for slug in channel.members] if channel else []
    return {
        "address": address,
        "name": viewer.called(address).removeprefix("#"),
        "url": viewer.room(address),
        "direct": is_direct(address),
        "unread": unread,
        "about": ", ".join(one.name for one in members if one) if channel else "Bara du och boten",
    }

"""What happens, as it happens: one stream of server-sent events for each window."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import TypedDict

from bot.log import log
from bot.platforms.web import render
from bot.platforms.web.lines import Line
from bot.platforms.web.view import Shown, Viewer
from bot.platforms.web.windows import Provrum, clock

DIGITS = 18
"""A longer number fits in no position of ours."""
BEHIND = 200
"""A window further behind than this is told to reload: nothing queues up for a slow one."""
PATIENCE = 5.0
"""Seconds between looks at the clock when nothing else happens."""

RETRY = 1000
"""Milliseconds that a browser waits before it asks again: we are on the same computer, and soon back."""


class Event(TypedDict):
    """One server-sent event; `data` is JSON."""

    event: str
    id: str
    data: str
    retry: int


class Window:
    """One window's stream: where it stands, and what it shows.

    Nothing is queued for it. It is woken, reads what has changed since the last number it sent, and
    that number is the id its browser comes back with after a break.
    """

    def __init__(self, room: Provrum, viewer: Viewer, address: str, after: str) -> None:
        self._room = room
        self._viewer = viewer
        self._address = address
        self._epoch, self._after = _position(after)
        self._clock = ""

    async def events(self) -> AsyncIterator[Event]:
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(woken.set)

        with self._room.chat.watching(wake):
            while True:
                woken.clear()
                for event in self._news():
                    yield event
                    if event["event"] == "om":
                        return
                try:
                    async with asyncio.timeout(PATIENCE):
                        await woken.wait()
                except TimeoutError:
                    continue

    def _news(self) -> Iterator[Event]:
        epoch, newest = self._room.chat.position()
        lines = self._room.chat.changes(self._after, BEHIND + 1)
        if epoch != self._epoch or len(lines) > BEHIND or self._after > newest:
            yield _event("om", {}, f"{epoch}-{newest}")
            return
        for line in lines:
            self._after = line.change
            if self._viewer.sees(line) and (event := self._told(line)):
                yield event
        shows = clock(self._room)
        words = render.clock(shows)
        if words != self._clock:
            self._clock = words
            yield _event("klocka", {"html": words}, f"{self._epoch}-{self._after}")

    def _told(self, line: Line) -> Event | None:
        """None for a line that cannot be shown at all: whoever waited for it would hear nothing more."""
        where = f"{self._epoch}-{line.change}"
        chat, persona = self._room.chat, self._viewer.persona
        if line.address != self._address:
            count = chat.unread(persona.slug, persona.person, line.address)
            return _event("olasta", {"plats": line.address, "antal": count}, where)
        chat.mark_seen(persona.slug, line.address)
        replies = chat.replies(line.address, persona.person).get(line.reference, 0)
        try:
            html = render.line(Shown(line, self._viewer, replies))
        except Exception:
            log.exception("line_left_out", action="web.line_left_out", key=line.reference)
            return None
        return _event("rad", {"rad": line.reference, "trad": line.thread or "", "html": html}, where)


def _event(kind: str, data: dict[str, object], where: str) -> Event:
    return {"event": kind, "id": where, "data": json.dumps(data), "retry": RETRY}


def _position(after: str) -> tuple[int, int]:
    """Read where a window stands; one that does not know is told to reload."""
    epoch, _, number = after.partition("-")
    if all(part.isascii() and part.isdigit() and len(part) <= DIGITS for part in (epoch, number)):
        return int(epoch), int(number)
    return -1, 0

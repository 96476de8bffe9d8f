"""A school whose bot runs now and then, and whose store is copied and laid back."""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from bot.app import App
from bot.domain.school import Place
from bot.messages.model import Message
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal import example
from bot.runtime.clock import frozen
from handlers.restoring import Restored, on_restored
from storage.backup.copying import back_up
from storage.backup.laying import lay_back
from storage.post.outbox import Promised, promise
from storage.store import open_store
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.faults.lasting import FilePlatform
from tests.play import prompts
from tests.postgres import Server

COPIED = datetime(2026, 11, 23, 22, tzinfo=ZoneInfo("Europe/Stockholm"))
SENT = COPIED + timedelta(hours=13)
RESTORED = COPIED + timedelta(hours=15, minutes=10)
KEYS = [f"check_in:{number}" for number in range(3)]
TEAMS = (example.TEAM_46, example.TEAM_79, example.FRITIDS)
LOST = "Svar från måndag 23 november kl. 22.00 till tisdag 24 november kl. 13.10 saknas"


class Back(Protocol):
    """Lays the copy back at a moment; returns the store's address, and what that came to."""

    def __call__(self, at: datetime = ...) -> tuple[str, Restored]: ...


class Days(NamedTuple):
    """A school whose bot runs now and then; `chat` outlives every store. `copy` and `back` are one copy."""

    url: str
    chat: FilePlatform
    copy: Callable[[], None]
    back: Back

    def change(self, work: Callable[[UnitOfWork], object]) -> None:
        with closing(open_store(self.url)) as store, store.begin() as unit:
            work(unit)

    def posted(self) -> Counter[str]:
        return Counter(one.key for one in self.chat.entries())

    def told(self) -> list[tuple[str, str]]:
        return [
            (one.place.address, one.message.title) for one in self.chat.entries() if "@" in one.place.address
        ]


def run(url: str, chat: FilePlatform, *moments: datetime) -> None:
    """The bot works at these moments: a minute passes, and what is due is carried."""
    store = open_store(url)
    app = App(store, prompts(), {PLATFORM: chat}, frozen(moments[0]))
    app.start()

    async def work() -> None:
        for moment in moments:
            app.clock.wind_to(moment)
            await app.tick()
            await app.settle()

    try:
        asyncio.run(work())
    finally:
        app.stop()


def begin(unit: UnitOfWork, at: datetime = RESTORED) -> Restored:
    return on_restored(unit, prompts(), at)


def in_file(tmp_path: Path) -> tuple[str, Callable[[], None], Back]:
    database, copy = tmp_path / "nulage.sqlite3", tmp_path / "copy"
    url = f"sqlite:///{database}"

    def back(at: datetime = RESTORED) -> tuple[str, Restored]:
        return url, lay_back(copy, database, at, partial(begin, at=at))[1]

    def copied() -> None:
        back_up(database, copy, COPIED)

    return url, copied, back


def on_server(server: Server) -> tuple[str, Callable[[], None], Back]:
    """PostgreSQL copies a database as pg_dump and pg_restore do: whole, and as of one moment."""
    url = server.at_head()
    copies: list[str] = []

    def name(one: str) -> str:
        return one.partition("@/")[2].partition("?")[0]

    def back(at: datetime = RESTORED) -> tuple[str, Restored]:
        anew = server.database(like=name(copies[0]))
        with closing(open_store(anew)) as store, store.begin() as unit:
            return anew, begin(unit, at)

    return url, lambda: copies.append(server.database(like=name(url))), back


def questions(unit: UnitOfWork) -> None:
    for key, team in zip(KEYS, TEAMS, strict=True):
        asked = Promised(
            key=key,
            message_class="critical",
            concerns=key,
            place=Place(platform=PLATFORM, address=f"#{team}"),
            message=Message(title="Hur gick det?"),
            not_before=COPIED + timedelta(hours=12),
        )
        promise(unit, asked)


def rows(url: str, statement: Select[Any]) -> list[dict[str, Any]]:
    with closing(open_store(url)) as store, store.begin() as unit:
        return [dict(row) for row in unit.rows(statement)]


def states(url: str) -> dict[str, str]:
    return {row["key"]: row["state"] for row in rows(url, select(outbox))}

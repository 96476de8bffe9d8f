"""Two check-ins on Monday at 14, so that one channel can be troubled while the other is well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from sqlalchemy import select

from bot.rehearsal.teller import moment
from storage import tables
from tests.play import Heard
from tests.teams import payloads
from tests.teams.aftermath import check
from tests.teams.fake import posts_with
from tests.teams.school import aad_of, channel, channel_of, person
from tests.teams.state import Json, Post
from tests.teams.world import TeamsWorld

FRIDAY = moment("fredag 20 november 2026 12.00")
MONDAY = moment("måndag 23 november 2026 14.00")
HERE, THERE = "#arbetslag-4-6", "#arbetslag-7-9"
WORDS = "Halvklass gav mer samtal."


class Stage(TeamsWorld):
    """Björkskolan on Friday; `ask` lets it become Monday."""

    def __init__(self, *, start: datetime = FRIDAY, **more: Any) -> None:
        super().__init__(start, **more)
        self.doubted = 0
        for room in (HERE, THERE):
            self.write("pia", "/avstämning måndagar 14.00", room=room)
            self.press("pia", "Ja, spara")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            check(self.cloud, self.rows(tables.outbox), self.doubted)
        super().__exit__(kind, error, trace)

    def ask(self) -> None:
        self.wind(MONDAY)

    def after(self, **time: float) -> None:
        """So much time passes, and what is due then happens."""
        self.wind(self.clock.now() + timedelta(**time))

    def words(self, who: str = "lena", text: str = WORDS) -> Json:
        """Somebody's words in the thread of the check-in, as an activity that can be delivered again."""
        (anchor,) = self.questions()
        post = self.cloud.write(aad_of(who), anchor.conversation, text, anchor.id)
        where = channel(HERE, self.teams.service_url, anchor.id)
        return payloads.message(person(who), where, text, to_bot=True, id=post.id, at=self.clock.now())

    def questions(self, room: str = HERE) -> list[Post]:
        """The check-ins that stand in a channel."""
        return [
            post
            for post in posts_with(self.teams, '"Svara"')
            if post.conversation == channel_of(room) and not post.only_to and post.thread == post.id
        ]

    def told(self, who: str, words: str) -> list[Heard]:
        """What somebody was told alone with these words in it."""
        return [
            heard
            for heard in self.heard
            if words in heard.text and (heard.only_to == who or heard.room == f"@{who}")
        ]

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.store.begin() as unit:
            return [dict(row) for row in unit.rows(select(table))]

    def states(self) -> list[str]:
        """How every promised message fares."""
        return [str(row["state"]) for row in self.rows(tables.outbox)]

    def notes(self) -> list[str]:
        return sorted(str(row["text"]) for row in self.rows(tables.note) if row["state"] != "removed")


@contextmanager
def staged(**more: Any) -> Iterator[Stage]:
    with Stage(**more) as stage:
        yield stage

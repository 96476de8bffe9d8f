"""Two check-ins on Monday at 14, so that one channel can be troubled while the other is well."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import httpx
from sqlalchemy import select

from bot.rehearsal.teller import moment
from storage import tables
from tests.play import Heard
from tests.slack import payloads
from tests.slack.aftermath import check
from tests.slack.fake import posts_with
from tests.slack.filling import state_of
from tests.slack.school import channel_of
from tests.slack.state import Json, Post, View
from tests.slack.world import SlackWorld

FRIDAY = moment("fredag 20 november 2026 12.00")
MONDAY = moment("måndag 23 november 2026 14.00")
HERE, THERE = "#arbetslag-4-6", "#arbetslag-7-9"


class Stage(SlackWorld):
    """Björkskolan on Friday; `ask` lets it become Monday."""

    def __init__(self, *, start: datetime = FRIDAY, **more: Any) -> None:
        super().__init__(start, **more)
        self.approved = 0
        for room in (HERE, THERE):
            self.write("pia", "/avstämning måndagar 14.00", room=room)
            self.press("pia", "Ja, spara")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            answered = [str(row["key"]) for row in self.rows(tables.inbox)]
            check(self.slack, self.rows(tables.outbox), answered, self.approved)
        super().__exit__(kind, error, trace)

    def ask(self) -> None:
        self.wind(MONDAY)

    def after(self, **time: float) -> None:
        """So much time passes, and what is due then happens."""
        self.wind(self.clock.now() + timedelta(**time))

    def knock(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Awaitable[httpx.Response]:
        """Whoever it is, with whatever headers they like."""
        return self.door.request(method, path, content=body, headers=headers)

    def submission(self, view: View, given: dict[str, tuple[str, ...]]) -> Json:
        """What Slack sends when this modal is sent."""
        view.state = state_of(view, given)
        return payloads.submission(self.workspace, view)

    def questions(self, room: str = HERE) -> list[Post]:
        """The check-ins that stand in a channel."""
        return [
            post
            for post in posts_with(self.slack, "Svara")
            if post.channel == channel_of(room) and not post.only_to and not post.thread_ts
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

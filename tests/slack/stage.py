"""The two check-ins in Slack."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any

import httpx

from storage import tables
from tests.chat_stage import FRIDAY, HERE, ChatStage
from tests.slack import payloads
from tests.slack.aftermath import check
from tests.slack.bot import Bot
from tests.slack.fake import posts_with
from tests.slack.filling import state_of
from tests.slack.school import channel_of
from tests.slack.state import Json, Post, View
from tests.slack.world import SlackWorld


class Stage(SlackWorld, ChatStage[Bot]):
    """It ends well: what was promised was sent as often as it should be."""

    def __init__(self, *, start: datetime = FRIDAY, **more: Any) -> None:
        super().__init__(start, **more)
        self.approved = 0
        self.apologised: list[str] = []
        """Ids of events that were not saved, and whose writers heard so in their own chat."""
        self.agreed()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            answered = [str(row["key"]) for row in self.rows(tables.inbox)]
            check(self.slack, self.rows(tables.outbox), [*answered, *self.apologised], self.approved)
        super().__exit__(kind, error, trace)

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


@contextmanager
def staged(**more: Any) -> Iterator[Stage]:
    with Stage(**more) as stage:
        yield stage

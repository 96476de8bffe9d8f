"""The two check-ins in Teams."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any

from storage import tables
from tests.chat_stage import FRIDAY, HERE, ChatStage
from tests.teams import payloads
from tests.teams.aftermath import check
from tests.teams.bot import Bot
from tests.teams.fake import posts_with
from tests.teams.school import aad_of, channel, channel_of, person
from tests.teams.state import Json, Post
from tests.teams.world import TeamsWorld

WORDS = "Halvklass gav mer samtal."


class Stage(TeamsWorld, ChatStage[Bot]):
    """It ends well: what was promised was sent as often as it should be."""

    def __init__(self, *, start: datetime = FRIDAY, **more: Any) -> None:
        super().__init__(start, **more)
        self.doubted = 0
        self.agreed()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            check(self.cloud, self.rows(tables.outbox), self.doubted)
        super().__exit__(kind, error, trace)

    def words(self, who: str = "lena", text: str = WORDS) -> Json:
        """Somebody's words in the thread of the check-in, as an activity that can be delivered again."""
        (anchor,) = self.questions()
        post = self.cloud.write(aad_of(who), anchor.conversation, text, anchor.id)
        where = channel(HERE, self.teams.service_url, anchor.id)
        return payloads.message(person(who), where, text, to_bot=True, id=post.id, at=self.moment())

    def questions(self, room: str = HERE) -> list[Post]:
        """The check-ins that stand in a channel."""
        return [
            post
            for post in posts_with(self.teams, '"Svara"')
            if post.conversation == channel_of(room) and not post.only_to and post.thread == post.id
        ]


@contextmanager
def staged(**more: Any) -> Iterator[Stage]:
    with Stage(**more) as stage:
        yield stage

"""What stands in the chat: one line, as it was said and as it is now."""

from datetime import datetime

from bot.domain.school import Place
from bot.domain.value import PersonId, Value
from bot.messages.model import Form, Message
from bot.platforms.web.stage import PLATFORM

BOT = ""
"""The author of the bot's lines; a persona's lines carry the slug."""

GONE = Message(title="Det här meddelandet går inte att visa längre.")
"""What stands where nobody can read or show what was said."""


class Draft(Value):
    """A line before the chat has it. Two drafts with the same `key` are the same line."""

    address: str
    at: datetime
    key: str
    thread: str | None = None
    author: str = BOT
    only_to: PersonId | None = None
    text: str = ""
    message: Message | None = None


class Line(Value):
    """`reference` sorts by time; `change` grows whenever anything about the line changes."""

    reference: str
    change: int
    address: str
    thread: str | None
    author: str
    only_to: PersonId | None
    text: str
    message: Message | None
    at: datetime
    edited_at: datetime | None
    removed: bool

    def seen_by(self, person: PersonId, rooms: tuple[str, ...]) -> bool:
        return self.address in rooms and self.only_to in {None, person}

    @property
    def place(self) -> Place:
        return Place(platform=PLATFORM, address=self.address, thread=self.thread)


class OpenForm(Value):
    """A form somebody has before them, and where it was opened."""

    id: str
    slug: str
    address: str
    thread: str | None
    form: Form

    @property
    def place(self) -> Place:
        return Place(platform=PLATFORM, address=self.address, thread=self.thread)

"""The terminal's way of saying a message: it is kept in order, and shown to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.school import Place
from bot.messages.delivery import Unknowable
from bot.messages.model import Message

PLATFORM = "terminal"


@dataclass
class Line:
    """One message as it stands now; `reference` is its number, `versions` what it said before."""

    reference: str
    place: Place
    message: Message
    key: str
    versions: int = 1


class TerminalPlatform:
    """Remembers what was said, and tells `listener` of each new or changed line."""

    name = PLATFORM

    def __init__(self, listener: Callable[[Line], None] | None = None) -> None:
        self.lines: list[Line] = []
        self._listener = listener or (lambda _line: None)

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        if replacing:
            line = self.lines[int(replacing)]
            line.message, line.versions = message, line.versions + 1
        else:
            line = Line(str(len(self.lines)), place, message, key)
            self.lines.append(line)
        self._listener(line)
        return line.reference

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        """Look among what was said; a terminal forgets nothing while it runs."""
        del place, since
        return next((line.reference for line in self.lines if line.key == key), None)

"""What a window shows, as plain values: who says what, when, and where each link leads."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.domain.school import Language
from bot.platforms.links import host_of
from bot.platforms.spoken import said
from bot.platforms.web import times
from bot.platforms.web.lines import BOT, Line
from bot.platforms.web.stage import Persona, Stage, direct, is_direct

FACES = 8
MINUTE = timedelta(minutes=1)
CLOSE = 300
"""Seconds: lines by the same author closer than this stand under one name."""


def swedish(_slug: str, /) -> Language:
    return "sv"


@dataclass(frozen=True)
class Viewer:
    """The persona a window plays, on its stage. `speaks`: the language that a slug reads just now."""

    persona: Persona
    stage: Stage
    speaks: Callable[[str], Language] = swedish

    @property
    def language(self) -> Language:
        return self.speaks(self.persona.slug)

    @property
    def home(self) -> str:
        return f"/som/{quote(self.persona.slug)}"

    @property
    def rooms(self) -> tuple[str, ...]:
        return self.stage.rooms(self.persona)

    def sees(self, line: Line) -> bool:
        return line.seen_by(self.persona.person, self.rooms)

    def room(self, address: str, thread: str | None = None) -> str:
        """Return the URL of a place, with a thread open beside it."""
        path = "direkt" if is_direct(address) else "kanal/" + quote(address.removeprefix("#"), safe="")
        return f"{self.home}/{path}" + (f"?trad={thread}" if thread else "")

    def address(self, name: str | None) -> str | None:
        """Return the address behind a URL (None is the direct chat) if this persona may be there."""
        address = direct(self.persona) if name is None else f"#{name}"
        return address if address in self.rooms else None

    def called(self, address: str) -> str:
        channel = self.stage.channel(address)
        return channel.name if channel else self.stage.bot

    def leads(self, link: str) -> tuple[str, str] | None:
        """Return where a quote's link leads and words that say so; None for what we do not follow."""
        if link in self.rooms:
            return self.room(link), said("Gå till {place}", self.language).format(place=self.called(link))
        if link.startswith("#"):
            return f"{self.home}/rad/{quote(link[1:], safe='')}", said("Gå till meddelandet", self.language)
        host = host_of(link)
        return (link, said("Öppna {host}", self.language).format(host=host)) if host else None


@dataclass(frozen=True)
class Shown:
    """One line as one persona sees it."""

    line: Line
    viewer: Viewer
    replies: int = 0
    joined: bool = False
    divider: bool = False
    anchor: bool = True

    @property
    def persona(self) -> Persona | None:
        return self.viewer.stage.persona(self.line.author)

    @property
    def bot(self) -> bool:
        return self.line.author == BOT

    @property
    def mine(self) -> bool:
        return self.line.author == self.viewer.persona.slug

    @property
    def private(self) -> bool:
        return self.line.only_to is not None and not is_direct(self.line.address)

    @property
    def name(self) -> str:
        if self.bot:
            return self.viewer.stage.bot
        return self.persona.name if self.persona else self.line.author

    @property
    def face(self) -> int:
        personas = self.viewer.stage.personas
        return personas.index(self.persona) % FACES if self.persona else 0

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()

    @property
    def at(self) -> datetime:
        return self.line.at.astimezone(self.viewer.stage.zone)

    @property
    def day(self) -> str:
        return times.day(self.at)

    @property
    def edited(self) -> str:
        if self.line.edited_at is None or (self.bot and self.line.edited_at - self.line.at < MINUTE):
            return ""
        how = "uppdaterad" if self.bot else "ändrad"
        return f"({how} {times.time(self.line.edited_at.astimezone(self.viewer.stage.zone))})"

    @property
    def command(self) -> bool:
        return not self.bot and self.line.text.startswith("/")

    @property
    def mendable(self) -> bool:
        return self.mine and not self.command and not self.line.removed

    @property
    def threaded(self) -> bool:
        return self.line.thread is not None

    @property
    def answerable(self) -> bool:
        return not (self.replies or self.threaded or self.private or self.command or self.line.removed)

    @property
    def from_bot(self) -> bool:
        """Whether the payload of other platforms is offered here: not in a thread, where there is no room."""
        return self.line.message is not None and not (self.line.removed or self.threaded)

    @property
    def thread_url(self) -> str:
        return self.viewer.room(self.line.address, self.line.reference)

    @property
    def counted(self) -> str:
        return f"{self.replies} svar"


def shown(lines: Iterable[Line], viewer: Viewer, replies: Mapping[str, int]) -> Iterator[Shown]:
    """Join neighbours by the same author, and mark where a new day begins."""
    before: Line | None = None
    for line in lines:
        if not viewer.sees(line):
            continue
        one = Shown(line, viewer, replies.get(line.reference, 0))
        same_day = before is not None and Shown(before, viewer).at.date() == one.at.date()
        joined = same_day and before is not None and _close(before, line)
        yield Shown(line, viewer, one.replies, joined, not same_day)
        before = line


def _close(before: Line, line: Line) -> bool:
    alike = (before.author, before.only_to, before.removed) == (line.author, line.only_to, line.removed)
    return alike and line.author != BOT and (line.at - before.at).total_seconds() < CLOSE

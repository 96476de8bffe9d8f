"""How an activity is read at a certain moment, by a bot with these commands."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.domain.events import Event
from bot.domain.marks import bare
from bot.platforms.teams.parse import activity as parse
from bot.platforms.teams.parse.values import Around, Gone, Heard, Ignored, Parsed, ShowAgain
from handlers.commands import COMMANDS
from tests.teams.state import BOT

NOW = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
AROUND = Around(BOT, NOW, frozenset(map(bare, COMMANDS)))

T = TypeVar("T", bound=Event)


def read(activity: Mapping[str, Any]) -> Parsed:
    return parse.read(activity, AROUND)


def heard(activity: Mapping[str, Any]) -> Heard:
    found = read(activity)
    assert isinstance(found, Heard), found
    return found


def happened(kind: type[T], activity: Mapping[str, Any]) -> T:
    """The event of an activity that is known to be of this kind."""
    event = heard(activity).event
    assert isinstance(event, kind), event
    return event


def outcome(found: Parsed) -> str:
    """One word for what an activity came to."""
    match found:
        case Heard(event=event):
            return type(event).__name__
        case ShowAgain():
            return "again"
        case Gone():
            return "gone"
        case Ignored(why=why):
            return why

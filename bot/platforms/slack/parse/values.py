"""What reading a payload can come to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.events import Event
from bot.messages.tokens import LONGEST_TOKEN

GoneKind = Literal["uninstalled", "revoked"]
Surface = Literal["words", "command", "message", "shortcut", "modal", "home", "form", "none"]

OPTIONS, RATE_LIMITED, UNREADABLE = "options", "rate_limited", "unreadable"
"""Reasons to ignore a payload that the edge still answers or warns about: none of our menus asks for
options, more came than Slack lets through, and a form whose words must not vanish with it."""

AGAIN = "again|"
"""Before what a fresh button carries when it stands for a command instead of a token."""


class Unknowns(NamedTuple):
    """Whom Slack must be asked about before a payload can be read: people and channels, by id."""

    enterprise: str | None
    team: str
    ids: frozenset[str]


class Around(NamedTuple):
    """What a payload does not say: who the bot is there, what time it is, what people are called.

    `apart` holds who is no colleague, with the team they belong to: nothing for a bot or a closed account.
    """

    bot_user: str
    now: datetime
    names: Mapping[str, str] = {}
    apart: Mapping[str, str] = {}
    commands: frozenset[str] = frozenset()
    """Those that may be written as words, where there is no slash to write them with."""

    def colleague(self, user: str) -> bool:
        """Whether Slack has said that this is a living person of ours."""
        return bool(self.names.get(user)) and user not in self.apart


class Way(NamedTuple):
    """How an answer reaches the one who acted. Each part may be missing, spent or untrue."""

    surface: Surface
    team: str
    user: str
    channel: str = ""
    thread: str | None = None
    trigger: str = ""
    url: str = ""
    view: str = ""
    hash: str = ""
    """The state that the view was in when they acted."""
    reference: str = ""
    """The message that was acted on, or whose button opened the form."""
    again: str = ""
    fields: Mapping[str, str] = {}
    """A form's keys, each with the block that an error can stand beside."""
    home: bool = False
    """They have the Home tab before them: this was done there, or in a view that was opened there."""


class Heard(NamedTuple):
    """Something happened; `way` leads back to whoever did it."""

    event: Event
    way: Way


class Gone(NamedTuple):
    """The bot was removed from a team (None: from the whole enterprise), then."""

    enterprise: str | None
    team: str | None
    kind: GoneKind
    at: datetime


class Regained(NamedTuple):
    """The bot may speak for these teams again."""

    teams: tuple[str, ...]


class Ignored(NamedTuple):
    """Ours, and nothing to do: `why` is a word of our own, safe to count."""

    why: str


Parsed = Heard | Gone | Regained | Ignored


def again(command: str, text: str) -> str:
    """What a fresh button carries to ask the same command anew; empty when it does not fit."""
    carried = f"{AGAIN}{command}|{text}"
    return carried if len(carried) <= LONGEST_TOKEN else ""

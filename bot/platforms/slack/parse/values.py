"""What reading a payload can come to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.events import Event
from bot.messages.tokens import LONGEST_TOKEN

GoneKind = Literal["uninstalled", "revoked", "access_revoked"]
Surface = Literal["words", "command", "message", "shortcut", "modal", "home", "form", "none"]

OPTIONS, RATE_LIMITED = "options", "rate_limited"
"""Reasons to ignore a payload that the edge still answers or warns about: none of our menus asks for
options, and more came than Slack lets through."""

AGAIN = "again|"
"""Before what a fresh button carries when it stands for a command instead of a token."""


class Around(NamedTuple):
    """What a payload does not say: who the bot is there, what time it is, what people are called."""

    bot_user: str
    now: datetime
    names: Mapping[str, str] = {}


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
    reference: str = ""
    """The message that was acted on, or whose button opened the form."""
    again: str = ""
    fields: Mapping[str, str] = {}
    """A form's keys, each with the block that an error can stand beside."""


class Heard(NamedTuple):
    """Something happened; `way` leads back to whoever did it."""

    event: Event
    way: Way


class Gone(NamedTuple):
    """The bot may no longer speak for these teams (None: the whole enterprise)."""

    enterprise: str | None
    teams: tuple[str | None, ...]
    kind: GoneKind


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

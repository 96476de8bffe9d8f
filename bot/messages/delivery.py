"""The port every platform implements, and how a delivery can fail."""

from datetime import datetime
from enum import Enum, StrEnum
from typing import Literal, NamedTuple, Protocol

from bot.domain.school import Place
from bot.messages.model import Message

MessageClass = Literal["critical", "replaceable", "receipt", "reminder"]
"""How a promised message behaves on doubt and when late; a row names its class, there is no default."""


How = Literal["refused", "later", "content", "doubt"]
"""What is to be done with a message that did not go out: see `DeliveryFailed`."""


class Worded(NamedTuple):
    """A message as JSON, as the outbox keeps it, where it has been made before; and its title."""

    title: str
    written: str


class Unknowable(Enum):
    """The platform cannot tell whether a message arrived."""

    UNKNOWABLE = "unknowable"


class Why(StrEnum):
    """Why a place could not be reached, where somebody can mend it: each is told in its own words."""

    REMOVED = "removed"
    """The bot is not in the channel (any more): invite it."""
    ARCHIVED = "archived"
    """The channel is archived: open it again, or choose another."""
    LOCKED = "locked"
    """The channel or its thread takes no messages from the bot."""
    UNREACHABLE = "unreachable"
    """The person's chat with the bot is shut, or the account is."""
    DISCONNECTED = "disconnected"
    """The platform has taken the bot's key: install it again."""
    SCOPE = "scope"
    """The bot lacks a permission: install it again, with what it asks for."""
    HELD = "held"
    """The organisation holds the bot back: its administrators decide."""
    BUSY = "busy"
    """The platform asked us to wait."""
    FULL = "full"
    """The workspace takes no more messages for now: whoever runs the bot is told, not its people."""
    AWAY = "away"
    """The platform did not answer, or not so that it can be believed."""
    CONTENT = "content"
    """The platform does not take what was to be said."""
    GONE = "gone"
    """The message to change is not there."""


class DeliveryFailed(Exception):
    """Why a message did not go out, from one table per platform.

    `refused`: surely not sent and never will be here (removed, archived, blocked).
    `later`: surely not sent; try again after `retry_after` seconds.
    `content`: the platform will not take this content; a plain version may pass.
    `doubt`: it may or may not have arrived.

    `alone`: it is only this message that must wait; what else is for the same place may go.
    """

    def __init__(self, how: How, why: str, retry_after: float = 0.0, *, alone: bool = False) -> None:
        super().__init__(why)
        self.how = how
        self.retry_after = retry_after
        self.alone = alone


class Platform(Protocol):
    """What the courier needs of a platform: say it, and find out whether it was said."""

    name: str

    async def send(self, message: Message, place: Place, *, key: str, replacing: str | None = None) -> str:
        """Post (or update the message `replacing`) and return the platform's reference to it.

        `place.thread` is the root to answer under. Raises `DeliveryFailed`.
        """
        ...

    async def find(self, place: Place, *, key: str, since: datetime) -> str | Unknowable | None:
        """Return the reference of the message sent with `key`, None if it surely is not there."""
        ...

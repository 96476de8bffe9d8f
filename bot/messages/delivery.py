"""The port every platform implements, and how a delivery can fail."""

from datetime import datetime
from enum import Enum
from typing import Literal, Protocol

from bot.domain.school import Place
from bot.messages.model import Message

MessageClass = Literal["critical", "replaceable", "receipt", "reminder"]
"""How a promised message behaves on doubt and when late; a row names its class, there is no default."""


class Unknowable(Enum):
    """The platform cannot tell whether a message arrived."""

    UNKNOWABLE = "unknowable"


class DeliveryFailed(Exception):
    """Why a message did not go out, from one table per platform.

    `refused`: surely not sent and never will be here (removed, archived, blocked).
    `later`: surely not sent; try again after `retry_after` seconds.
    `content`: the platform will not take this content; a plain version may pass.
    `doubt`: it may or may not have arrived.
    """

    def __init__(
        self, how: Literal["refused", "later", "content", "doubt"], why: str, retry_after: float = 0.0
    ) -> None:
        super().__init__(why)
        self.how = how
        self.retry_after = retry_after


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

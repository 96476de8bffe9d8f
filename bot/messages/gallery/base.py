"""What an example is."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.messages.model import Form, Message
from bot.messages.texts import Texts


class Example(NamedTuple):
    """`name` is `topic/what` in English; `make` words it."""

    name: str
    make: Callable[[Texts], Message | Form]


def wall(moment: str) -> datetime:
    """A time as the school's clock shows it, without a zone: `2026-11-26T15:15`."""
    return datetime.fromisoformat(moment)

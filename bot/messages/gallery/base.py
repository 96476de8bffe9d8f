"""What an example is."""

from collections.abc import Callable
from typing import NamedTuple

from bot.messages.model import Form, Message
from bot.messages.texts import Texts


class Example(NamedTuple):
    """`name` is `topic/what` in English; `make` words it."""

    name: str
    make: Callable[[Texts], Message | Form]

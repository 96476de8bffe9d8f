"""A button and what is behind it, in one go."""

from typing import Literal

from bot.messages.model import Button
from bot.messages.tokens import Token, Verb


def button(
    label: str,
    verb: Verb,
    subject: str = "",
    argument: str = "",
    *,
    look: Literal["plain", "main", "danger"] = "plain",
) -> Button:
    """Make a button that comes back as this token."""
    return Button(label=label, token=Token(verb=verb, subject=subject, argument=argument).pack(), look=look)

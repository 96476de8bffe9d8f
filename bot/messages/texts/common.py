"""Sentences that belong to no topic of their own."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class CommonTexts(TextSection):
    """Errors and answers that any occasion may need."""

    saved: str
    you: str
    already_done: str
    sorry: Annotated[str, Fills("code")]
    cannot_save: str
    unknown_command: Annotated[str, Fills("command")]
    close_command: Annotated[str, Fills("command", "known")]
    not_allowed: str
    forged: str
    gone: str
    too_long: Annotated[str, Fills("longest")]
    help_title: str
    help_intro: str
    help_commands: dict[str, str]
    help_talk: str

"""The sentences about a channel that the bot lost, got back, or that an arbetslag left."""

from typing import Annotated, Literal

from bot.messages.texts.base import Fills, Plural, TextSection


class PlaceTexts(TextSection):
    gone: Annotated[str, Fills("arbetslag", "day")]
    why: dict[Literal["removed", "archived", "deleted"], str]
    waits: str
    back: str
    back_title: Annotated[str, Fills("arbetslag")]
    none_missed: Annotated[str, Fills("day")]
    missed: Annotated[Plural, Fills("day")]
    moved: Annotated[str, Fills("arbetslag")]
    moved_went: Annotated[str, Fills("names")]
    moved_how: str
    moved_stay: Annotated[str, Fills("names")]
    moved_none_stay: str
    moved_you: str
    moved_kept: str

"""The sentences about a channel that the bot lost, and got back."""

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

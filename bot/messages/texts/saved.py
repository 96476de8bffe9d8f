"""The sentences about a message of the chat that becomes a note."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class SavedTexts(TextSection):
    title: str
    intro_mine: str
    intro_theirs: str
    intro_own_words: str
    team: str
    submit: str
    heading: str
    no_team: str
    already: str
    told: Annotated[str, Fills("who", "arbetslag")]
    told_how: str
    take_back: str
    taken_back: str
    taken_back_told: str
    not_restored: str

"""The sentences about which language the bot speaks to one person."""

from bot.messages.texts.base import TextSection


class LanguageTexts(TextSection):
    """`now` and `chosen` say which it is by being in it; the buttons are each in their own."""

    title: str
    now: str
    chosen: str
    stays: str
    unknown: str
    swedish: str
    english: str

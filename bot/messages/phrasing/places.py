"""How it is said that a channel was lost, and that the bot is back in it."""

from datetime import date
from typing import Literal

from bot.domain.calendar.swedish_dates import say_day
from bot.messages.model import Message, Paragraph
from bot.messages.texts import Texts, fill


def gone(arbetslag: str, why: Literal["removed", "archived", "deleted"], day: date, texts: Texts) -> Message:
    """To those who plan: what happened, the one thing to do, and that nothing is lost."""
    said = texts.places
    title = fill(said.gone, arbetslag=arbetslag, day=say_day(day))
    return Message(title=title, blocks=(Paragraph(text=said.why[why]), Paragraph(text=said.waits)))


def back(arbetslag: str, since: date, missed: int, texts: Texts) -> Message:
    """To the arbetslag and those who plan: the questions go on, and what became of the missed ones."""
    said, day = texts.places, say_day(since)
    lost = said.missed.of(missed, day=day) if missed else fill(said.none_missed, day=day)
    title = fill(said.back_title, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=lost), Paragraph(text=said.back)))

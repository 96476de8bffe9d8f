"""How it is said that a channel was lost, that the bot is back in it, and that an arbetslag left it."""

from datetime import date
from typing import Literal

from bot.messages.model import Block, Choices, Message, Paragraph
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill


def gone(arbetslag: str, why: Literal["removed", "archived", "deleted"], day: date, texts: Texts) -> Message:
    """To those who plan: what happened, the one thing to do, and that nothing is lost."""
    said = texts.places
    title = fill(said.gone, arbetslag=arbetslag, day=texts.dates.day(day))
    return Message(title=title, blocks=(Paragraph(text=said.why[why]), Paragraph(text=said.waits)))


def back(arbetslag: str, since: date, missed: int, texts: Texts) -> Message:
    """To the arbetslag and those who plan: the questions go on, and what became of the missed ones."""
    said, day = texts.places, texts.dates.day(since)
    lost = said.missed.of(missed, day=day) if missed else fill(said.none_missed, day=day)
    title = fill(said.back_title, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=lost), Paragraph(text=said.back)))


def moved(arbetslag: str, went: tuple[str, ...], stay: tuple[str, ...], texts: Texts) -> Message:
    """To those who plan: who came by the old channel and went with it, and who is left."""
    said = texts.places
    went_words = f"{fill(said.moved_went, names=texts.dates.all_of(went))} {said.moved_how}"
    blocks: list[Block] = [Paragraph(text=went_words)]
    if stay:
        blocks.append(Paragraph(text=fill(said.moved_stay, names=texts.dates.all_of(stay))))
        blocks.append(Choices(buttons=(button(texts.roles.change, "change_roles"),)))
    else:
        blocks.append(Paragraph(text=said.moved_none_stay))
    return Message(title=fill(said.moved, arbetslag=arbetslag), blocks=tuple(blocks))


def moved_without_you(arbetslag: str, texts: Texts) -> Message:
    """To who came by the old channel: they are not in the arbetslag any more, and how they are again."""
    said = texts.places
    way_in = Choices(buttons=(button(texts.people.its_me, "its_me", look="main"),))
    blocks = (Paragraph(text=said.moved_you), Paragraph(text=said.moved_kept), way_in)
    return Message(title=fill(said.moved, arbetslag=arbetslag), blocks=blocks)

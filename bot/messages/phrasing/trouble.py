"""How it is said that a message did not get through, or may not have."""

from datetime import datetime
from typing import Literal, assert_never

from bot.domain.calendar.swedish_dates import say_day, say_moment
from bot.domain.value import Value
from bot.messages.model import Block, Choices, Message, Paragraph
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import TokenRefused


class Trouble(Value):
    """What happened to which message. `since` is local; `what` and `where` are said already."""

    state: Literal["uncertain", "parked", "quarantined"]
    key: str
    what: str
    where: str
    to_person: bool
    since: datetime


def phrase(effect: Trouble, texts: Texts) -> Message:
    """Say what happened, the one thing to do, and that no answer is lost."""
    said = texts.trouble
    match effect.state:
        case "uncertain":
            title = fill(said.uncertain, what=effect.what)
            look = fill(said.look, moment=say_moment(effect.since))
            words: list[Block] = [Paragraph(text=look), Paragraph(text=said.nothing_lost)]
            return Message(title=title, blocks=(*words, *_ways_out(effect, texts)))
        case "parked":
            title = fill(said.parked, where=effect.where, day=say_day(effect.since.date()))
            step = fill(said.parked_person if effect.to_person else said.parked_channel, where=effect.where)
            return Message(title=title, blocks=(Paragraph(text=step), Paragraph(text=said.parked_waits)))
        case "quarantined":
            title = fill(said.quarantined, what=effect.what)
            return Message(title=title, blocks=(Paragraph(text=said.quarantined_do),))
        case _ as never:
            assert_never(never)


def _ways_out(effect: Trouble, texts: Texts) -> tuple[Choices, ...]:
    said = texts.trouble
    try:
        again = button(said.send_anyway, "send_anyway", effect.key)
        arrived = button(said.mark_arrived, "mark_arrived", effect.key)
    except TokenRefused:  # a key too long for a button: it stays for `nulage doctor`
        return ()
    return (Choices(buttons=(again, arrived)),)

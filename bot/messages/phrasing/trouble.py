"""How it is said that a message did not get through, or may not have."""

from datetime import datetime
from typing import Literal, assert_never

from bot.domain.value import Value
from bot.messages.delivery import Why
from bot.messages.model import Block, Choices, Message, Paragraph, Small
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import TokenRefused


class Trouble(Value):
    """What happened to which message, and `why` where somebody can mend it.

    `since` is local; `what` and `where` are said already.
    """

    state: Literal["uncertain", "parked", "quarantined"]
    key: str
    what: str
    where: str
    to_person: bool
    since: datetime
    why: str = ""


def phrase(effect: Trouble, texts: Texts) -> Message:
    """Say what happened, the one thing to do, and that no answer is lost."""
    said = texts.trouble
    match effect.state:
        case "uncertain":
            title = fill(said.uncertain, what=effect.what)
            look = fill(said.look, moment=texts.dates.moment(effect.since))
            words: list[Block] = [Paragraph(text=look), Paragraph(text=said.nothing_lost)]
            return Message(title=title, blocks=(*words, *_ways_out(effect, texts)))
        case "parked":
            step = _way_back(effect, texts)
            blocks = (Paragraph(text=step), Paragraph(text=said.parked_waits))
            return Message(title=_parked_title(effect, texts), blocks=blocks)
        case "quarantined":
            title = fill(said.quarantined, what=effect.what)
            return Message(title=title, blocks=(Paragraph(text=said.quarantined_do),))
        case _ as never:
            assert_never(never)


def _parked_title(effect: Trouble, texts: Texts) -> str:
    """A channel is a place to come to; a person is somebody to reach."""
    said, day = texts.trouble, texts.dates.day(effect.since.date())
    if effect.to_person:
        return fill(said.parked_to_person, name=effect.where, day=day)
    return fill(said.parked, where=effect.where, day=day)


def _way_back(effect: Trouble, texts: Texts) -> str:
    """The one thing to do so that a place can be reached again."""
    said = texts.trouble
    match effect.why:
        case Why.ARCHIVED:
            return said.parked_archived
        case Why.LOCKED:
            return said.parked_locked
        case Why.SCOPE:
            return said.parked_scope
        case Why.HELD:
            return said.parked_held
        case _ if effect.to_person:
            return fill(said.parked_person, where=effect.where)
        case _:
            return fill(said.parked_channel, where=effect.where)


def hours_lost(since: datetime, until: datetime, texts: Texts) -> Message:
    """A copy became the store: what was said between these (local) moments is not in it."""
    said, moment = texts.trouble, texts.dates.moment
    words = (said.hours_lost_why, said.hours_lost_do, said.hours_lost_questions)
    title = fill(said.hours_lost, since=moment(since), until=moment(until))
    return Message(title=title, blocks=tuple(Paragraph(text=one) for one in words))


def settled(line: Message, name: str, chosen: str, texts: Texts) -> Message:
    """The line once somebody has chosen: its buttons are gone."""
    words = fill(texts.trouble.chosen_by, name=name)
    return Message(title=line.title, blocks=(Paragraph(text=chosen), Small(text=words)))


def _ways_out(effect: Trouble, texts: Texts) -> tuple[Choices, ...]:
    said = texts.trouble
    try:
        again = button(said.send_anyway, "send_anyway", effect.key)
        arrived = button(said.mark_arrived, "mark_arrived", effect.key)
    except TokenRefused:  # a key too long for a button: it stays for `nulage doctor`
        return ()
    return (Choices(buttons=(again, arrived)),)

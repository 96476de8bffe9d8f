"""How a round of asking is said: the question in the channel, and the nudge to one person."""

from typing import assert_never

from bot.domain.check_in import Standing
from bot.domain.effects.check_in import (
    Asking,
    CheckInEffect,
    Nudged,
    RoundShown,
    SnoozeAsked,
    TimeDoesNotSuit,
)
from bot.messages.model import Block, Button, Choices, Message, Paragraph, Progress, Small
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import Token


def phrase(effect: CheckInEffect, texts: Texts) -> Message:
    """Word what was decided about a round."""
    match effect:
        case RoundShown():
            return _round(effect, texts)
        case Nudged(missed=False):
            return _nudge(effect, texts)
        case Nudged():
            return _suits(effect, texts)
        case TimeDoesNotSuit(arbetslag=arbetslag):
            said = texts.check_ins
            plans = Choices(buttons=(button(said.show_plans, "list_schedules"),))
            title = fill(said.somebody_says, arbetslag=arbetslag)
            return Message(title=title, blocks=(Paragraph(text=said.somebody_hint), plans))
        case SnoozeAsked():
            return _snooze(effect, texts)
        case _ as never:
            assert_never(never)


def _round(effect: RoundShown, texts: Texts) -> Message:
    said, check_in = texts.check_ins, effect.check_in
    blocks: list[Block] = []
    if check_in.late:
        blocks.append(Paragraph(text=fill(said.late, day=texts.dates.day(check_in.planned.date()))))
    if check_in.state == "closed":
        blocks.append(Paragraph(text=said.closed))
    blocks += [_small(effect.asking, check_in.minutes, texts)]
    blocks += [_progress(check_in.answers, effect.standing, texts)]
    buttons: tuple[Button, ...]
    if check_in.state == "open":
        buttons = (
            button(said.answer, "answer", check_in.id, look="main"),
            button(said.nothing_new, "nothing_new", check_in.id),
            button(said.at_meeting, "at_meeting", check_in.id),
            button(said.skip, "skip_round", check_in.id),
        )
    else:
        buttons = (button(said.add_answer, "answer", check_in.id),)
    if effect.preview:
        nowhere = Token(verb="preview_schedule", subject=check_in.plan or "", argument="press").pack()
        buttons = tuple(one.model_copy(update={"token": nowhere}) for one in buttons)
    return Message(title=effect.asking.question, blocks=(*blocks, Choices(buttons=buttons)))


def _small(asking: Asking, minutes: int, texts: Texts) -> Small:
    said = texts.check_ins
    return Small(
        text=fill(said.small, why=asking.why, readers=asking.readers, minutes=said.minutes.of(minutes))
    )


def _progress(answers: str, standing: Standing, texts: Texts) -> Progress:
    said = texts.check_ins
    if answers == "together":
        text = said.progress_together_done if standing.answered else said.progress_together_waiting
    else:
        text = said.progress_each.of(standing.answered, done=standing.answered, of=standing.asked)
    return Progress(done=standing.answered, of=standing.asked, text=text)


def _nudge(effect: Nudged, texts: Texts) -> Message:
    said, check_in = texts.check_ins, effect.check_in
    together = check_in.answers == "together"
    title = fill(said.remind_together_title if together else said.remind_title, arbetslag=effect.arbetslag)
    buttons = (
        button(said.answer, "answer", check_in.id, look="main"),
        button(said.snooze, "snooze", check_in.id),
        button(said.skip, "skip_round", check_in.id),
    )
    return Message(
        title=title,
        blocks=(
            Paragraph(text=effect.asking.question),
            _small(effect.asking, check_in.minutes, texts),
            Small(text=said.remind_once),
            Choices(buttons=buttons),
        ),
    )


def _suits(effect: Nudged, texts: Texts) -> Message:
    said, check_in = texts.check_ins, effect.check_in
    buttons = (
        button(said.answer, "answer", check_in.id, look="main"),
        button(said.does_not_suit, "time_is_wrong", check_in.id),
        button(said.skip, "skip_round", check_in.id),
    )
    title = fill(said.suits_title, arbetslag=effect.arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.suits_text), Choices(buttons=buttons)))


def _snooze(effect: SnoozeAsked, texts: Texts) -> Message:
    said = texts.check_ins
    day = texts.dates.weekday(effect.morning.date())
    morning = said.snooze_tomorrow if effect.tomorrow else fill(said.snooze_morning, day=day)
    buttons = (
        button(said.snooze_hour, "snooze", effect.check_in, "hour"),
        button(morning, "snooze", effect.check_in, "morning"),
        button(said.snooze_next, "snooze", effect.check_in, "next"),
    )
    return Message(title=said.snooze_title, blocks=(Choices(buttons=buttons),))

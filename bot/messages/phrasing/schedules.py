"""How times are agreed on and shown: always with dates, always with a way back."""

from datetime import timedelta
from typing import assert_never

from bot.domain.calendar.swedish_dates import capital
from bot.domain.check_in import CheckInPlan
from bot.domain.check_in_round import MOST_MINUTES
from bot.domain.effects.schedule import (
    NewDates,
    PhraseAskedBack,
    PlanChanged,
    PlanShown,
    PlansListed,
    Proposed,
    ScheduleEffect,
    TooMuch,
)
from bot.messages.model import (
    Block,
    Bullets,
    Choices,
    Fact,
    Facts,
    Message,
    Paragraph,
    Small,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.times import ask_back, echo, in_order, pattern
from bot.messages.texts import Texts
from bot.messages.texts.base import fill

MOST_LISTED = 20


def phrase(effect: ScheduleEffect, texts: Texts) -> Message:
    """Word what was decided about when an arbetslag is asked."""
    match effect:
        case PhraseAskedBack():
            return ask_back(effect, texts)
        case Proposed():
            return _proposed(effect, texts)
        case TooMuch():
            return _too_much(effect, texts)
        case PlanShown():
            return _plan(effect, texts)
        case PlansListed(plans=plans):
            return _plans(plans, texts)
        case PlanChanged():
            return _changed(effect, texts)
        case NewDates():
            return _new_dates(effect, texts)
        case _ as never:
            assert_never(never)


def dates(shown: PlanShown, texts: Texts) -> str:
    """The next times as dates: "26 november, 10 december och 21 januari"."""
    days = [moment.date() for moment in shown.coming]
    return texts.dates.all_of(in_order(days, texts, far=shown.far)) or texts.schedules.none_coming


def _too_much(effect: TooMuch, texts: Texts) -> Message:
    said = texts.schedules
    numbers = fill(said.too_much, minutes=effect.minutes, most=effect.most)
    show = Choices(buttons=(button(said.show, "list_schedules"),))
    blocks = (Paragraph(text=numbers), Paragraph(text=said.too_much_do), show)
    return Message(title=fill(said.too_much_title, arbetslag=effect.arbetslag), blocks=blocks)


def _new_dates(effect: NewDates, texts: Texts) -> Message:
    said = texts.schedules
    rows = tuple(
        fill(said.new_dates_row, arbetslag=one.arbetslag, dates=dates(one, texts)) for one in effect.plans
    )
    blocks: tuple[Block, ...] = (Bullets(items=rows),) if rows else ()
    if effect.withdrawn:
        blocks = (*blocks, Paragraph(text=said.new_dates_withdrawn.of(effect.withdrawn)))
    return Message(title=said.new_dates_title, blocks=blocks)


def _proposed(effect: Proposed, texts: Texts) -> Message:
    said, draft = texts.schedules, effect.draft
    rows = [
        *settings(draft, effect.arbetslag, effect.questions, texts),
        Fact(label=said.a_week, value=said.a_week_value.of(effect.minutes, most=MOST_MINUTES)),
    ]
    version = str(draft.version)
    buttons = [button(said.yes_save, "save_schedule", draft.id, version, look="main")]
    buttons.append(button(said.change, "change_schedule", draft.id))
    if draft.recurrence.once is None and effect.preview.dates:
        only = fill(said.only, date=texts.dates.date(effect.preview.dates[0]))
        buttons.append(button(only, "only_once", draft.id, effect.preview.dates[0].isoformat()))
    return Message(
        title=said.understood,
        blocks=(
            Paragraph(text=echo(draft.recurrence, effect.preview, texts)),
            Facts(rows=tuple(rows)),
            Choices(buttons=tuple(buttons)),
        ),
    )


def settings(plan: CheckInPlan, arbetslag: str, questions: str, texts: Texts) -> tuple[Fact, ...]:
    """Who answers what, and what happens on closed days."""
    said = texts.schedules
    return (
        Fact(label=said.arbetslag, value=arbetslag),
        Fact(label=said.answering, value=said.together if plan.answers == "together" else said.each),
        Fact(label=said.questions, value=questions),
        Fact(label=said.closed, value=said.skip if plan.closed_days == "skip" else said.move),
    )


def _plan(shown: PlanShown, texts: Texts) -> Message:
    said, plan = texts.schedules, shown.plan
    rows = [*settings(plan, shown.arbetslag, shown.questions, texts)]
    rows.append(Fact(label=said.coming, value=dates(shown, texts)))
    if plan.state == "paused":
        until = plan.paused_until
        value = said.paused if until is None else fill(said.paused_until, date=_until(shown, texts))
        rows.append(Fact(label=said.state, value=value))
        buttons = [button(said.start, "start_schedule", plan.id)]
    else:
        buttons = [button(said.pause, "pause_schedule", plan.id)]
        buttons.append(button(said.move_once, "move_schedule", plan.id))
    buttons += [
        button(said.change, "change_schedule", plan.id),
        button(said.preview, "preview_schedule", plan.id),
        button(said.stop, "stop_schedule", plan.id, look="danger"),
        button(said.new, "new_schedule", plan.arbetslag),
    ]
    return Message(
        title=fill(said.plan_title, arbetslag=shown.arbetslag),
        blocks=(
            Paragraph(text=f"{capital(pattern(plan.recurrence, texts))}."),
            Facts(rows=tuple(rows)),
            Choices(buttons=tuple(buttons)),
        ),
    )


def _until(shown: PlanShown, texts: Texts) -> str:
    until = shown.plan.paused_until
    return texts.dates.date((until - timedelta(seconds=1)).date()) if until else ""


def _plans(plans: tuple[PlanShown, ...], texts: Texts) -> Message:
    said = texts.schedules
    new = button(said.new, "new_schedule")
    if not plans:
        hint = Paragraph(text=said.list_none_hint)
        return Message(title=said.list_none, blocks=(hint, Choices(buttons=(new,))))
    rows = tuple(
        fill(
            said.list_row,
            number=number,
            arbetslag=one.arbetslag,
            pattern=pattern(one.plan.recurrence, texts),
            dates=dates(one, texts),
        )
        for number, one in enumerate(plans[:MOST_LISTED], start=1)
    )
    buttons = tuple(
        button(fill(said.show_number, number=number), "list_schedules", one.plan.id)
        for number, one in enumerate(plans[:MOST_LISTED], start=1)
    )
    more = (Small(text=said.list_more),) if len(plans) > MOST_LISTED else ()
    return Message(
        title=said.list_title,
        blocks=(*(Paragraph(text=row) for row in rows), *more, Choices(buttons=(*buttons, new))),
    )


def _changed(effect: PlanChanged, texts: Texts) -> Message:
    said = texts.schedules
    moment = _first(effect, texts)
    match effect.how:
        case "agreed":
            buttons = (
                button(said.preview, "preview_schedule", effect.plan.id),
                button(said.show, "list_schedules"),
            )
            sentence = said.agreed_once if effect.plan.recurrence.once else said.agreed
            return Message(title=fill(sentence, moment=moment), blocks=(Choices(buttons=buttons),))
        case "stopped":
            undo = Choices(
                buttons=(button(said.undo, "start_schedule", effect.plan.id, str(effect.plan.version)),)
            )
            return Message(title=said.stopped_said, blocks=(Small(text=said.stopped_keeps), undo))
        case "moved" if effect.ended:
            past = fill(said.moved_past, date=texts.dates.date(effect.ended))
            return Message(title=_line(effect, moment, texts), blocks=(Small(text=past),))
        case _:
            return Message(title=_line(effect, moment, texts))


def _first(effect: PlanChanged, texts: Texts) -> str:
    return texts.dates.moment(effect.first, year=effect.far) if effect.first else texts.schedules.none_coming


def for_channel(effect: PlanChanged, texts: Texts) -> Message:
    """The same news as one line for the arbetslag."""
    said = texts.schedules
    moment = _first(effect, texts)
    if effect.how == "agreed" and effect.plan.recurrence.once:
        return Message(title=fill(said.agreed_channel_once, moment=moment))
    if effect.how == "agreed":
        when = pattern(effect.plan.recurrence, texts)
        return Message(title=fill(said.agreed_channel, pattern=when, moment=moment))
    return Message(title=_line(effect, moment, texts))


def _line(effect: PlanChanged, moment: str, texts: Texts) -> str:
    said = texts.schedules
    match effect.how:
        case "paused":
            until = effect.until
            return fill(said.pause_until_said, date=texts.dates.date(until)) if until else said.pause_said
        case "started":
            return fill(said.started_said, moment=moment)
        case "unstopped" if effect.plan.state == "paused":
            return said.unstopped_paused
        case "unstopped":
            return fill(said.unstopped_said, moment=moment)
        case "moved":
            before = texts.dates.day(effect.moved_from.date()) if effect.moved_from else ""
            return fill(said.moved_said, from_day=before, moment=moment)
        case "agreed" | "stopped":
            return said.stopped_said if effect.how == "stopped" else fill(said.agreed, moment=moment)

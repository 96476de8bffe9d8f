"""A recurrence, its next dates and what is asked about it, as one person reads them."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

from bot.domain.calendar.swedish_dates import capital, say_time
from bot.domain.effects.schedule import PhraseAskedBack
from bot.domain.schedule.ask import AskBack, Choice, DayOf, NoDay, WeekOf
from bot.domain.schedule.due import Preview
from bot.domain.schedule.recurrence import WORKDAYS, Recurrence
from bot.domain.schedule.speech import week_runs
from bot.messages.model import Button, Choices, Message, Paragraph, Small
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill
from bot.messages.tokens import TokenRefused

LAST_WEEK = 53
MOST_SKIPPED = 4


def pattern(recurrence: Recurrence, texts: Texts) -> str:
    """Say the days and the time: "varannan torsdag kl. 15.15 utom v. 44"."""
    return _but_weeks(_simply(recurrence, texts), recurrence, texts)


def _simply(recurrence: Recurrence, texts: Texts) -> str:
    return fill(texts.times.pattern, days=_days(recurrence, texts), time=say_time(recurrence.at))


def _but_weeks(said: str, recurrence: Recurrence, texts: Texts) -> str:
    """Say last which weeks are passed over, so that "till 1 juni" is not taken for a part of it."""
    weeks = [fill(texts.dates.week_, week=week) for week in week_runs(recurrence.skipped_weeks)]
    return fill(texts.times.without, pattern=said, weeks=texts.dates.all_of(weeks)) if weeks else said


def _within(recurrence: Recurrence, texts: Texts, day: Callable[[date], str], *, begins: bool) -> str:
    """Say the pattern, and from and to when, where it begins or ends; `day` says a date."""
    said, words = _simply(recurrence, texts), texts.times
    if begins and recurrence.anchor:
        said = fill(words.begins, pattern=said, date=day(recurrence.anchor))
    if recurrence.last:
        said = fill(words.ends, pattern=said, date=day(recurrence.last))
    return _but_weeks(said, recurrence, texts)


def _days(recurrence: Recurrence, texts: Texts) -> str:
    said, workdays = texts.times, recurrence.days == WORKDAYS
    if recurrence.once is not None:
        return fill(said.once, day=texts.dates.day(recurrence.once), year=recurrence.once.year)
    if recurrence.ordinal is not None:
        return _of_month(recurrence.days[0], recurrence.ordinal, texts)
    if recurrence.parity is not None:
        days = said.workdays if workdays else texts.dates.all_of([said.days[day] for day in recurrence.days])
        return fill(said.in_weeks, days=days, weeks=said.parity[recurrence.parity])
    names = texts.dates.all_of([texts.dates.weekdays[day] for day in recurrence.days])
    if recurrence.every == 1:
        return said.workdays if workdays else fill(said.weekly, days=names)
    if workdays:
        return fill(said.spaced_workdays, days=said.workdays, weeks=said.weeks[recurrence.every])
    if len(recurrence.days) > 1:
        return fill(said.spaced_several, days=names, weeks=said.weeks[recurrence.every])
    return fill(said.spaced, day=names, every=said.every[recurrence.every])


def _of_month(weekday: int, nth: int, texts: Texts) -> str:
    return fill(texts.times.of_month, nth=texts.times.nth[nth], day=texts.dates.weekdays[weekday])


def echo(recurrence: Recurrence, preview: Preview, texts: Texts) -> str:
    """Say what was understood, its next dates and what is skipped, and ask whether it is right."""
    words, dates = texts.times, texts.dates
    said = capital(_within(recurrence, texts, dates.full_date, begins=preview.later))
    if recurrence.once is not None:
        sentences = [fill(words.echo_once, pattern=said, week=dates.week(recurrence.once))]
    elif preview.dates:
        said_dates = in_order(preview.dates, texts, far=preview.far)
        listed = [
            fill(words.echo_date, date=date_, week=dates.week(day))
            for date_, day in zip(said_dates, preview.dates, strict=True)
        ]
        sentences = [fill(words.echo_dates, pattern=said, dates=", ".join(listed))]
    else:
        sentences = [f"{said}."]
    if preview.skipped:
        sentences.append(fill(words.skips, days=_skipped(preview, texts)))
    if _two_running(recurrence, preview):
        sentences.append(words.two_running)
    return " ".join([*sentences, words.right])


def in_order(days: Sequence[date], texts: Texts, *, far: bool) -> list[str]:
    """Say dates that follow each other; the first with its year where it is `far`."""
    said = [texts.dates.date(day) for day in days]
    return [texts.dates.full_date(days[0]), *said[1:]] if far and days else said


def _skipped(preview: Preview, texts: Texts) -> str:
    """Say days that follow each other and share a reason as one: "21–23 december (lov)"."""
    runs: list[tuple[str, list[date]]] = []
    for day, reason in preview.skipped:
        kept_between = bool(runs) and any(runs[-1][1][-1] < kept < day for kept in preview.dates)
        if runs and runs[-1][0] == reason and not kept_between:
            runs[-1][1].append(day)
        else:
            runs.append((reason, [day]))
    words = texts.times
    said = [
        fill(words.skipped, days=_span(days, texts), reason=because(reason, texts)) for reason, days in runs
    ]
    if len(said) > MOST_SKIPPED:
        left = sum(len(days) for _, days in runs[MOST_SKIPPED - 1 :])
        said = [*said[: MOST_SKIPPED - 1], fill(words.skipped_more, n=left)]
    return texts.dates.all_of(said)


def _span(days: list[date], texts: Texts) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return texts.dates.date(first)
    start = str(first.day) if first.month == last.month else texts.dates.date(first)
    return f"{start}–{texts.dates.date(last)}"


def _two_running(recurrence: Recurrence, preview: Preview) -> bool:
    weeks = {day.isocalendar().week for day in (*preview.dates, *(day for day, _ in preview.skipped))}
    return recurrence.parity == "odd" and {LAST_WEEK, 1} <= weeks


def because(reason: str, texts: Texts) -> str:
    """Say why a day is closed; what the school has named, and a holiday, keep their names."""
    kind, colon, name = reason.partition(": ")
    return f"{texts.times.closed.get(kind, kind)}{colon}{name}"


def asked(question: AskBack, texts: Texts) -> str:
    """Say what is asked back."""
    return " ".join(
        capital(fill(texts.times.asks[name], **{key: _said(one, texts) for key, one in given.items()}))
        for name, given in question.says
    )


def ask_back(effect: PhraseAskedBack, texts: Texts) -> Message:
    """One question back, its readings to take, and the form with what was written."""
    buttons: list[Button] = []
    for choice in effect.ask.choices:
        try:
            buttons.append(button(label(choice, texts), "take_phrase", effect.arbetslag, choice.phrase))
        except TokenRefused:  # too long for a button: the question alone says what to write
            continue
    try:
        written = button(texts.onboarding.plan, "new_schedule", effect.arbetslag, effect.wanted)
    except TokenRefused:
        written = button(texts.onboarding.plan, "new_schedule", effect.arbetslag)
    return Message(
        title=texts.schedules.ask_title,
        blocks=(
            Paragraph(text=asked(effect.ask, texts)),
            Small(text=texts.schedules.ask_how),
            Choices(buttons=(*buttons, written)),
        ),
    )


def label(choice: Choice, texts: Texts) -> str:
    """Say what a button of an ask-back takes."""
    return fill(texts.times.choices[choice.label], what=_said(choice.given, texts))


def _said(given: Any, texts: Texts) -> str:
    """What fills a sentence; what was written to us stands as it was written."""
    match given:
        case Recurrence():
            return _within(given, texts, texts.dates.date, begins=True)
        case date():
            return texts.dates.date(given)
        case time():
            return say_time(given)
        case WeekOf(number=number):
            return fill(texts.dates.week_, week=number)
        case DayOf(weekday=weekday, nth=0):
            return texts.dates.weekdays[weekday]
        case DayOf(weekday=weekday, nth=nth):
            return _of_month(weekday, nth, texts)
        case NoDay(day=day, month=month, year=year):
            named = fill(texts.dates.date_, day=day, month=texts.dates.months[month - 1])
            return fill(texts.dates.full_date_, date=named, year=year) if year else named
        case _:
            return because(str(given), texts)

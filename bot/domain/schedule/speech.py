"""A recurrence said in Swedish: so that it parses back to itself, and so that people can agree to it."""

from datetime import date

from bot.domain.calendar.swedish_dates import (
    WEEKDAYS,
    capital,
    say_date,
    say_day,
    say_full_date,
    say_list,
    say_time,
    say_week,
)
from bot.domain.schedule.due import Preview
from bot.domain.schedule.recurrence import WORKDAYS, Recurrence

LAST_WEEK = 53
MOST_SKIPPED = 4
EVERY = {2: "varannan", 3: "var tredje", 4: "var fjärde"}
ORDINAL = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", -1: "sista"}
PARITY = {"even": "jämna", "odd": "ojämna"}


def pattern(recurrence: Recurrence) -> str:
    """Say the days and the time: "varannan torsdag kl. 15.15"."""
    return f"{_days(recurrence)} kl. {say_time(recurrence.at)}"


def speak(recurrence: Recurrence) -> str:
    """Say all of it, so that `parse` gives the same value: "… från 26 november 2026"."""
    start = f" från {say_full_date(recurrence.anchor)}" if recurrence.anchor else ""
    end = f" till {say_full_date(recurrence.last)}" if recurrence.last else ""
    return f"{pattern(recurrence)}{start}{end}"


def _days(recurrence: Recurrence) -> str:
    if recurrence.once is not None:
        return f"{say_day(recurrence.once)} {recurrence.once.year}"
    names = [WEEKDAYS[day] for day in recurrence.days]
    if recurrence.ordinal is not None:
        return f"{ORDINAL[recurrence.ordinal]} {names[0]}en i månaden"
    if recurrence.parity is not None:
        plural = "vardagar" if recurrence.days == WORKDAYS else say_list([f"{name}ar" for name in names])
        return f"{plural} {PARITY[recurrence.parity]} veckor"
    if recurrence.days == WORKDAYS:
        return "vardagar" if recurrence.every == 1 else f"vardagar {EVERY[recurrence.every]} vecka"
    if recurrence.every == 1:
        return f"varje {say_list(names)}"
    together = f"{EVERY[recurrence.every]} vecka på {say_list(names)}"
    return together if len(names) > 1 else f"{EVERY[recurrence.every]} {names[0]}"


def echo(recurrence: Recurrence, preview: Preview) -> str:
    """Say what was understood, its next dates and what is skipped, and ask whether it is right."""
    end = f" till {say_full_date(recurrence.last)}" if recurrence.last else ""
    said = capital(f"{pattern(recurrence)}{end}")
    dates = ", ".join(f"{say_date(day)} ({say_week(day)})" for day in preview.dates)
    if recurrence.once is not None:
        sentences = [f"{said} ({say_week(recurrence.once)})."]
    else:
        sentences = [f"{said}: {dates}." if dates else f"{said}."]
    if preview.skipped:
        sentences.append(f"Hoppar över {_skipped(preview)}.")
    if _two_running(recurrence, preview):
        sentences.append("Både v. 53 och v. 1 är ojämna, så det blir två veckor i rad.")
    return " ".join([*sentences, "Stämmer det?"])


def _skipped(preview: Preview) -> str:
    """Say days that follow each other and share a reason as one: "21–23 december (lov)"."""
    runs: list[tuple[str, list[date]]] = []
    for day, reason in preview.skipped:
        kept_between = bool(runs) and any(runs[-1][1][-1] < kept < day for kept in preview.dates)
        if runs and runs[-1][0] == reason and not kept_between:
            runs[-1][1].append(day)
        else:
            runs.append((reason, [day]))
    said = [f"{_span(days)} ({reason})" for reason, days in runs]
    if len(said) > MOST_SKIPPED:
        left = sum(len(days) for _, days in runs[MOST_SKIPPED - 1 :])
        said = [*said[: MOST_SKIPPED - 1], f"{left} dagar till"]
    return say_list(said)


def _span(days: list[date]) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return say_date(first)
    start = str(first.day) if first.month == last.month else say_date(first)
    return f"{start}–{say_date(last)}"


def _two_running(recurrence: Recurrence, preview: Preview) -> bool:
    weeks = {day.isocalendar().week for day in (*preview.dates, *(day for day, _ in preview.skipped))}
    return recurrence.parity == "odd" and {LAST_WEEK, 1} <= weeks

"""A recurrence said in Swedish, so that it parses back to itself; what people agree to is in the texts."""

from collections.abc import Sequence

from bot.domain.calendar.swedish_dates import (
    WEEKDAYS,
    say_day,
    say_full_date,
    say_list,
    say_time,
)
from bot.domain.schedule.recurrence import WORKDAYS, Recurrence

EVERY = {2: "varannan", 3: "var tredje", 4: "var fjärde"}
ORDINAL = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", -1: "sista"}
PARITY = {"even": "jämna", "odd": "ojämna"}


def speak(recurrence: Recurrence) -> str:
    """Say all of it, so that `parse` gives the same value: "… från 26 november 2026"."""
    start = f" från {say_full_date(recurrence.anchor)}" if recurrence.anchor else ""
    end = f" till {say_full_date(recurrence.last)}" if recurrence.last else ""
    return f"{_days(recurrence)} kl. {say_time(recurrence.at)}{start}{end}{_but(recurrence)}"


def _but(recurrence: Recurrence) -> str:
    weeks = [f"v. {run}" for run in week_runs(recurrence.skipped_weeks)]
    return f" utom {say_list(weeks)}" if weeks else ""


def week_runs(weeks: Sequence[int]) -> list[str]:
    """Say weeks that follow each other as one: "44", "51–53"."""
    firsts = [week for week in weeks if week - 1 not in weeks]
    lasts = [week for week in weeks if week + 1 not in weeks]
    return [f"{one}–{last}" if one < last else f"{one}" for one, last in zip(firsts, lasts, strict=True)]


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

"""How dates, weeks and times are written in Swedish: schedules and calendars are, whoever reads them."""

from collections.abc import Sequence
from datetime import date, time

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def say_weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def say_date(day: date) -> str:
    """Say "26 november"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def say_full_date(day: date) -> str:
    """Say "26 november 2026"."""
    return f"{say_date(day)} {day.year}"


def say_day(day: date) -> str:
    """Say "torsdag 26 november"."""
    return f"{say_weekday(day)} {say_date(day)}"


def say_time(at: time) -> str:
    """Say "15.15" or "07.45"."""
    return f"{at:%H.%M}"


def say_list(parts: Sequence[str]) -> str:
    """Say "a, b och c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} och {parts[-1]}"


def capital(sentence: str) -> str:
    """Begin with a capital letter and leave the rest as it stands."""
    return sentence[:1].upper() + sentence[1:]


def lower_first(name: str) -> str:
    """Begin with a small letter and leave the rest as it stands."""
    return name[:1].lower() + name[1:]

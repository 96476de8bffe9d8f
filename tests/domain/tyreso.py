"""The school year of Tyresö 2026/27 (DOMAIN.md 7), and what is said on a Friday in November."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar.school_year import Calendar, CalendarDay, Term
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.speech import speak

ZONE = "Europe/Stockholm"
FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo(ZONE))


def lov(first: date, last: date, name: str) -> tuple[CalendarDay, ...]:
    count = (last - first).days + 1
    return tuple(CalendarDay(date=first + timedelta(days=n), kind="lov", name=name) for n in range(count))


TYRESO = Calendar(
    days=(
        *lov(date(2026, 10, 26), date(2026, 10, 30), "Höstlov"),
        *lov(date(2027, 3, 1), date(2027, 3, 5), "Sportlov"),
        *lov(date(2027, 3, 30), date(2027, 4, 2), "Påsklov"),
        *lov(date(2027, 5, 7), date(2027, 5, 7), "Lovdag"),
    ),
    terms=(
        Term(name="HT", first=date(2026, 8, 17), last=date(2026, 12, 18)),
        Term(name="VT", first=date(2027, 1, 11), last=date(2027, 6, 11)),
    ),
)
UNKNOWN = Calendar()


def said(phrase: str, calendar: Calendar = TYRESO) -> Recurrence | AskBack:
    return parse(phrase, today=FRIDAY_NOON.date(), now=FRIDAY_NOON, calendar=calendar)


def understood(phrase: str) -> Recurrence:
    """Parse what must be understood, and try that it is spoken so that it parses back."""
    found = said(phrase)
    assert isinstance(found, Recurrence), found
    assert said(speak(found)) == found
    return found


def asked(phrase: str, calendar: Calendar = TYRESO) -> AskBack:
    """Parse what must be asked about, and try that every button leads on."""
    found = said(phrase, calendar)
    assert isinstance(found, AskBack), found
    for choice in found.choices:
        assert said(choice.phrase, calendar) != found
    assert len({(choice.label, choice.given) for choice in found.choices}) == len(found.choices)
    return found


def at(text: str) -> datetime:
    """Read a time on the wall in Sweden, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def thursdays(**more: Any) -> Recurrence:
    return Recurrence(**{"days": (3,), "at": time(15, 15)} | more)

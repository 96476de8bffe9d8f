"""Lov and studiedagar out of an .ics file: whole-day events that say what they are."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar.rows import CalendarDays, Kind, Row, Stop, gather, kind_of

BEGINS_EVENT = re.compile(r"\s*begin:vevent\s*", re.IGNORECASE)
ZONE = ZoneInfo("Europe/Stockholm")


def read_ics(text: str) -> CalendarDays:
    """Read every event; what says neither lov nor studiedag is named in `passed_over`."""
    try:
        return _read(text)
    except (ValueError, LookupError, AttributeError, TypeError, OverflowError) as error:
        # What the parser raises is not documented; a file it cannot read is refused as a whole.
        raise Stop("not_ics") from error


def _read(text: str) -> CalendarDays:
    from icalendar import Calendar

    events = Calendar.from_ical(text).walk("VEVENT")
    lines: list[int | None] = [
        place for place, line in enumerate(text.splitlines(), 1) if BEGINS_EVENT.fullmatch(line)
    ]
    if len(lines) != len(events):
        lines = [None] * len(events)
    rows: list[Row] = []
    other: list[str] = []
    for line, event in zip(lines, events, strict=True):
        summary = _text(event.get("SUMMARY"))
        kind = kind_of(*_categories(event), summary)
        row = None if kind is None else _row(event, line, kind, summary)
        if row is None or (row.kind == "termin" and row.first == row.last):
            other.append(summary)
        else:
            rows.append(row)
    return gather(rows, tuple(other))


def _row(event: Any, line: int | None, kind: Kind, name: str) -> Row:
    for broken, _ in event.errors:
        if broken in {"DTSTART", "DTEND", "DURATION"}:
            raise Stop("no_such_date", line, str(event.get(broken)))
    first = _day(event.get("DTSTART"))
    if first is None:
        raise Stop("no_date", line)
    if event.get("RRULE") is not None or event.get("RDATE") is not None:
        raise Stop("repeats", line)
    return Row(line, first, _last_day(event, first), kind, name)


def _last_day(event: Any, first: date) -> date:
    """Find the last day: DTEND is the day after, and a time at midnight counts the same."""
    end, duration = event.get("DTEND"), event.get("DURATION")
    after = _day(end)
    if after is None:
        length = getattr(duration, "dt", None)
        if not isinstance(length, timedelta):
            return first
        return first + max(length - timedelta(seconds=1), timedelta())
    timed = isinstance(end.dt, datetime) and _here(end.dt).time() != time(0)
    return after if timed or after == first else after - timedelta(days=1)


def _day(stamp: Any) -> date | None:
    found = getattr(stamp, "dt", None)
    if isinstance(found, datetime):
        return _here(found).date()
    return found if isinstance(found, date) else None


def _here(moment: datetime) -> datetime:
    """Put a moment on the wall: 23.00 UTC is the midnight that the day in Sweden begins with."""
    return moment if moment.tzinfo is None else moment.astimezone(ZONE)


def _categories(event: Any) -> list[str]:
    found = event.get("CATEGORIES")
    groups = found if isinstance(found, list) else [found]
    return [str(word) for group in groups for word in getattr(group, "cats", ())]


def _text(summary: Any) -> str:
    first = summary[0] if isinstance(summary, list) and summary else summary
    return "" if first is None else str(first).strip()

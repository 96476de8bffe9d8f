"""A plan's coming check-ins as times in a calendar: by Graph, as a file, or behind a link. Pure."""

import hashlib
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, urlencode

from bot.domain.calendar.school_year import Calendar
from bot.domain.check_in import CheckInPlan
from bot.domain.errands import MeetingErrand
from bot.domain.schedule.due import occasions
from bot.domain.value import Value

AHEAD = timedelta(weeks=5)
"""So far ahead meetings are put in a calendar."""

FILE_AHEAD = timedelta(weeks=20)
"""So far ahead a file goes: nobody updates it."""

REFRESH = timedelta(days=1)
"""How often a calendar that follows the file may look at it anew (RFC 7986, 5.7)."""

SHORTEST_MINUTES = 15
"""A check-in takes a few minutes; less than this is hard to see in a calendar."""

NEW_MEETING = "https://teams.microsoft.com/l/meeting/new"
PRODUCT = "-//Nulage//Avstamningar//SV"


class Words(Value):
    """What a time is called, and the line that says what it is for."""

    subject: str
    about: str


class Held(NamedTuple):
    """One occasion that will be asked: the wall time it was planned for, and when it comes (UTC)."""

    plan: str
    planned: datetime
    due: datetime

    @property
    def key(self) -> str:
        return f"{self.plan}@{self.planned.isoformat(timespec='minutes')}"


def held(
    plan: CheckInPlan,
    calendar: Calendar,
    now: datetime,
    ahead: timedelta,
    decided: Container[tuple[str, str]],
) -> Iterator[Held]:
    """Give the occasions that a plan will ask on from `now` on; `decided` have had their verdict.

    A pause without an end, a stop and a draft give none; a pause until a day gives what comes after it.
    """
    if plan.state in {"draft", "stopped"} or (plan.state == "paused" and plan.paused_until is None):
        return
    start = max(now, plan.paused_until or now)
    for planned, utc, due, closed in occasions(
        plan.recurrence, calendar, start, now + ahead, plan.closed_days
    ):
        spoken = (plan.id, planned.isoformat(timespec="minutes")) in decided
        if closed is None and not spoken and utc > plan.created_at:
            yield Held(plan.id, planned, due)


def meetings(
    coming: Iterable[Held], plan: CheckInPlan, calendar: Calendar, user: str, words: Words
) -> Iterator[MeetingErrand]:
    """Turn occasions into meetings in `user`'s calendar; whose calendar is part of what they are called."""
    minutes = max(plan.minutes, SHORTEST_MINUTES)
    for one in coming:
        starts = calendar.local(one.due).replace(tzinfo=None)
        yield MeetingErrand(
            key=f"{one.key}/{user}",
            mark=_mark(words.subject, words.about, starts.isoformat(), str(minutes)),
            ends=one.due,  # what has begun is neither made nor undone
            user=user,
            subject=words.subject,
            about=words.about,
            starts=starts,
            minutes=minutes,
            zone=calendar.zone,
        )


def ics_of(
    coming: Iterable[Held],
    plan: CheckInPlan,
    words: Words,
    now: datetime,
    asked: Container[str] | None = None,
) -> str | None:
    """Write occasions as an iCalendar file (RFC 5545) that any calendar takes in; None where there are none.

    Each stands for itself, in UTC: lov, odd weeks and summer time are counted in already. It is the same
    one (`UID`) at whatever time that day it is asked, and whoever takes the file in again gets the later of
    two (`SEQUENCE`). Those not `asked` (by key; None: all are) are said to be cancelled, not left out:
    a calendar that took them in would keep them.
    """
    from icalendar import Calendar as File
    from icalendar import Event

    file = File()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", words.subject)
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for one in coming:
        event = Event()
        event.add("uid", f"{_mark(plan.id, one.planned.date().isoformat())}@nulage")
        event.add("sequence", plan.version - 1)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", one.due.astimezone(UTC))
        event.add("dtend", one.due.astimezone(UTC) + timedelta(minutes=max(plan.minutes, SHORTEST_MINUTES)))
        event.add("status", "CONFIRMED" if asked is None or one.key in asked else "CANCELLED")
        event.add("summary", words.subject)
        event.add("description", words.about)
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    written: bytes = file.to_ical()
    return written.decode() if file.subcomponents else None


def deep_link(one: Held, plan: CheckInPlan, calendar: Calendar, words: Words) -> str:
    """Return a link that opens Teams' own form for a new meeting, filled in; whoever follows it saves it."""
    starts = calendar.local(one.due)
    ends = calendar.local(one.due + timedelta(minutes=max(plan.minutes, SHORTEST_MINUTES)))
    asked = {
        "subject": words.subject,
        "startTime": starts.isoformat(timespec="seconds"),
        "endTime": ends.isoformat(timespec="seconds"),
        "content": words.about,
    }
    return f"{NEW_MEETING}?{urlencode(asked, quote_via=quote)}"


def _mark(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]

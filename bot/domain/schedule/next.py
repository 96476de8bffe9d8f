"""When something really happens next: the first occasion that no lov or red day stops."""

from datetime import datetime, timedelta

from bot.domain.calendar.school_year import Calendar
from bot.domain.schedule.due import LovRule, occasions
from bot.domain.schedule.recurrence import Recurrence

FURTHEST = timedelta(days=400)


def next_held(
    recurrence: Recurrence, calendar: Calendar, after: datetime, rule: LovRule = "skip"
) -> datetime | None:
    """The next moment (UTC) when it is held; None where a year holds none."""
    coming = occasions(recurrence, calendar, after, after + FURTHEST, rule)
    return next((occasion.due for occasion in coming if occasion.closed is None), None)

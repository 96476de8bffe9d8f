"""What is decided about one round: how far it has come, who is reminded, and how much is asked a week."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.calendar.school_year import Calendar, school_week
from bot.domain.check_in import CheckIn, CheckInPlan, Participation, Standing
from bot.domain.schedule.due import next_planned, planned_between
from bot.domain.school import Person
from bot.domain.value import PersonId

REMIND_AFTER_DAYS = 2
"""Working days before the one reminder (DOMAIN 9.2)."""

GRACE = timedelta(hours=4)
"""A reminder later than this is no help to anyone (RELIABILITY 5)."""

MISSED_BEFORE_ASKING = 2
"""After so many rounds without a word we ask whether the time suits, instead of nudging."""

MOST_MINUTES = 10
"""What the bot asks of an arbetslag in one week, in minutes (PRODUCT 3)."""

WEEKS_COUNTED = 12
MORNING = time(8)
UNDO_FOR = timedelta(minutes=10)

Snooze = Literal["hour", "morning", "next"]


def standing(check_in: CheckIn, took: Iterable[Participation], away: Collection[PersonId] = ()) -> Standing:
    """Count a round. Who is away is not counted, unless they answered all the same."""
    expected = set(check_in.expected)
    answered = {one.person for one in took if one.how != "skipped"}
    if check_in.answers == "together":
        return Standing(answered=int(bool(answered)), asked=1)
    gone = (expected & set(away)) - answered
    return Standing(answered=len(answered & expected), asked=len(expected - gone), away=len(gone))


def to_remind(
    check_in: CheckIn,
    took: Iterable[Participation],
    away: Collection[PersonId],
    leaders: Collection[PersonId] = (),
) -> tuple[PersonId, ...]:
    """Name those a nudge could help: nobody who is done or away, and of an arbetslag only one."""
    done = {one.person for one in took}
    if check_in.state == "closed" or (check_in.answers == "together" and done):
        return ()
    left = tuple(person for person in check_in.expected if person not in done and person not in away)
    if check_in.answers == "each":
        return left
    return tuple(sorted(left, key=lambda person: person not in leaders)[:1])


def leaders_of(check_in: CheckIn, persons: Iterable[Person]) -> tuple[PersonId, ...]:
    """The samtalsledare of the round's arbetslag."""
    return tuple(person.id for person in persons if check_in.arbetslag in person.leads)


def remind_at(calendar: Calendar, opened_at: datetime) -> datetime:
    return calendar.next_open(calendar.add_working_days(opened_at, REMIND_AFTER_DAYS))


def snooze_until(how: Snooze, calendar: Calendar, now: datetime) -> datetime | None:
    """When to remind again, never in quiet hours; None is "not until the next question"."""
    if how == "next":
        return None
    if how == "hour":
        return calendar.next_open(now + timedelta(hours=1))
    local = calendar.local(now)
    tomorrow = local.date() + timedelta(days=1)
    day = calendar.next_open_day(tomorrow) or tomorrow
    return datetime.combine(day, MORNING, ZoneInfo(calendar.zone)).astimezone(now.tzinfo)


def has_missed(rounds: Iterable[tuple[CheckIn, Collection[Participation]]], person: PersonId) -> bool:
    """Tell whether somebody let the last rounds pass without a word."""
    silent = 0
    for check_in, took in rounds:
        theirs = any(check_in.answers == "together" or one.person == person for one in took)
        if person not in check_in.expected or theirs:
            return False
        silent += 1
    return silent >= MISSED_BEFORE_ASKING


def fullest_week(plans: Iterable[CheckInPlan], calendar: Calendar, now: datetime) -> int:
    """Count the minutes that the plans ask for in the fullest of the weeks ahead, once all have begun."""
    minutes: Counter[tuple[int, int]] = Counter()
    counted = [plan for plan in plans if plan.part_of is None]
    begins = (next_planned(plan.recurrence, now, calendar.zone) for plan in counted)
    until = max((at for at in begins if at), default=now) + timedelta(weeks=WEEKS_COUNTED)
    for plan in counted:
        for local in planned_between(plan.recurrence, now, until, calendar.zone):
            minutes[school_week(local.date())] += plan.minutes
    return max(minutes.values(), default=0)

"""When something recurs, and what becomes of every occasion.

Plan in wall time and convert last: 15.15 stays 15.15 across summer time. A time that the spring
gap swallows happens once, an hour later; a time that autumn repeats happens the first time.
Every occasion gets exactly one verdict, whatever crashes and clock jumps lie between the ticks.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.calendar.school_year import Calendar, monday_of
from bot.domain.schedule.recurrence import Recurrence, falls_on
from bot.domain.value import Value

HORIZON = timedelta(days=3 * 366)  # how far we ever look, ahead or back
LATE_AFTER = timedelta(minutes=15)  # more than this after its time, a prompt says that it is late
TOO_CLOSE = timedelta(hours=24)  # a late prompt this near the next one is not asked
FURTHEST_MOVE = timedelta(days=100)  # what finds no open day within this is skipped
FURTHEST_HELD = timedelta(days=400)
MAX_SHOWN = 200
FAR = timedelta(days=183)  # a first date further off than this is said with its year

LovRule = Literal["skip", "move"]


class Send(Value):
    """Ask now. `due_utc` differs from `planned_utc` when the occasion was moved."""

    planned_local: datetime
    planned_utc: datetime
    due_utc: datetime
    late: bool


class Skipped(Value):
    """Do not ask, and say why in the summary: a closed day, or too late."""

    planned_local: datetime
    planned_utc: datetime
    because: Literal["closed", "late"]
    reason: str


class Collapsed(Value):
    """Do not ask: the later occasion `into` asks for both."""

    planned_local: datetime
    planned_utc: datetime
    into: datetime


Verdict = Send | Skipped | Collapsed


class Preview(Value):
    """The next dates of a recurrence, and what is skipped on the way and why.

    `far`: see `is_far`. `later`: it was to begin later than it could, so that its start is worth saying.
    """

    dates: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...] = ()
    far: bool = False
    later: bool = False


class Occasion(NamedTuple):
    """One planned time, when it comes up for a verdict, and why it is not asked for, if so."""

    local: datetime
    utc: datetime
    due: datetime
    closed: str | None


def to_utc(local: datetime, zone: str) -> datetime:
    """Convert wall time: the offset before a gap, the first of two (RFC 5545)."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def planned_between(
    recurrence: Recurrence, after: datetime, until: datetime, zone: str
) -> Iterator[datetime]:
    """Give each planned wall time in (after, until], naive and in order."""
    here = ZoneInfo(zone)
    # A day earlier, for zones whose gap lies at midnight and moves 23.30 into the next day.
    day = after.astimezone(here).date() - timedelta(days=1)
    end = until.astimezone(here).date()
    day = max(day, recurrence.once or recurrence.anchor or day)
    end = min(end, recurrence.once or recurrence.last or end)
    while day <= end:
        if falls_on(recurrence, day):
            local = datetime.combine(day, recurrence.at)
            if after < to_utc(local, zone) <= until:
                yield local
        day += timedelta(days=1)


def next_planned(recurrence: Recurrence, after: datetime, zone: str) -> datetime | None:
    """Find the next planned moment in UTC, lov or not; None where there is none within the horizon."""
    local = next(planned_between(recurrence, after, after + HORIZON, zone), None)
    return None if local is None else to_utc(local, zone)


def occasions(
    recurrence: Recurrence, calendar: Calendar, after: datetime, until: datetime, rule: LovRule
) -> Iterator[Occasion]:
    """Give each occasion that comes up for a verdict in (after, until], in the order planned."""
    earliest = after - FURTHEST_MOVE if rule == "move" else after
    for local in planned_between(recurrence, earliest, until, calendar.zone):
        occasion = _occasion(local, recurrence, calendar, rule)
        if after < occasion.due <= until:
            yield occasion


def _occasion(local: datetime, recurrence: Recurrence, calendar: Calendar, rule: LovRule) -> Occasion:
    utc = to_utc(local, calendar.zone)
    closed = calendar.why_closed(local.date())
    if closed is None and calendar.is_quiet(local.time()):
        closed = "utanför arbetstid"
    if closed is None or rule == "skip":
        return Occasion(local, utc, utc, closed)
    day = _moved_to(local.date(), recurrence, calendar)
    if day is None:
        return Occasion(local, utc, utc, closed)
    due = calendar.next_open(to_utc(datetime.combine(day, local.time()), calendar.zone))
    return Occasion(local, utc, due, None)


def _moved_to(day: date, recurrence: Recurrence, calendar: Calendar) -> date | None:
    """Find the first open day from `day` that lies in no week that is passed over."""
    furthest = day + FURTHEST_MOVE
    found = calendar.next_open_day(day, within=FURTHEST_MOVE.days)
    while found is not None and found.isocalendar().week in recurrence.skipped_weeks:
        monday = monday_of(found) + timedelta(days=7)
        found = calendar.next_open_day(monday, within=(furthest - monday).days)
    return found


def next_due(recurrence: Recurrence, calendar: Calendar, after: datetime, rule: LovRule) -> datetime | None:
    """Find the next moment (UTC) when `due` has something to say: the hint for when to look."""
    found = next(occasions(recurrence, calendar, after, after + HORIZON, rule), None)
    return None if found is None else found.due


def next_held(
    recurrence: Recurrence, calendar: Calendar, after: datetime, rule: LovRule = "skip"
) -> datetime | None:
    """Find the next moment (UTC) that no lov or red day stops; None where a year holds none."""
    coming = occasions(recurrence, calendar, after, after + FURTHEST_HELD, rule)
    return next((occasion.due for occasion in coming if occasion.closed is None), None)


def due(
    recurrence: Recurrence,
    calendar: Calendar,
    watermark: datetime,
    now: datetime,
    rule: LovRule = "skip",
    since: datetime | None = None,
) -> tuple[Verdict, ...]:
    """Give each occasion that came up in (watermark, now] its one verdict, in the order planned.

    1. A closed day is skipped, or moved to the next open day at the same time on the wall; never into a
       week that is passed over.
    2. Of several that came up together the latest is asked for, and the older collapse into it.
    3. Where even the latest is too late, all are skipped as late.
    4. Nothing planned at or before `since`, when the schedule was agreed or edited, is ever asked
       for. Only the rule "move" needs it: else a watermark set to that moment does the same.
    """
    if now <= watermark:
        return ()
    looked_until = max(watermark, now - HORIZON)
    found = [
        occasion
        for occasion in occasions(recurrence, calendar, looked_until, now, rule)
        if since is None or occasion.utc > since
    ]
    latest = max((o for o in found if o.closed is None), key=lambda o: (o.due, o.local), default=None)
    late = latest is not None and now - latest.due > LATE_AFTER
    lost = latest is not None and late and _too_late(recurrence, calendar, latest, now, rule)
    verdicts: list[Verdict] = []
    for local, utc, comes_up, closed in found:
        if closed is not None or latest is None:
            reason = closed or ""
            verdicts.append(Skipped(planned_local=local, planned_utc=utc, because="closed", reason=reason))
        elif lost:
            verdicts.append(Skipped(planned_local=local, planned_utc=utc, because="late", reason="late"))
        elif local != latest.local:
            verdicts.append(Collapsed(planned_local=local, planned_utc=utc, into=latest.local))
        else:
            verdicts.append(Send(planned_local=local, planned_utc=utc, due_utc=comes_up, late=late))
    return tuple(verdicts)


def _too_late(
    recurrence: Recurrence, calendar: Calendar, latest: Occasion, now: datetime, rule: LovRule
) -> bool:
    """Tell whether a late prompt does more harm than good: a lov lies between, or the next is near.

    The same day is never too late, so that a daily question survives an hour's outage.
    """
    meant, today = calendar.local(latest.due).date(), calendar.local(now).date()
    if meant == today:
        return False
    between = ((meant + timedelta(days=n)) for n in range(1, (today - meant).days + 1))
    if any(calendar.is_lov(day) for day in between):
        return True
    coming = occasions(recurrence, calendar, now, now + TOO_CLOSE, rule)
    return any(occasion.closed is None for occasion in coming)


def preview(recurrence: Recurrence, calendar: Calendar, now: datetime, n: int = 4) -> Preview:
    """Show the next `n` dates that will be asked on, and what is skipped before the last of them."""
    dates: list[date] = []
    skipped: list[tuple[date, str]] = []
    for local in planned_between(recurrence, now, now + HORIZON, calendar.zone):
        day = local.date()
        if (closed := calendar.why_closed(day)) is None:
            dates.append(day)
        else:
            skipped.append((day, closed))
        if len(dates) >= n or len(skipped) >= MAX_SHOWN:
            break
    far = is_far(next(iter(dates), None), now)
    later = _begins_later(recurrence, calendar, now)
    return Preview(dates=tuple(dates), skipped=tuple(skipped), far=far, later=later)


def _begins_later(recurrence: Recurrence, calendar: Calendar, now: datetime) -> bool:
    if recurrence.anchor is None:
        return False
    unbound = recurrence.model_copy(update={"anchor": None, "every": 1})
    first = next(planned_between(unbound, now, now + HORIZON, calendar.zone), None)
    return first is not None and first.date() < recurrence.anchor


def is_far(first: date | None, now: datetime) -> bool:
    """Tell whether the first date is so far off that without its year it is taken for an earlier one."""
    return first is not None and first - now.date() > FAR

"""A copy of the store is the store again: nothing of it is sent blindly, and the lost hours are told."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.check_in import CheckInPlan, SummaryPlan
from bot.domain.schedule.due import Skipped, due
from bot.log import log
from bot.messages.phrasing.trouble import hours_lost
from handlers.informing import News, inform
from handlers.people.deciding import planners
from prompts.book import Prompts
from storage.asked.check_ins import clear_reminder, reminders_due
from storage.asked.plans import DueSchedule, claim_occurrence, due_schedules, move_watermark
from storage.backup.epoch import copied_at, doubt_unsent, newest_event, note_restored
from storage.unit import StaleVersion, UnitOfWork

RESTORED = "restored"
"""Noted on an occasion that came in the lost hours: whether it was asked nobody knows any more."""

LOOK_AGAIN = timedelta(seconds=1)


class Restored(NamedTuple):
    """`since` is None when nothing says when the copy was made; `doubts` and `told` count messages.

    `stumbled` counts the schedules that could not be looked at: each is for the doctor.
    """

    since: datetime | None
    until: datetime
    doubts: int
    told: int
    stumbled: int = 0


def on_restored(unit: UnitOfWork, prompts: Prompts, now: datetime) -> Restored:
    """Begin the restore epoch, in a store that nobody works with.

    1. What was unsent is in doubt: it is looked for, and where nobody can look a person is asked.
    2. Occasions and reminders of the lost hours are passed over.
    3. Each school's processledare and rektor hear which hours are lost: answers are, and so may a summary be.
    """
    known = copied_at(unit) or newest_event(unit)
    since = min(known, now) if known else None
    doubts = doubt_unsent(unit, since, now)
    stumbled = _pass_over_occasions(unit, now)
    while late := reminders_due(unit, now):
        for one in late:
            clear_reminder(unit, one.check_in, one.person)
    told = _tell(unit, prompts, since, now) if since else 0
    note_restored(unit, now)
    return Restored(since, now, doubts, told, stumbled)


def _pass_over_occasions(unit: UnitOfWork, now: datetime) -> int:
    """Every schedule is looked at from now on; the next tick finds out when that is.

    One that cannot be looked at stops no other, as in the tick. Returns how many those were.
    """
    met: set[str] = set()
    stumbled = 0
    while found := [one for one in due_schedules(unit, now) if one.id not in met]:
        for one in found:
            met.add(one.id)
            try:
                with unit.apart():
                    _pass_over(unit, one, one.plan, now)
            except StaleVersion:
                raise
            except Exception:
                stumbled += 1
                log.exception("schedule_failed", action="restoring.schedule_failed", key=one.id)
            move_watermark(unit, one.id, now, now + LOOK_AGAIN)
    return stumbled


def _pass_over(unit: UnitOfWork, found: DueSchedule, plan: CheckInPlan | SummaryPlan, now: datetime) -> None:
    calendar, watermark = unit.roster.calendars[plan.school], found.watermark
    if isinstance(plan, CheckInPlan):
        watermark = max(watermark, plan.paused_until or watermark)
        verdicts = due(plan.recurrence, calendar, watermark, now, plan.closed_days, plan.created_at)
    else:
        verdicts = due(plan.recurrence, calendar, watermark, now)
    for verdict in verdicts:
        closed = verdict.reason if isinstance(verdict, Skipped) and verdict.because == "closed" else ""
        local, utc = verdict.planned_local, verdict.planned_utc
        claim_occurrence(unit, found.id, local, utc, "skipped", closed or RESTORED)


def _tell(unit: UnitOfWork, prompts: Prompts, since: datetime, now: datetime) -> int:
    told = 0
    for school, calendar in unit.roster.calendars.items():
        for person in planners(unit.roster, school):
            line = hours_lost(calendar.local(since), calendar.local(now), prompts.said_to(person))
            key = f"{RESTORED}:{now:%Y%m%d%H%M%S%f}:{person.id}"
            inform(unit, school, now, person.direct, News(key, f"{RESTORED}:{school}", line))
            told += person.direct is not None
    return told

"""A schedule's time has come: every occasion gets its one verdict, and what is due is asked."""

from collections.abc import Callable
from datetime import datetime, time

from bot.domain.calendar.school_year import Calendar
from bot.domain.check_in import CheckInPlan, SummaryPlan
from bot.domain.schedule.due import Collapsed, Send, Skipped, Verdict, due, next_due
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import SchoolId
from handlers.asking.rounds import Occasion, open_round, why_not_ask
from handlers.reports import weekly
from prompts.book import Prompts
from storage.asked.plans import (
    DueSchedule,
    claim_occurrence,
    load_plan,
    move_watermark,
    plans_of_arbetslag,
    save_plan,
    save_summary_plan,
    watermark_of,
)
from storage.moments import new_id
from storage.unit import UnitOfWork

SUMMARY_AT = Recurrence(days=(4,), at=time(14))
"""Friday 14.00: what a school begins with."""

ASLEEP = "asleep"
"""Noted on a moved occasion whose plan was paused or stopped since: who did that needs no telling."""

OnDue = Callable[[UnitOfWork, Prompts, DueSchedule, datetime], None]


def check_in_due(unit: UnitOfWork, prompts: Prompts, found: DueSchedule, now: datetime) -> None:
    """Ask an arbetslag what is due, and note how far its plan was looked at."""
    plan, watermark = load_plan(unit, found.id), found.watermark
    if plan is None:
        return
    was = plan.version
    if plan.state == "paused" and plan.paused_until is not None:
        watermark = max(watermark, plan.paused_until)
        plan = plan.model_copy(update={"state": "active", "paused_until": None})
    calendar = unit.roster.calendars[plan.school]
    since = plan.created_at
    for verdict in due(plan.recurrence, calendar, watermark, now, plan.closed_days, since):
        plan = _give(unit, prompts, plan, verdict, now)
    looked = max(watermark, now)
    ahead = look_again(unit, plan, calendar, looked)
    over = {"state": "stopped"} if ahead is None else {}
    plan = plan.model_copy(update={**over, "version": was + 1})
    save_plan(unit, plan, watermark=looked, next_at=ahead, was=was)


def look_again(unit: UnitOfWork, plan: CheckInPlan, calendar: Calendar, after: datetime) -> datetime | None:
    """When a plan that goes on is looked at next; None when it is over, with all that was moved in it."""
    ahead = next_due(plan.recurrence, calendar, after, plan.closed_days)
    if ahead is not None:
        return ahead
    moved = [one for one in plans_of_arbetslag(unit, plan.arbetslag) if one.part_of == plan.id]
    comes = (next_due(one.recurrence, calendar, one.created_at, one.closed_days) for one in moved)
    return max((at for at in comes if at is not None), default=None)


def _give(
    unit: UnitOfWork, prompts: Prompts, plan: CheckInPlan, verdict: Verdict, now: datetime
) -> CheckInPlan:
    """Write one occasion's verdict, once, and ask if that is what it says."""
    local, utc = verdict.planned_local, verdict.planned_utc
    match verdict:
        case Skipped(reason=reason):
            claim_occurrence(unit, plan.id, local, utc, "skipped", reason)
        case Collapsed(into=into):
            claim_occurrence(unit, plan.id, local, utc, "collapsed", into.isoformat(timespec="minutes"))
        case Send(late=late):
            asking = _root(unit, plan, now)
            reason = ASLEEP if asking is None else why_not_ask(unit, prompts, asking, now) or ""
            name = "skipped" if reason else "sent_late" if late else "sent"
            if claim_occurrence(unit, plan.id, local, utc, name, reason) and asking and not reason:
                return _ask(unit, prompts, plan, asking, verdict, now)
    return plan


def _root(unit: UnitOfWork, plan: CheckInPlan, now: datetime) -> CheckInPlan | None:
    """The plan whose round this is: a moved occasion belongs to the plan it was moved in.

    None when that one is stopped or paused.
    """
    if plan.part_of is None:
        return plan
    root = load_plan(unit, plan.part_of)
    return root if root is not None and root.is_awake(now) else None


def _ask(
    unit: UnitOfWork, prompts: Prompts, plan: CheckInPlan, asking: CheckInPlan, verdict: Send, now: datetime
) -> CheckInPlan:
    open_round(unit, prompts, asking, Occasion(verdict.planned_local, verdict.late), now)
    if asking.id == plan.id:
        return plan.model_copy(update={"rounds": plan.rounds + 1})
    counted = asking.model_copy(update={"rounds": asking.rounds + 1, "version": asking.version + 1})
    calendar = unit.roster.calendars[asking.school]
    watermark = watermark_of(unit, asking.id)
    # Nothing of its own left: it is looked at once more, when this one is over.
    ahead = next_due(asking.recurrence, calendar, watermark, asking.closed_days) or now
    save_plan(unit, counted, watermark=watermark, next_at=ahead, was=asking.version)
    return plan


def summary_due(unit: UnitOfWork, prompts: Prompts, found: DueSchedule, now: datetime) -> None:
    """Let the week's summary be made, once for each occasion."""
    plan = found.plan
    calendar = unit.roster.calendars[plan.school]
    for verdict in due(plan.recurrence, calendar, found.watermark, now):
        local, utc = verdict.planned_local, verdict.planned_utc
        match verdict:
            case Skipped(reason=reason):
                claim_occurrence(unit, found.id, local, utc, "skipped", reason)
            case Collapsed():
                claim_occurrence(unit, found.id, local, utc, "collapsed")
            case Send(late=late):
                if claim_occurrence(unit, found.id, local, utc, "sent_late" if late else "sent"):
                    weekly.on_due(unit, prompts, plan.school, local, now)
    looked = max(found.watermark, now)
    move_watermark(unit, found.id, looked, next_due(plan.recurrence, calendar, looked, "skip"))


WHEN_DUE: dict[str, OnDue] = {"check_in": check_in_due, "weekly": summary_due}
"""What happens when a schedule of each kind is due."""


def ensure_summary_plan(unit: UnitOfWork, school: SchoolId, calendar: Calendar, now: datetime) -> SummaryPlan:
    """Give a school its weekly summary: Friday 14.00, from now on."""
    plan = SummaryPlan(id=f"weekly:{school}", school=school, recurrence=SUMMARY_AT, created_at=now)
    ahead = next_due(plan.recurrence, calendar, now, "skip")
    save_summary_plan(unit, plan, watermark=now, next_at=ahead, was=None)
    return plan


def new_plan_id(now: datetime) -> str:
    return f"plan-{new_id(now)}"

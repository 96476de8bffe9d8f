"""A plan's next times as they will really be: closed days and moved occasions counted in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.calendar.school_year import Calendar
from bot.domain.check_in import CheckInPlan
from bot.domain.effects.schedule import PlanShown
from bot.domain.schedule.due import HORIZON, Preview, is_far, occasions, preview
from bot.domain.school import Arbetslag
from bot.messages.texts import Texts
from prompts.book import Prompts
from prompts.loader import Packs
from storage.asked.plans import claimed, plans_of_arbetslag
from storage.unit import UnitOfWork

NEXT = 4
"""We always show at least so many dates (PRODUCT 4, rule 7)."""


class Coming(NamedTuple):
    """One occasion ahead: whose it is, the wall time it was planned for, and when it comes."""

    plan: str
    planned: datetime
    planned_utc: datetime
    due: datetime

    @property
    def key(self) -> str:
        return f"{self.plan}@{self.planned.isoformat(timespec='minutes')}"


def coming(unit: UnitOfWork, plan: CheckInPlan, calendar: Calendar, now: datetime) -> tuple[Coming, ...]:
    """Find the next occasions of a plan and of what was moved in it, as local times."""
    if plan.state == "stopped" or (plan.state == "paused" and plan.paused_until is None):
        return ()
    start = max(now, plan.paused_until or now)
    moved = [one for one in plans_of_arbetslag(unit, plan.arbetslag) if one.part_of == plan.id]
    family = (plan, *moved)
    verdicts = claimed(unit, [one.id for one in family], start - timedelta(days=1))
    found: list[Coming] = []
    for one in family:
        ahead = 0
        for local, utc, due, closed in occasions(
            one.recurrence, calendar, start, start + HORIZON, one.closed_days
        ):
            seen = (one.id, local.isoformat(timespec="minutes"))
            if closed is None and seen not in verdicts:
                found.append(Coming(one.id, local, utc, calendar.local(due)))
                ahead += 1
            if ahead >= NEXT:
                break
    return tuple(sorted(found, key=lambda occasion: occasion.due)[:NEXT])


def preview_of(plan: CheckInPlan, calendar: Calendar, now: datetime) -> Preview:
    """The next dates to agree on: by the rule for closed days."""
    if plan.closed_days == "skip":
        return preview(plan.recurrence, calendar, now, NEXT)
    dates = []
    for occasion in occasions(plan.recurrence, calendar, now, now + HORIZON, plan.closed_days):
        if occasion.closed is None:
            dates.append(calendar.local(occasion.due).date())
        if len(dates) >= NEXT:
            break
    return Preview(dates=tuple(dates), far=is_far(next(iter(dates), None), calendar.local(now)))


def shown(unit: UnitOfWork, packs: Packs, plan: CheckInPlan, now: datetime, texts: Texts) -> PlanShown:
    """One plan with its next times, ready to be worded; `packs` in the language of `texts`."""
    calendar = unit.roster.calendars[plan.school]
    local_pause = plan.paused_until.astimezone(calendar.local(now).tzinfo) if plan.paused_until else None
    ahead = coming(unit, plan, calendar, now)
    return PlanShown(
        plan=plan.model_copy(update={"paused_until": local_pause}),
        arbetslag=unit.roster.arbetslag[plan.arbetslag].name,
        questions=questions_of(packs, plan.pack, texts),
        coming=tuple(one.due for one in ahead),
        far=is_far(next((one.due.date() for one in ahead), None), calendar.local(now)),
    )


def questions_of(packs: Packs, pack: str | None, texts: Texts) -> str:
    found = packs.get(pack) if pack else None
    return found.title if found else texts.schedules.rotation


def minutes_of(prompts: Prompts, pack: str | None, team: Arbetslag) -> int:
    """How long a round takes at most; 0 when nothing suits the arbetslag."""
    if pack is not None:
        chosen = prompts.packs.get(pack)
        return chosen.minutes if chosen and chosen.suits(team.skolform) else 0
    turns = [one for one in prompts.packs.values() if one.rotation and one.suits(team.skolform)]
    return max((one.minutes for one in turns), default=0)

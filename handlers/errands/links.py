"""Check-ins in a calendar without anybody's consent: links, and what a calendar file says."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import refused_users
from bot.domain.errands_meetings import FILE_AHEAD, deep_link, held, ics_of
from bot.domain.school import Language, Place
from bot.messages.phrasing.errands import links
from bot.messages.texts import Texts
from handlers.errands.here import Calendar, Here
from handlers.errands.times import Planned, planned, words_of
from storage.asked.plans import claimed, load_plan, set_mark
from storage.errands.kept import kept
from storage.post.outbox import Promised, promise
from storage.unit import UnitOfWork

SHOWN = 4

Address = Callable[[str, Language], str]
"""Where a plan's file is, in a language; "" where there is none."""


def lacking(unit: UnitOfWork, now: datetime, *, stopped: bool) -> Callable[[str], bool]:
    """Who gets nothing in their calendar: who was refused, and, when all is shut, who has none yet."""
    known = tuple(kept(unit, "meeting").values())
    refused = refused_users(known)
    has = {one.user for one in known if one.state == "done" and one.ends > now}
    return lambda user: user in refused or (stopped and user not in has)


def offer(here: Here, address: Address, whose: Calendar, lacks: Callable[[str], bool]) -> None:
    """Promise those who lack a plan's times in their calendar the times, once for each plan and person."""
    for one in planned(here, "samtalsledare" if whose == "links" else whose):
        direct = one.person.direct
        if direct is None or not one.coming or not lacks(one.user):
            continue
        if set_mark(here.unit, f"links:{one.plan.id}", one.person.id):
            _promise(here, one, direct, address)


def _promise(here: Here, one: Planned, direct: Place, address: Address) -> None:
    texts = here.prompts.said_to(one.person)
    calendar = here.unit.roster.calendars[one.plan.school]
    words = words_of(one.team, texts, texts.errands.link_about)
    times = [
        (texts.dates.moment(calendar.local(held.due)), deep_link(held, one.plan, calendar, words))
        for held in one.coming[:SHOWN]
    ]
    file = address(one.plan.id, one.person.language or "sv")
    promise(
        here.unit,
        Promised(
            key=f"links:{one.plan.id}:{one.person.id}:{here.now.isoformat()}",
            message_class="receipt",
            concerns=f"schedule:{one.plan.id}",
            place=direct,
            message=links(one.team.name, times, file, texts),
            not_before=here.now,
            hours_of=one.plan.school,
        ),
    )


def file_of(unit: UnitOfWork, key: str, texts: Texts, now: datetime) -> str | None:
    """What a plan's calendar file says now; None where there is no such plan.

    What was to be asked and is not, since the plan is paused or stopped, is said to be cancelled.
    """
    plan = load_plan(unit, key)
    team = unit.roster.arbetslag.get(plan.arbetslag) if plan else None
    if plan is None or team is None or plan.state == "draft":
        return None
    calendar = unit.roster.calendars[plan.school]
    decided = claimed(unit, [plan.id], now)
    every = tuple(held(_running(plan), calendar, now, _ahead(plan, now), decided))
    asked = frozenset(one.key for one in held(plan, calendar, now, FILE_AHEAD, decided))
    return ics_of(every, plan, words_of(team, texts, texts.errands.file_about), now, asked)


def _running(plan: CheckInPlan) -> CheckInPlan:
    """The plan as it would be asked, were it neither paused nor stopped."""
    return plan.but(state="active", paused_until=None)


def _ahead(plan: CheckInPlan, now: datetime) -> timedelta:
    """No file ever went further than this, so nobody has more of a plan that is stopped."""
    over = now - plan.stopped_at if plan.state == "stopped" and plan.stopped_at else timedelta()
    return max(FILE_AHEAD - over, timedelta())

"""Check-ins in a calendar without anybody's consent: links, and what a calendar file says."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import Kept, refused_users
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


class Shut(NamedTuple):
    """Whose calendars we cannot reach, and what stands in them. `stopped`: all of them."""

    known: Mapping[str, Kept]
    refused: frozenset[str]
    stopped: bool

    @classmethod
    def of(cls, unit: UnitOfWork, *, stopped: bool) -> "Shut":
        known = kept(unit, "meeting")
        return cls(known, refused_users(known.values()), stopped)

    def is_shut(self, user: str) -> bool:
        return self.stopped or user in self.refused

    def lacks(self, user: str, first: str) -> bool:
        """Whether what comes first of a plan (its key) is nowhere in the calendar, and will not be."""
        there = self.known.get(f"{first}/{user}")
        return self.is_shut(user) and not (there and there.state == "done")


def offer(here: Here, address: Address, whose: Calendar, shut: Shut | None) -> None:
    """Promise those who lack a plan's times in their calendar the times, once for each plan and person.

    `shut` None: nothing is put in anybody's calendar, and all lack them.
    """
    for one in planned(here, "samtalsledare" if whose == "links" else whose):
        direct = one.person.direct
        if direct is None or not one.coming or (shut and not shut.lacks(one.user, one.coming[0].key)):
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

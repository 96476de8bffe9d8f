"""Check-ins as times in a calendar: in whose, and which."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import MeetingErrand
from bot.domain.errands_meetings import AHEAD, Held, Words, held, meetings
from bot.domain.school import Arbetslag, Person
from bot.messages.texts import Texts, fill
from handlers.errands.here import Calendar, Here
from storage.asked.plans import claimed, plans_of_school


class Planned(NamedTuple):
    """A plan with its coming occasions, and in whose calendar they belong."""

    plan: CheckInPlan
    team: Arbetslag
    coming: tuple[Held, ...]
    user: str
    person: Person


def planned(here: Here, whose: Calendar) -> Iterator[Planned]:
    """Give every plan of the tenant's schools that has somebody to put it in the calendar of."""
    for school in here.schools:
        calendar = here.unit.roster.calendars[school]
        plans = plans_of_school(here.unit, school)
        decided = claimed(here.unit, [plan.id for plan in plans], here.now - timedelta(days=1))
        for plan in plans:
            team = here.unit.roster.arbetslag.get(plan.arbetslag)
            person = _owner(here, plan, whose) if team and not team.silenced else None
            if team and person:
                coming = tuple(held(plan, calendar, here.now, AHEAD, decided))
                yield Planned(plan, team, coming, here.users[person.id], person)


def in_calendars(here: Here, whose: Calendar) -> Iterator[MeetingErrand]:
    """Each occasion as a meeting of whose it is; none where only links are sent."""
    if whose not in {"samtalsledare", "processledare"}:
        return
    for one in planned(here, whose):
        calendar = here.unit.roster.calendars[one.plan.school]
        texts = here.prompts.said_to(one.person)
        words = words_of(one.team, texts, texts.errands.meeting_about)
        yield from meetings(one.coming, one.plan, calendar, one.user, words)


def words_of(team: Arbetslag, texts: Texts, about: str) -> Words:
    return Words(subject=fill(texts.errands.meeting, arbetslag=team.name), about=about)


def _owner(here: Here, plan: CheckInPlan, whose: Calendar) -> Person | None:
    """Somebody of the school's who is still what makes it theirs, and has an account here."""
    roster = here.unit.roster
    if whose == "processledare":
        people = [roster.persons.get(one) for one in plan.owners]
        able = [one for one in people if one and (one.has("processledare") or one.has("rektor"))]
    else:
        able = [one for one in roster.members(plan.arbetslag) if plan.arbetslag in one.leads]
    found = (one for one in sorted(able, key=lambda one: one.id) if one.id in here.users)
    return next((one for one in found if one.school == plan.school), None)

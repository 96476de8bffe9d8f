"""What should have been done in Graph by now, worked out from the store: nothing of it is remembered here."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import DoorErrand, Errand, Kind, MeetingErrand, NudgeErrand
from bot.domain.errands_meetings import AHEAD, Held, Words, held, meetings
from bot.domain.school import Arbetslag, Person
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.texts import Texts, fill
from bot.serve.graph_documents import documents
from bot.serve.in_store import accounts_in
from prompts.book import Prompts
from storage.asked.plans import claimed, plans_of_school
from storage.errands.waiting import unreachable
from storage.installed import references
from storage.installed.references import KeptReference
from storage.unit import UnitOfWork

PLATFORM = "teams"
WAITS_FOR = timedelta(days=7)
"""What has waited longer than this for somebody is not nudged about any more."""

NUDGES = {"reminder": "checkInAsked", "summary": "summaryReady", "reply": "replyArrived"}
"""What waits, by how its key begins, and the manifest's name for a line about it."""

Calendar = Literal["", "samtalsledare", "processledare", "links"]


class Chosen(NamedTuple):
    """What whoever runs the bot has chosen, beside what an administrator has granted; nothing at first.

    `calendar`: whose calendar check-ins are put in, the samtalsledare's or that of the processledare who
    made the plan; or only links. `files`: "rektor", or the id of a drive. `app`: our id in the tenant's
    own catalogue, for those who have no chat with the bot.
    """

    calendar: Calendar = ""
    files: str = ""
    app: str = ""


class Here(NamedTuple):
    """One transaction's view of one tenant."""

    unit: UnitOfWork
    prompts: Prompts
    tenant: str
    now: datetime
    users: dict[PersonId, str]

    @classmethod
    def of(cls, unit: UnitOfWork, prompts: Prompts, tenant: str, now: datetime) -> "Here":
        """Find everybody's Entra object id in the tenant."""
        return cls(unit, prompts, tenant, now, accounts_in(unit, PLATFORM, tenant))

    @property
    def schools(self) -> tuple[SchoolId, ...]:
        return tuple(school.id for school in self.unit.roster.schools_in(f"{PLATFORM}:{self.tenant}"))


def wanted(here: Here, kind: Kind, chosen: Chosen) -> tuple[Errand, ...]:
    """Every errand of one kind, done or not."""
    match kind:
        case "meeting":
            return (
                tuple(_meetings(here, chosen.calendar))
                if chosen.calendar in {"samtalsledare", "processledare"}
                else ()
            )
        case "document":
            return tuple(documents(here, chosen.files))
        case "nudge":
            return tuple(_nudges(here))
        case "door":
            return tuple(_doors(here)) if chosen.app else ()


class Planned(NamedTuple):
    """A plan with its coming occasions, and in whose calendar they belong."""

    plan: CheckInPlan
    team: Arbetslag
    coming: tuple[Held, ...]
    user: str
    person: Person


def planned(here: Here, whose: Calendar, ahead: timedelta = AHEAD) -> Iterator[Planned]:
    """Give every plan of the tenant's schools that has somebody to put it in the calendar of."""
    for school in here.schools:
        calendar = here.unit.roster.calendars[school]
        plans = plans_of_school(here.unit, school)
        decided = claimed(here.unit, [plan.id for plan in plans], here.now - timedelta(days=1))
        for plan in plans:
            team = here.unit.roster.arbetslag.get(plan.arbetslag)
            person = _owner(here, plan, whose) if team and not team.silenced else None
            if team and person:
                coming = tuple(held(plan, calendar, here.now, ahead, decided))
                yield Planned(plan, team, coming, here.users[person.id], person)


def words_of(team: Arbetslag, texts: Texts) -> Words:
    said = texts.errands
    return Words(subject=fill(said.meeting, arbetslag=team.name), about=said.meeting_about)


def _meetings(here: Here, whose: Calendar) -> Iterator[MeetingErrand]:
    for one in planned(here, whose):
        calendar = here.unit.roster.calendars[one.plan.school]
        words = words_of(one.team, here.prompts.said_to(one.person))
        yield from meetings(one.coming, one.plan, calendar, one.user, words)


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


def _nudges(here: Here) -> Iterator[NudgeErrand]:
    """Those whom a message could not reach, and who are in a team that has the app; in working hours.

    However much waits, it is one line of a kind a day.
    """
    roster, teams = here.unit.roster, _teams(here)
    by_lane = {f"{PLATFORM}:{here.tenant}/@{user}": person for person, user in here.users.items()}
    for one in unreachable(here.unit, f"{PLATFORM}:{here.tenant}/@", here.now - WAITS_FOR):
        person = roster.persons.get(by_lane.get(one.lane, PersonId("")))
        kind = NUDGES.get(one.key.partition(":")[0])
        team = _team_of(here, person, teams) if person and person.roles and kind else None
        if person is None or kind is None or team is None:
            continue
        calendar = roster.calendars[person.school]
        if calendar.next_open(here.now) <= here.now:
            ends, day = one.since + WAITS_FOR, calendar.local(one.since).date()
            user = here.users[person.id]
            yield NudgeErrand(key=f"{user}:{kind}:{day}", ends=ends, user=user, team=team, type=kind)


def preview(type_: str, texts: Texts) -> str:
    """What a line in the feed says; it quotes nobody."""
    said = texts.errands
    return {"checkInAsked": said.nudge_check_in, "summaryReady": said.nudge_summary}.get(
        type_, said.nudge_reply
    )


def _teams(here: Here) -> dict[str, KeptReference]:
    return {one.key: one for one in references.of_tenant(here.unit, here.tenant) if one.team}


def _team_of(here: Here, person: Person, teams: dict[str, KeptReference]) -> str | None:
    """A team that they are in, by their own arbetslag; a rektor by any of the school's."""
    roster, inside = here.unit.roster, f"{here.tenant}/"
    own: list[ArbetslagId] = list(person.arbetslag)
    own += [team.id for team in roster.arbetslag_of(person.school)] if person.has("rektor") else []
    for key in own:
        place = roster.arbetslag[key].place if key in roster.arbetslag else None
        if place and place.platform == PLATFORM and place.address.startswith(inside):
            found = teams.get(place.address.removeprefix(inside))
            if found:
                return found.team
    return None


def _doors(here: Here) -> Iterator[DoorErrand]:
    """Those whom a message waits for, and who have no chat that we know of."""
    known = {one.key for one in references.of_tenant(here.unit, here.tenant) if one.conversation}
    by_lane = {f"{PLATFORM}:{here.tenant}/@{user}": user for user in here.users.values()}
    waiting = unreachable(here.unit, f"{PLATFORM}:{here.tenant}/@", here.now - WAITS_FOR)
    for lane in dict.fromkeys(one.lane for one in waiting):
        user = by_lane.get(lane)
        if user and f"@{user}" not in known:
            yield DoorErrand(key=f"{here.tenant}/{user}", ends=here.now + WAITS_FOR, user=user)

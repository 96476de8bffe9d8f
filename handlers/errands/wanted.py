"""What should have been done elsewhere by now, kind by kind."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.errands import DoorErrand, Errand, Kind, NudgeErrand
from bot.domain.school import Person
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.texts import Texts
from handlers.errands.here import Chosen, Here
from handlers.errands.leaders import Leading
from handlers.errands.reports import reports
from handlers.errands.summaries import summaries
from handlers.errands.times import in_calendars
from storage.errands.waiting import unreachable
from storage.installed import references
from storage.installed.references import KeptReference

WAITS_FOR = timedelta(days=7)
"""What has waited longer than this for somebody is not nudged about any more."""

NUDGES = {"reminder": "checkInAsked", "summary": "summaryReady", "reply": "replyArrived"}
"""What waits, by how its key begins, and the manifest's name for a line about it."""


def wanted(here: Here, kind: Kind, chosen: Chosen, leading: Leading) -> tuple[Errand, ...]:
    """Every errand of one kind, done or not."""
    match kind:
        case "meeting":
            return tuple(in_calendars(here, chosen.calendar))
        case "document":
            return tuple(summaries(here, chosen, leading))
        case "report":
            return tuple(reports(here)) if chosen.reports else ()
        case "nudge":
            return tuple(_nudges(here))
        case "door":
            return tuple(_doors(here)) if chosen.app else ()


def preview(type_: str, texts: Texts) -> str:
    """What a line in the feed says; it quotes nobody."""
    said = texts.errands
    return {"checkInAsked": said.nudge_check_in, "summaryReady": said.nudge_summary}.get(
        type_, said.nudge_reply
    )


def preview_for(here: Here, errand: NudgeErrand) -> str:
    """The same, in the language of whoever reads it."""
    person = next((one for one, user in here.users.items() if user == errand.user), None)
    reader = here.unit.roster.persons.get(person) if person else None
    return preview(errand.type, here.prompts.said_to(reader) if reader else here.prompts.texts)


def _nudges(here: Here) -> Iterator[NudgeErrand]:
    """Those whom a message could not reach, and who are in a team that has the app; in working hours.

    However much waits, it is one line of a kind a day.
    """
    roster, teams = here.unit.roster, _teams(here)
    by_lane = {here.lane(f"@{user}"): person for person, user in here.users.items()}
    for one in unreachable(here.unit, here.lane("@"), here.now - WAITS_FOR):
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


def _teams(here: Here) -> dict[str, KeptReference]:
    return {one.key: one for one in references.of_tenant(here.unit, here.tenant) if one.team}


def _team_of(here: Here, person: Person, teams: dict[str, KeptReference]) -> str | None:
    """A team that they are in, by their own arbetslag; a rektor by any of the school's."""
    roster = here.unit.roster
    own: list[ArbetslagId] = list(person.arbetslag)
    own += [team.id for team in roster.arbetslag_of(person.school)] if person.has("rektor") else []
    for key in own:
        spot = here.key_of(roster.arbetslag[key].place) if key in roster.arbetslag else None
        found = teams.get(spot) if spot else None
        if found:
            return found.team
    return None


def _doors(here: Here) -> Iterator[DoorErrand]:
    """Those whom a message waits for, and who have no chat that we know of."""
    known = {one.key for one in references.of_tenant(here.unit, here.tenant) if one.conversation}
    by_lane = {here.lane(f"@{user}"): user for user in here.users.values()}
    waiting = unreachable(here.unit, here.lane("@"), here.now - WAITS_FOR)
    for lane in dict.fromkeys(one.lane for one in waiting):
        user = by_lane.get(lane)
        if user and f"@{user}" not in known:
            yield DoorErrand(key=f"{here.tenant}/{user}", ends=here.now + WAITS_FOR, user=user)

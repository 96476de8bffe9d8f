"""What stands in a calendar that we cannot reach any more, and is otherwise by now: whose it is hears it."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.check_in import CheckInPlan
from bot.domain.errands import Kept
from bot.domain.school import Person, Place
from bot.messages.phrasing.errands import stale
from handlers.errands.here import Calendar, Here
from handlers.errands.links import Shut
from handlers.errands.times import in_calendars
from storage.asked.plans import load_plan, set_mark
from storage.post.outbox import Promised, promise


def tell(here: Here, whose: Calendar, shut: Shut) -> None:
    """Say it once to each person for each change of a plan; what comes instead is offered as links."""
    people = {user: here.unit.roster.persons.get(person) for person, user in here.users.items()}
    for key, user in dict.fromkeys(_stale(here, whose, shut)):
        plan, person = load_plan(here.unit, key), people.get(user)
        team = here.unit.roster.arbetslag.get(plan.arbetslag) if plan else None
        if plan is None or team is None or person is None or person.direct is None:
            continue
        if set_mark(here.unit, f"stale:{plan.id}:{person.id}", str(plan.version)):
            promise(here.unit, _promised(here, plan, person, person.direct, team.name))


def _stale(here: Here, whose: Calendar, shut: Shut) -> Iterator[tuple[str, str]]:
    """The plans of what is there and should not be, each with whose calendar it is."""
    there = [one for one in shut.known.values() if shut.is_shut(one.user) and _may_be_there(one, here.now)]
    wanted = {one.key for one in in_calendars(here, whose)} if there else set()
    for one in there:
        if one.key not in wanted:
            yield one.key.partition("@")[0], one.user


def _may_be_there(one: Kept, now: datetime) -> bool:
    """It was put there, and is to come; what was on its way to be taken away may be there too."""
    return one.ends > now and bool(one.state == "done" or one.reference or one.is_being_undone)


def _promised(here: Here, plan: CheckInPlan, person: Person, direct: Place, team: str) -> Promised:
    return Promised(
        key=f"stale:{plan.id}:{person.id}:{here.now.isoformat()}",
        message_class="receipt",
        concerns=f"schedule:{plan.id}",
        place=direct,
        message=stale(team, here.prompts.said_to(person)),
        not_before=here.now,
        hours_of=plan.school,
    )

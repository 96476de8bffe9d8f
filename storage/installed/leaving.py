"""What is forgotten of a workspace or a tenant that left, when its grace is over.

Gone are the accounts and addresses in it, and every copy of a message to it. What the school wrote stays:
it is the school's document, and the school decides when it is thrown away.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.domain.school import Place
from bot.domain.value import PersonId
from storage.asked.answering import record
from storage.errands import kept, seen
from storage.people.founding import change_arbetslag, change_person
from storage.tables import account, outbox
from storage.unit import UnitOfWork

GRACE = timedelta(days=30)
"""How long somebody may be without the bot before what came from there is forgotten."""

NOBODY = PersonId("")


def forget_under(unit: UnitOfWork, platform: str, whole: str) -> None:
    """Forget every address that begins with this workspace or tenant."""
    roster, inside = unit.roster, f"{whole}/"

    def is_there(place: Place | None) -> bool:
        return place is not None and place.platform == platform and place.address.startswith(inside)

    for one in roster.arbetslag.values():
        if is_there(one.place):
            change_arbetslag(unit, one.model_copy(update={"place": None}))
    for person in roster.persons.values():
        if is_there(person.direct):
            change_person(unit, person.model_copy(update={"direct": None}))
    whose = account.c.user.startswith(inside, autoescape=True)
    theirs = unit.rows(select(account.c.user).where(account.c.platform == platform, whose))
    kept.forget_of(unit, [row["user"].removeprefix(inside) for row in theirs], whole)
    unit.change(delete(account).where(account.c.platform == platform, whose))
    lane = outbox.c.lane.startswith(f"{platform}:{inside}", autoescape=True)
    unit.change(delete(outbox).where(lane))
    seen.forget_under(unit, f"{platform}:{inside}")


def note_purged(unit: UnitOfWork, whole: str, now: datetime) -> None:
    record(unit, NOBODY, "workspace_purged", whole, now)

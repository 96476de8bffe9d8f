"""Who does what at a school, and what nobody does."""

from collections.abc import Collection
from typing import Literal

from bot.domain.access import may
from bot.domain.school import Arbetslag, Person, Request, Role, School
from bot.domain.value import ArbetslagId, Value

Lack = Literal["rektor", "processledare", "samtalsledare", "members", "channel"]


class TeamRoles(Value):
    """One arbetslag: how many it holds and who leads its talks."""

    name: str
    members: int
    leaders: tuple[str, ...]


class Gap(Value):
    """What is missing, and in which arbetslag ("" for the school)."""

    lack: Lack
    arbetslag: str = ""


class Roles(Value):
    """The whole picture of one school."""

    school: str
    rektor: tuple[str, ...]
    processledare: tuple[str, ...]
    teams: tuple[TeamRoles, ...]
    gaps: tuple[Gap, ...]


def roles_of(school: str, people: tuple[Person, ...], teams: tuple[Arbetslag, ...]) -> Roles:
    """List who holds which role, gaps included."""
    rektor = tuple(person.name for person in people if person.has("rektor"))
    processledare = tuple(person.name for person in people if person.has("processledare"))
    gaps = [Gap(lack="rektor")] if not rektor else []
    gaps += [Gap(lack="processledare")] if not processledare else []
    rows: list[TeamRoles] = []
    for team in teams:
        members = [person for person in people if team.id in person.arbetslag]
        leaders = tuple(person.name for person in members if team.id in person.leads)
        rows.append(TeamRoles(name=team.name, members=len(members), leaders=leaders))
        if not members:
            gaps.append(Gap(lack="members", arbetslag=team.name))
        elif not leaders:
            gaps.append(Gap(lack="samtalsledare", arbetslag=team.name))
        if team.place is None:
            gaps.append(Gap(lack="channel", arbetslag=team.name))
    return Roles(
        school=school, rektor=rektor, processledare=processledare, teams=tuple(rows), gaps=tuple(gaps)
    )


Refusal = Literal["not_yours", "only_rektor", "yourself", "last"]


def why_not(
    actor: Person, before: Person, after: Person, school: School, leaders: Collection[Person]
) -> Refusal | None:
    """Say why `actor` may not make `before` into `after`, or None. `leaders` plan or lead at the school now.

    Only a rektor gives or takes that role, unless nobody has it. A processledare changes everybody but
    themselves, since an arbetslag opens its words. Somebody is always left who can change roles.
    """
    if after.school != school.id or not may(actor, "change_people", school):
        return "not_yours"
    rektors = [one for one in leaders if one.has("rektor")]
    if rektors and before.has("rektor") != after.has("rektor") and not may(actor, "give_rektor", school):
        return "only_rektor"
    if actor.id == before.id and not actor.has("rektor"):
        return "yourself"
    others = [one for one in leaders if one.id != before.id]
    return None if others or {"processledare", "rektor"} & set(after.roles) else "last"


def granted(person: Person, request: Request) -> Person:
    """Let a person be what they asked to be; somebody decided that. A lärare then follows the channel."""
    roles: tuple[Role, ...] = (request.role,)
    if request.role == "samtalsledare":
        roles = ("larare", "samtalsledare")
    teams = (request.arbetslag,) if request.arbetslag else ()
    leads = teams if request.role == "samtalsledare" else ()
    given = {"roles": roles, "arbetslag": teams, "leads": leads, "request": None}
    return person.model_copy(update={**given, "follows": teams if request.role == "larare" else ()})


def joined(person: Person, team: ArbetslagId, *, leads: bool) -> Person:
    """Add an arbetslag to a person's own, and whether they lead its talks. Who was chosen for it stays."""
    teams = tuple(dict.fromkeys((*person.arbetslag, team)))
    led = tuple(dict.fromkeys((*person.leads, team))) if leads else person.leads
    roles = tuple(dict.fromkeys((*(person.roles or ("larare",)), *(("samtalsledare",) if led else ()))))
    given = {"roles": roles, "arbetslag": teams, "leads": led, "request": None}
    return person.model_copy(update={**given, "follows": _without(person.follows, team)})


def left(person: Person, team: ArbetslagId) -> Person:
    """Take an arbetslag from a person, with the roles that nothing is left of."""
    teams, led = _without(person.arbetslag, team), _without(person.leads, team)
    lost: set[Role] = {*(() if teams else ("larare",)), *(() if led else ("samtalsledare",))}
    roles = tuple(role for role in person.roles if role not in lost)
    given = {"roles": roles, "arbetslag": teams, "leads": led}
    return person.model_copy(update={**given, "follows": _without(person.follows, team)})


def _without(teams: tuple[ArbetslagId, ...], team: ArbetslagId) -> tuple[ArbetslagId, ...]:
    return tuple(one for one in teams if one != team)

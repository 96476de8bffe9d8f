"""Who does what at a school, and what nobody does."""

from typing import Literal

from bot.domain.school import Arbetslag, Person
from bot.domain.value import Value

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

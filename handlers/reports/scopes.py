"""Whose picture somebody asks for: an arbetslag's or the school's, by who they are and where they stand."""

from bot.domain.access import may
from bot.domain.school import Arbetslag, School
from handlers.scene import Scene

Scope = Arbetslag | School | tuple[Arbetslag, ...]
"""Several arbetslag means that the person has to choose; an empty tuple that nothing is theirs."""


def leads(scene: Scene) -> bool:
    """Whether the whole school's picture is this person's to see."""
    return may(scene.me, "see_completion", scene.school)


def own_teams(scene: Scene) -> tuple[Arbetslag, ...]:
    """The arbetslag a person belongs to."""
    known = scene.roster.arbetslag
    return tuple(known[team] for team in scene.me.arbetslag if team in known)


def scope_of(scene: Scene) -> Scope:
    """Whose picture is asked for.

    1. In an arbetslag's channel: that arbetslag, for its members and for who leads the school.
    2. Else the school, for who leads it.
    3. Else one's own arbetslag, or a choice between them.
    """
    own = own_teams(scene)
    here = scene.roster.arbetslag_at(scene.where)
    if here and (here in own or (leads(scene) and here.school == scene.me.school)):
        return here
    if leads(scene):
        return scene.school
    return own[0] if len(own) == 1 else own


def from_outside(scene: Scene, team: Arbetslag) -> bool:
    return team.id not in scene.me.arbetslag


def closed_to(scene: Scene, team: Arbetslag) -> bool:
    """Whether an arbetslag's words stay with it (elevhälsa, DOMAIN L5) and this person stands outside."""
    return team.kind == "elevhalsa" and from_outside(scene, team)


def nothing_to_see(scene: Scene, otherwise: str) -> str:
    """What somebody hears for whom there is nothing: how an arbetslag begins, if that is theirs to do."""
    empty = leads(scene) and not scene.roster.arbetslag_of(scene.school.id)
    return scene.texts.current_state.none_yet if empty else otherwise

"""An arbetslag goes to another channel: who came by the old one stays behind, and is told.

Nobody knows who is in the new channel, so that following ends with the old one. Those who were chosen
are in the arbetslag whatever channel it has.
"""

from bot.domain.roles import left
from bot.domain.school import Account, Arbetslag, Person
from bot.domain.value import PersonId
from bot.messages.phrasing import places as said
from handlers.people.deciding import keep_given
from handlers.places.channels import Told, tell_planners
from handlers.scene import Scene, Values


def leave_behind(scene: Scene, team: Arbetslag, given: Values) -> None:
    """Let those go who follow the old channel; who is `given` in the form becomes a chosen member."""
    chosen = _chosen(scene, given)
    members = scene.roster.members(team.id)
    went = tuple(one for one in members if team.id in one.follows and one.id not in chosen)
    if not went:
        return
    for person in went:
        _let_go(scene, person, team)
    stay = tuple(one.name for one in members if one not in went)
    gone = tuple(one.name for one in went)
    tell_planners(
        Told(scene.unit, scene.prompts, team, scene.at),
        lambda texts: said.moved(team.name, gone, stay, texts),
        f"moved:{team.id}:{scene.event_id}",
    )


def _chosen(scene: Scene, given: Values) -> frozenset[PersonId]:
    """Whom the form names, as far as the platform vouches for the account."""
    users = {*given.get("members", ()), *given.get("leader", ())[:1]} & scene.people.keys()
    found = (scene.roster.person_of(Account(platform=scene.where.platform, user=user)) for user in users)
    return frozenset(person.id for person in found if person)


def _let_go(scene: Scene, person: Person, team: Arbetslag) -> None:
    keep_given(scene, left(person, team.id))
    if person.direct:
        told = said.moved_without_you(team.name, scene.texts_for(person))
        key = f"left_behind:{person.id}:{scene.event_id}"
        scene.inform(told, person.direct, key=key, concerns=f"arbetslag:{team.id}")

"""The people who were chosen for an arbetslag become its members; who may not be added is named."""

from bot.domain.roles import joined, why_not
from bot.domain.school import Account, Arbetslag, Person, tenant_of
from bot.messages.phrasing.people import added_you
from bot.messages.phrasing.roles import what_is, you_changed
from handlers.people.deciding import note_given, planners
from handlers.people.linking import outsider
from handlers.scene import Scene, Values
from storage.people.founding import add_person, change_person


def add_chosen(scene: Scene, team: Arbetslag, values: Values) -> tuple[str, ...]:
    """Add whom the form names, and return the names of those who could not be.

    An account counts only if the platform names it and it lies in this workspace: the rest is a claim.
    """
    leaders = values.get("leader", ())[:1]
    chosen = dict.fromkeys((*values.get("members", ()), *leaders))
    passed: list[str] = []
    for user in chosen:
        if name := scene.people.get(user):
            account = Account(platform=scene.where.platform, user=user, name=name)
            if not _add(scene, team, account, leads=user in leaders):
                passed.append(name)
    return tuple(passed)


def _add(scene: Scene, team: Arbetslag, account: Account, *, leads: bool) -> bool:
    if tenant_of(account) != tenant_of(scene.where):
        return False
    before = _before(scene, team, account)
    if before is None:
        return False
    after = joined(before, team.id, leads=leads)
    if after == before:
        return True
    school = scene.roster.schools[team.school]
    if why_not(scene.me, before, after, school, planners(scene.roster, school.id)):
        return False
    if scene.roster.person_of(account):
        change_person(scene.unit, after)
    else:
        add_person(scene.unit, after, account)
    note_given(scene, after)
    _tell(scene, before, after, team)
    return True


def _before(scene: Scene, team: Arbetslag, account: Account) -> Person | None:
    """Who they are now; None for somebody who works at another school, or waits for its yes."""
    known = scene.roster.person_of(account)
    if known is None:
        return outsider(account, account.name, team.school, scene.roster.persons)
    if not known.roles and not (known.request and known.school != team.school):
        return known.model_copy(update={"school": team.school, "name": known.name or account.name})
    return known if known.school == team.school else None


def _tell(scene: Scene, before: Person, after: Person, team: Arbetslag) -> None:
    """Nothing happens behind anybody's back: new in the arbetslag, or leading its talks from now on."""
    if after.direct is None or after.id == scene.me.id:
        return
    theirs = scene.texts_for(after)
    message = added_you(scene.me.name, team.name, theirs)
    if team.id in before.arbetslag:
        school = scene.roster.schools[team.school].name
        what = what_is(after, school, (team.name,), theirs)
        message = you_changed(scene.me.name, what, school, theirs)
    key = f"added:{after.id}:{team.id}:{scene.event_id}"
    scene.inform(message, after.direct, key=key, concerns=f"arbetslag:{team.id}")

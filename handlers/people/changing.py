"""`/roller` and its *Ändra*: who does what, and how it changes hands afterwards."""

import hashlib

from bot.domain.access import may
from bot.domain.roles import roles_of, why_not
from bot.domain.school import Person
from bot.domain.value import PersonId
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing import roles as said
from bot.messages.texts import Texts
from bot.messages.tokens import Token
from handlers.people.deciding import keep_given, planners, refusal
from handlers.scene import Commands, Forms, Presses, Scene, Values, first, say


def on_command(scene: Scene, _text: str) -> Response:
    if not may(scene.me, "see_roles", scene.school):
        return say(scene.texts.common.not_allowed)
    report = roles_of(scene.school.name, _people(scene), scene.roster.arbetslag_of(scene.school.id))
    may_change = may(scene.me, "change_people", scene.school)
    return Say(message=said.roles(report, scene.texts, change=may_change))


def _people(scene: Scene) -> tuple[Person, ...]:
    """Those who are inside the school, by name."""
    here = [one for one in scene.roster.persons.values() if one.school == scene.school.id and one.roles]
    return tuple(sorted(here, key=lambda one: one.name.casefold()))


def on_change(scene: Scene, _token: Token) -> Response:
    """`Ändra roller`: first whom it is about."""
    if not may(scene.me, "change_people", scene.school):
        return say(scene.texts.common.not_allowed)
    return Open(form=said.person_form(_people(scene), scene.texts))


def on_person(scene: Scene, _token: Token, values: Values) -> Response:
    """Then what they are."""
    person = _named(scene, first(values, "person"))
    if person is None:
        return say(scene.texts.common.not_allowed)
    return _ask(scene, person)


def _named(scene: Scene, key: str) -> Person | None:
    person = scene.roster.persons.get(PersonId(key))
    inside = person is not None and person.school == scene.school.id and bool(person.roles)
    return person if inside and may(scene.me, "change_people", scene.school) else None


def _ask(scene: Scene, person: Person, error: str = "") -> Response:
    teams = scene.roster.arbetslag_of(scene.school.id)
    return Open(form=said.roles_form(person, teams, _stands(person), scene.texts, error))


def _stands(person: Person) -> str:
    """A mark of what somebody is, so that nothing is changed that was not seen."""
    what = repr((person.roles, person.arbetslag, person.leads))
    return hashlib.sha256(what.encode()).hexdigest()[:12]


def on_changed(scene: Scene, token: Token, values: Values) -> Response:
    """Keep what they are now, whatever channel they are in; it holds at once, and they are told by whom."""
    person = _named(scene, token.subject)
    if person is None:
        return say(scene.texts.common.not_allowed)
    if token.argument != _stands(person):
        return _ask(scene, person, scene.texts.roles.changed_meanwhile)
    after = _after(scene, person, values)
    leaders = planners(scene.roster, scene.school.id)
    if refused := why_not(scene.me, person, after, scene.school, leaders):
        return say(refusal(refused, scene.texts))
    if after != person:
        keep_given(scene, after)
        if _stands(after) != _stands(person) and after.direct and after.id != scene.me.id:
            theirs = scene.texts_for(after)
            what = _what(scene, after, theirs)
            told = said.you_changed(scene.me.name, what, scene.school.name, theirs)
            key = f"roles:{after.id}:{scene.event_id}"
            scene.inform(told, after.direct, key=key, concerns=f"person:{after.id}")
    return Say(message=said.changed(after.name, _what(scene, after, scene.texts), scene.texts))


def _after(scene: Scene, person: Person, values: Values) -> Person:
    known = [team.id for team in scene.roster.arbetslag_of(scene.school.id)]
    leads = tuple(team for team in known if team in values.get("leads", ()))
    teams = tuple(team for team in known if team in {*values.get("teams", ()), *leads})
    roles = [role for role in said.GIVEN if role in values.get("roles", ())]
    if teams and not roles:
        roles = ["larare"]
    if leads:
        roles.append("samtalsledare")
    given = {"roles": tuple(roles), "arbetslag": teams, "leads": leads}
    return person.model_copy(update={**given, "follows": ()})


def _what(scene: Scene, person: Person, texts: Texts) -> str:
    teams = tuple(scene.roster.arbetslag[team].name for team in person.arbetslag)
    return said.what_is(person, scene.school.name, teams, texts) if person.roles else ""


COMMANDS: Commands = {"roller": on_command}
PRESSES: Presses = {"change_roles": on_change}
FORMS: Forms = {"person_form": on_person, "roles_form": on_changed}

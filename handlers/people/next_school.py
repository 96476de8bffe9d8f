"""Another school of the same huvudman: only somebody who leads one of its schools can begin it.

A stranger who could would be processledare of a twin, and draw the first one's people into it.
"""

from typing import cast

from bot.domain.access import may
from bot.domain.privacy.free_text import clean
from bot.domain.school import Account, Person, Role, channel_of, folded, tenant_of
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing import first_day as said
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.people.deciding import note_given
from handlers.people.first_day import SCHOOL_CHOICES, write_down
from handlers.people.linking import choice_errors, name_errors, outsider
from handlers.places.onboarding import greet_anew
from handlers.scene import Forms, Scene, Values, first, say
from storage.people.founding import add_person, change_person


def refused(scene: Scene) -> Say | None:
    """Why nobody gets to tie this channel, or not this person."""
    texts = scene.texts.onboarding
    if not may(scene.me, "adopt_channel", scene.school):
        who = scene.texts.dates.all_of(scene.planners())
        return say(fill(texts.who_begins, who=who) if who else texts.nobody_begins)
    direct = {
        (one.direct.platform, one.direct.address) for one in scene.roster.persons.values() if one.direct
    }
    if (scene.where.platform, scene.where.address) in direct:
        return say(texts.only_channel)
    if scene.account and tenant_of(scene.account) != tenant_of(scene.where):
        return say(scene.texts.people.elsewhere)
    return None


def ask(scene: Scene, asked: said.FormAsked | None = None) -> Response:
    return Open(form=said.next_school_form(asked or said.FormAsked(), scene.texts))


def on_named(scene: Scene, _token: Token, values: Values) -> Response:
    """The school, its first arbetslag and who leads it; whoever made it stays outside."""
    if not_here := refused(scene):
        return not_here
    if here := scene.roster.arbetslag_at(scene.where):
        return say(fill(scene.texts.onboarding.taken, arbetslag=here.name))
    given = {key: tuple(clean(value) for value in chosen) for key, chosen in values.items()}
    user = first(given, "head")
    account = Account(platform=scene.where.platform, user=user, name=scene.people.get(user, ""))
    if errors := _errors(scene, given, account):
        return ask(scene, said.FormAsked(values=given, errors=errors))
    school, team = write_down(scene.unit, scene.at, scene.where, scene.school.huvudman, given)
    known = scene.roster.person_of(account)
    before = known or outsider(account, account.name, school.id, scene.roster.persons)
    role = cast("Role", first(given, "role"))
    nothing = {"arbetslag": (), "leads": (), "follows": ()}
    head = before.model_copy(update={**nothing, "name": account.name, "school": school.id, "roles": (role,)})
    if known:
        change_person(scene.unit, head)
    else:
        add_person(scene.unit, head, account)
    note_given(scene, head)
    _tell(scene, head, team.name, school.name)
    return Say(message=said.founded_next(school.name, team.name, head.name, role, scene.texts))


def _errors(scene: Scene, given: Values, account: Account) -> dict[str, str]:
    words, tenant = scene.texts.people, tenant_of(scene.where)
    lines = {key: first(given, key) for key in given}
    errors = name_errors(lines, ("school", "new"), scene.texts)
    names = {folded(school.name) for school in scene.roster.schools_in(tenant)}
    if folded(lines.get("school", "")) in names:
        errors["school"] = scene.texts.first_day.school_taken
    errors |= choice_errors(given, SCHOOL_CHOICES, scene.texts)
    person = scene.roster.person_of(account)
    if not account.name or tenant_of(account) != tenant:
        errors["head"] = words.missing
    elif person and (person.roles or person.request):
        errors["head"] = scene.texts.first_day.head_taken
    return errors


def _tell(scene: Scene, head: Person, team: str, school: str) -> None:
    """The channel hears who began; who leads from now on hears what to do first."""
    key = f"founded:{head.school}"
    news = said.founded_channel(scene.me.name, school, team, scene.ours)
    scene.tell(news, channel_of(scene.where), key=key, concerns=key)
    greet_anew(scene, channel_of(scene.where), team)
    if head.direct:
        told = said.you_lead(scene.me.name, school, team, head.roles[0], scene.texts_for(head))
        scene.inform(told, head.direct, key=f"{key}:{head.id}", concerns=key)


FORMS: Forms = {"new_school": on_named}

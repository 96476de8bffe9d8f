"""Somebody says who they are, and one of those who may decide does: once, by whoever is first."""

from bot.domain.access import may
from bot.domain.roles import Refusal, granted, why_not
from bot.domain.school import Person, Request, Role, tenant_of
from bot.domain.value import PersonId, SchoolId
from bot.messages.model import Quiet, Response, Say
from bot.messages.phrasing import people as said
from bot.messages.texts import Texts
from bot.messages.tokens import Token
from handlers.scene import Presses, Scene, say
from storage.people.founding import change_person
from storage.people.roster import Roster
from storage.post.outbox import Promised, promise, standing_of

DECIDE: tuple[Role, ...] = ("processledare", "rektor")


def planners(roster: Roster, school: SchoolId) -> tuple[Person, ...]:
    """Those who may change roles at a school, the processledare first."""
    found = [person for role in DECIDE for person in roster.holders(role, school)]
    return tuple({person.id: person for person in found}.values())


def to_tell(roster: Roster, school: SchoolId, *, but: PersonId | None = None) -> tuple[Person, ...]:
    """Who hears of what somebody has to see to: the processledare who can be reached, else the rektor.

    `but` is whom it is about.
    """
    reached = tuple(one for one in planners(roster, school) if one.direct and one.id != but)
    return tuple(one for one in reached if one.has("processledare")) or reached


def deciders(roster: Roster, person: Person, request: Request) -> tuple[Person, ...]:
    """Who is asked: the processledare who may say yes, else the rektor."""
    school, after = roster.schools[person.school], granted(person, request)
    leaders = planners(roster, school.id)
    able = [one for one in leaders if one.direct and why_not(one, person, after, school, leaders) is None]
    for role in DECIDE:
        if found := tuple(one for one in able if one.has(role)):
            return found
    return ()


def ask(scene: Scene, request: Request) -> tuple[Person, ...]:
    """Promise those who decide one private message each, and return who they are."""
    found = deciders(scene.roster, scene.me, request)
    name = scene.account.name if scene.account else ""
    about = asked(scene.roster, scene.me, request, name)
    for one in found:
        if one.direct:
            key = _key(scene.me, request, one.id)
            message = said.request(about, scene.texts_for(one))
            scene.inform(message, one.direct, key=key, concerns=f"request:{scene.me.id}")
    return found


def asked(roster: Roster, person: Person, request: Request, account: str = "") -> said.Asked:
    team = roster.arbetslag.get(request.arbetslag) if request.arbetslag else None
    tenant = tenant_of(person.direct) if person.direct else ""
    return said.Asked(
        person=person.id,
        mark=request.mark,
        name=person.name,
        account=account,
        namesake=bool(roster.called(person.name, tenant)),
        role=request.role,
        arbetslag=team.name if team else "",
        school=roster.schools[person.school].name,
    )


def on_confirm(scene: Scene, token: Token) -> Response:
    """`Bekräfta`: what they asked to be, they are."""
    return _decide(scene, token, yes=True)


def on_deny(scene: Scene, token: Token) -> Response:
    """`Säg nej`: of somebody who was never let in only this is kept, not even the name."""
    return _decide(scene, token, yes=False)


def _decide(scene: Scene, token: Token, *, yes: bool) -> Response:
    texts = scene.texts
    person = scene.roster.persons.get(PersonId(token.subject))
    if not may(scene.me, "change_people", scene.school):
        return say(texts.common.not_allowed)
    request = person.request if person else None
    if person is None or request is None or request.mark != token.argument:
        return say(texts.people.decided)
    after = granted(person, request) if yes else person
    if refused := why_not(scene.me, person, after, scene.school, planners(scene.roster, scene.school.id)):
        return say(refusal(refused, texts))
    theirs = scene.texts_for(person)
    told = said.you_out(scene.me.name, theirs)
    if yes:
        change_person(scene.unit, after)
        told = said.you_in(asked(scene.roster, person, request), theirs)
    else:
        name = "" if request.new else person.name
        change_person(scene.unit, person.model_copy(update={"request": None, "name": name}))
    if person.direct:
        key = f"decided:{person.id}:{request.mark}"
        scene.inform(told, person.direct, key=key, concerns=f"request:{person.id}")
    if scene.me.id in _show(scene, person, request, yes=yes):
        return Quiet()
    return Say(message=said.decided(person.name, scene.me.name, texts, yes=yes))


def _show(scene: Scene, person: Person, request: Request, *, yes: bool) -> set[PersonId]:
    """Let the outcome take the place of the question, for everybody who was asked: these were."""
    everybody = planners(scene.roster, scene.school.id)
    keys = {_key(person, request, one.id): one for one in everybody if one.direct}
    shown = {key: keys[key] for key in standing_of(scene.unit, keys)}
    for key, one in shown.items():
        if one.direct:
            promise(
                scene.unit,
                Promised(
                    key=f"{key}:decided",
                    message_class="replaceable",
                    concerns=f"request:{person.id}",
                    place=one.direct,
                    message=said.decided(person.name, scene.me.name, scene.texts_for(one), yes=yes),
                    replacing=key,
                    not_before=scene.at,
                ),
            )
    return {one.id for one in shown.values()}


def _key(person: Person, request: Request, decider: PersonId) -> str:
    return f"request:{person.id}:{request.mark}:{decider}"


def refusal(refused: Refusal, texts: Texts) -> str:
    match refused:
        case "not_yours":
            return texts.common.not_allowed
        case "only_rektor":
            return texts.people.only_rektor
        case "yourself":
            return texts.people.yourself
        case "last":
            return texts.people.last


PRESSES: Presses = {"confirm_person": on_confirm, "deny_person": on_deny}

"""Somebody says who they are, and one of those who may decide does: once, by whoever is first."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.access import may
from bot.domain.roles import Refusal, granted, why_not
from bot.domain.school import Person, Request, Role, tenant_of
from bot.domain.value import PersonId, SchoolId
from bot.messages.model import Message, Quiet, Response, Say
from bot.messages.phrasing import requests as said
from bot.messages.texts import Texts
from bot.messages.tokens import Token
from handlers.scene import Presses, Scene, say
from storage.asked.answering import record
from storage.people.founding import change_person
from storage.people.roster import Roster
from storage.post.outbox import Promised, promise, standing_of
from storage.post.settling import take_back
from storage.unit import UnitOfWork

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
    about = asked(scene.roster, scene.me, request)
    for one in found:
        if one.direct:
            key = asked_key(scene.me, request, one.id)
            message = said.request(about, scene.texts_for(one))
            scene.inform(message, one.direct, key=key, concerns=f"request:{scene.me.id}")
    return found


def asked(roster: Roster, person: Person, request: Request) -> said.Asked:
    team = roster.arbetslag.get(request.arbetslag) if request.arbetslag else None
    tenant = tenant_of(person.direct) if person.direct else ""
    return said.Asked(
        person=person.id,
        mark=request.mark,
        name=person.name,
        vouched=request.vouched,
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
    name = "" if request.new else person.name
    out = person.model_copy(update={"request": None, "name": name})
    after = granted(person, request) if yes else out
    if refused := why_not(scene.me, person, after, scene.school, planners(scene.roster, scene.school.id)):
        return say(refusal(refused, texts))
    theirs = scene.texts_for(person)
    told = said.you_out(scene.me.name, theirs)
    if yes:
        told = said.you_in(asked(scene.roster, person, request), theirs)
    keep_given(scene, after)
    if person.direct:
        key = f"decided:{person.id}:{request.mark}"
        scene.inform(told, person.direct, key=key, concerns=f"request:{person.id}")

    def outcome(one: Person) -> Message:
        return said.decided(person.name, scene.me.name, scene.texts_for(one), yes=yes)

    if scene.me.id in settle(scene.unit, person, request, scene.at, outcome):
        return Quiet()
    return Say(message=said.decided(person.name, scene.me.name, texts, yes=yes))


def settle(
    unit: UnitOfWork, person: Person, request: Request, at: datetime, outcome: Callable[[Person], Message]
) -> set[PersonId]:
    """Let the outcome take the place of the question, and return who has it before them.

    What has not left yet, since it waits for working hours, never does.
    """
    reached = [one for one in planners(unit.roster, person.school) if one.direct]
    keys = {key(person, request, one.id): one for one in reached for key in (asked_key, again_key)}
    shown = [key for key in standing_of(unit, keys) if not take_back(unit, key, "decided")]
    for key in shown:
        one = keys[key]
        if one.direct:
            promise(
                unit,
                Promised(
                    key=f"{key}:decided",
                    message_class="replaceable",
                    concerns=f"request:{person.id}",
                    place=one.direct,
                    message=outcome(one),
                    replacing=key,
                    not_before=at,
                ),
            )
    return {keys[key].id for key in shown}


def asked_key(person: Person, request: Request, decider: PersonId) -> str:
    """The key of the question itself."""
    return f"request:{person.id}:{request.mark}:{decider}"


def again_key(person: Person, request: Request, decider: PersonId) -> str:
    """The key of the one reminder of a request."""
    return f"{asked_key(person, request, decider)}:again"


def keep_given(scene: Scene, after: Person) -> None:
    """Keep what somebody is from now on, and who said so."""
    change_person(scene.unit, after)
    note_given(scene, after)


def note_given(scene: Scene, after: Person) -> None:
    """Note in the audit what roles somebody now has, "" for none, and who saw to it (DOMAIN R107)."""
    record(scene.unit, scene.me.id, f"roles:{','.join(after.roles)}", f"person:{after.id}", scene.at)


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

"""*Det är jag*: an arbetslag and a role, let in at once or after somebody else's yes.

Who somebody is, is what the platform calls the account; a name is asked for only where it does not say.
"""

import hashlib
from collections.abc import Collection, Container, Mapping
from datetime import timedelta
from typing import cast, get_args

from bot.domain.privacy.free_text import clean
from bot.domain.school import Account, Arbetslag, Person, Request, Role, School, direct_to
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.model import Message, Open, Response, Say
from bot.messages.phrasing import people as said
from bot.messages.phrasing import requests
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token
from handlers.people import deciding
from handlers.people.strangers import Stranger, still_waiting, turn_away
from handlers.places.channels import Told, tell_planners
from handlers.scene import Forms, Presses, Scene, Values, say
from storage.people.founding import add_person, change_person

ASK_AGAIN_AFTER = timedelta(days=3)
"""A request nobody has answered may be made anew (DOMAIN R108)."""

WHOLE_SCHOOL: frozenset[Role] = frozenset({"processledare", "rektor"})


def on_its_me(stranger: Stranger, _token: Token) -> Response:
    """Open the form, with the channel's arbetslag as a proposal."""
    if refused := _refused(stranger):
        return refused
    here = stranger.here
    values = {"team": here.id if here else ""}
    return Open(form=said.link_form(_asked(stranger, values), stranger.texts))


def _refused(stranger: Stranger) -> Response | None:
    person = stranger.known
    recent = person and person.request and stranger.at - person.request.at < ASK_AGAIN_AFTER
    if stranger.is_guest or not stranger.schools or recent:
        return (None if stranger.is_guest else still_waiting(stranger)) or turn_away(stranger)
    return None


def _asked(
    stranger: Stranger, values: dict[str, str], errors: dict[str, str] | None = None
) -> said.LinkAsked:
    schools, texts = stranger.schools, stranger.texts.people
    teams = sorted(_teams(stranger), key=lambda team: team != stranger.here)
    names = {school.id: school.name for school in schools}
    labels = (
        (team.id, fill(texts.team_at, arbetslag=team.name, school=names[team.school]))
        if len(schools) > 1
        else (team.id, team.name)
        for team in teams
    )
    return said.LinkAsked(
        teams=tuple(labels),
        schools=tuple((school.id, school.name) for school in schools),
        account=own_name(stranger),
        values=values,
        errors=errors or {},
    )


def _teams(stranger: Stranger) -> list[Arbetslag]:
    return [team for school in stranger.schools for team in stranger.roster.arbetslag_of(school.id)]


def on_linked(stranger: Stranger, values: Values) -> Response:
    """A lärare in the arbetslag's own private channel is let in; everybody else waits for a yes."""
    if refused := _refused(stranger):
        return refused
    texts = stranger.texts
    given = {key: clean((chosen or ("",))[0]) for key, chosen in values.items()}
    team, school = _chosen(stranger, given.get("team", ""))
    role = given.get("role", "")
    name = own_name(stranger)
    errors = {} if name else _written_name(stranger, given)
    if role not in get_args(Role):
        errors["role"] = texts.people.missing
    if school is None or (team is None and role not in WHOLE_SCHOOL):
        errors["team"] = texts.people.team_missing
    if errors or school is None:
        return Open(form=said.link_form(_asked(stranger, given, errors), texts))
    mine = None if role in WHOLE_SCHOOL else team
    person = _person(stranger, name or given["name"], school)
    if role == "larare" and mine and _opens_to(stranger, mine):
        return _let_in(stranger, person, mine)
    return _wait(stranger, person, cast("Role", role), mine)


def own_name(stranger: Stranger) -> str:
    """What the platform calls the account; "" where it does not say."""
    return clean(stranger.account.name)[: said.LONGEST_NAME]


def _written_name(stranger: Stranger, given: dict[str, str]) -> dict[str, str]:
    """A name that is written is a claim: nobody takes one that somebody has."""
    errors = name_errors(given, ("name",), stranger.texts)
    if not errors and stranger.roster.called(given["name"], stranger.tenant):
        errors["name"] = stranger.texts.people.name_taken
    return errors


def _opens_to(stranger: Stranger, team: Arbetslag) -> bool:
    """Whether standing in its channel is enough: somebody must have invited them to it, by their account.

    Anybody walks into a public channel and may call themselves anything. Never for elevhälsa, nor for
    who was turned away or left, nor for somebody's namesake.
    """
    name = own_name(stranger)
    invited = team == stranger.here and stranger.where.private and stranger.known is None
    alone = bool(name) and not stranger.roster.called(name, stranger.tenant)
    return invited and alone and team.kind != "elevhalsa"


def _chosen(stranger: Stranger, value: str) -> tuple[Arbetslag | None, School | None]:
    """What was chosen, if it lies in this workspace."""
    schools = {school.id: school for school in stranger.schools}
    team = stranger.roster.arbetslag.get(ArbetslagId(value))
    if team and team.school in schools:
        return team, schools[team.school]
    return None, schools.get(SchoolId(value))


def _person(stranger: Stranger, name: str, school: School) -> Person:
    """Somebody without a role yet; who was known before keeps what they wrote."""
    known = stranger.known
    if known:
        return known.model_copy(update={"name": name, "school": school.id})
    return outsider(stranger.account, name, school.id, stranger.roster.persons)


def outsider(account: Account, name: str, school: SchoolId, known: Container[PersonId]) -> Person:
    """A new person without roles. The id is the account's own: pressed twice, it is one person.

    Somebody `known` whose account was forgotten stays who they were: nobody takes over their roles.
    """
    key = account.user
    while key in known:
        key += "*"
    return Person(id=PersonId(key), name=name, school=school, roles=(), direct=direct_to(account))


def _keep(stranger: Stranger, person: Person) -> Scene:
    if stranger.known:
        change_person(stranger.unit, person)
    else:
        add_person(stranger.unit, person, stranger.account)
    return stranger.as_person(person)


def _let_in(stranger: Stranger, person: Person, team: Arbetslag) -> Response:
    texts = stranger.texts
    teams = (team.id,)
    inside = person.model_copy(update={"roles": ("larare",), "arbetslag": teams, "follows": teams})
    scene = _keep(stranger, inside)
    key = f"let_in:{person.id}:{scene.event_id}"
    if team.place:
        news = Message(title=fill(scene.ours.people.let_in_channel, name=person.name, arbetslag=team.name))
        scene.tell(news, team.place, key=key, concerns=f"arbetslag:{team.id}")
    tell_planners(
        Told(stranger.unit, stranger.prompts, team, stranger.at),
        lambda words: said.let_in_told(person.id, person.name, team, words),
        key,
    )
    return Say(message=said.let_in(person.name, team.name, texts))


def _wait(stranger: Stranger, person: Person, role: Role, team: Arbetslag | None) -> Response:
    known = stranger.known
    new = known is None or not known.name or bool(known.request and known.request.new)
    request = Request(
        mark=hashlib.sha256(stranger.event_id.encode()).hexdigest()[:12],
        role=role,
        arbetslag=team.id if team else None,
        at=stranger.at,
        new=new,
        vouched=bool(own_name(stranger)),
    )
    if known and known.request:
        _settle_the_old(stranger, known, known.request)
    nothing = {"roles": (), "arbetslag": (), "leads": (), "follows": ()}
    waiting = person.model_copy(update={**nothing, "request": request})
    asked = deciding.ask(_keep(stranger, waiting), request)
    names = tuple(one.name for one in asked)
    return Say(message=requests.asked_for(person.name, names, stranger.texts))


def _settle_the_old(stranger: Stranger, person: Person, request: Request) -> None:
    """Who asks once more is asked about once: the question before, and its reminder, lose their buttons."""

    def outcome(one: Person) -> Message:
        return requests.anew(person.name, stranger.prompts.said_to(one))

    deciding.settle(stranger.unit, person, request, stranger.at, outcome)


def name_errors(given: dict[str, str], keys: tuple[str, ...], texts: Texts) -> dict[str, str]:
    """Say per field what is wrong with names that were written."""
    words = texts.people
    wrong = {
        key: fill(words.too_long, longest=said.LONGEST_NAME)
        for key in keys
        if len(given.get(key, "")) > said.LONGEST_NAME
    }
    return wrong | {key: words.missing for key in keys if not given.get(key)}


def choice_errors(given: Values, allowed: Mapping[str, Collection[str]], texts: Texts) -> dict[str, str]:
    """Say of each choice that nothing was chosen, or something that was not offered."""
    chosen = {key: set(given.get(key, ())) for key in allowed}
    return {key: texts.people.missing for key, one in chosen.items() if not one or one - set(allowed[key])}


def on_known(scene: Scene, _token: Token) -> Response:
    """Somebody the roster knows says so once more."""
    return say(scene.texts.people.already)


def on_known_form(scene: Scene, token: Token, _values: Values) -> Response:
    return on_known(scene, token)


PRESSES: Presses = {"its_me": on_known}
FORMS: Forms = {"link_form": on_known_form, "found_form": on_known_form}

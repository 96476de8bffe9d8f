"""Who leaves an arbetslag's channel, and *Ta bort*: an access ends, and what was written stays."""

from bot.domain.access import may
from bot.domain.events import MemberLeft
from bot.domain.roles import left, why_not
from bot.domain.school import Person, Request
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Message, Quiet, Response
from bot.messages.phrasing import people as said
from bot.messages.phrasing import requests
from bot.messages.phrasing.roles import you_changed
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token
from handlers.people.deciding import keep_given, planners, refusal, settle
from handlers.places.channels import Told, tell, tell_planners
from handlers.scene import Presses, Scene, say
from prompts.book import Prompts
from storage.people.founding import change_person
from storage.post.inbox import take_a_while
from storage.unit import UnitOfWork


def on_member_left(event: MemberLeft, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Who came by the channel goes with it; who was chosen stays until a processledare says otherwise."""
    team, person = unit.roster.arbetslag_at(event.where), unit.roster.person_of(event.who)
    if team is None or person is None:
        return Quiet()
    if person.request and person.request.arbetslag == team.id:  # a yes would outlast the channel
        person = _let_fall(Told(unit, prompts, team, event.at), person, person.request)
    if team.id not in person.arbetslag:
        return Quiet()
    goes = team.id in person.follows
    if not goes and not take_a_while(unit, f"left:{team.id}:{person.id}", event.at):
        return Quiet()  # it is told already
    key = f"member_left:{person.id}:{event.id}"
    about = Told(unit, prompts, team, event.at)
    if goes:
        change_person(unit, left(person, team.id))
        if person.direct:
            tell(about, said.you_went(team.name, prompts.said_to(person)), person.direct, key)

    def news(texts: Texts) -> Message:
        if goes:
            return said.went(person.name, team.name, texts)
        return said.stays(person.id, person.name, team, texts)

    tell_planners(about, news, key, but=person.id)
    return Quiet()


def _let_fall(about: Told, person: Person, request: Request) -> Person:
    """A request that falls with its channel: who asked hears it, and nobody is asked about it any more."""
    unit, team = about.unit, about.team

    def outcome(one: Person) -> Message:
        return requests.gone(person.name, team.name, about.prompts.said_to(one))

    settle(unit, person, request, about.at, outcome)
    if person.direct:
        told = requests.fell(team.name, about.prompts.said_to(person))
        tell(about, told, person.direct, f"decided:{person.id}:{request.mark}")
    after = person.model_copy(update={"request": None, "name": "" if request.new else person.name})
    change_person(unit, after)
    return after


def on_let_out(scene: Scene, token: Token) -> Response:
    """`Ta bort`: the arbetslag is closed to them at once, and they are told by whom."""
    texts = scene.texts
    if not may(scene.me, "change_people", scene.school):
        return say(texts.common.not_allowed)
    person = scene.roster.persons.get(PersonId(token.subject))
    team = scene.roster.arbetslag.get(ArbetslagId(token.argument))
    if person is None or team is None or team.id not in person.arbetslag:
        return say(texts.people.decided)
    after = left(person, team.id)
    if refused := why_not(scene.me, person, after, scene.school, planners(scene.roster, scene.school.id)):
        return say(refusal(refused, texts))
    keep_given(scene, after)
    if person.direct and person.id != scene.me.id:
        told = you_changed(scene.me.name, "", team.name, scene.texts_for(person))
        key = f"let_out:{person.id}:{scene.event_id}"
        scene.inform(told, person.direct, key=key, concerns=f"arbetslag:{team.id}")
    return say(fill(texts.people.let_out_done, name=person.name, arbetslag=team.name))


PRESSES: Presses = {"let_out": on_let_out}

"""An account nobody knows: a kind private sentence, and a way in. Nothing they wrote is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.events import FormSubmitted, HomeOpened, Pressed
from bot.domain.school import Account, Arbetslag, Person, Place, School, direct_to, tenant_of
from bot.messages.model import Response, Say
from bot.messages.phrasing import people as said
from bot.messages.texts import Texts
from bot.messages.tokens import Token, TokenRefused, Verb
from handlers.people.deciding import deciders
from handlers.scene import PersonEvent, Scene, Values, say
from prompts.book import Prompts
from storage.people.roster import Roster
from storage.unit import UnitOfWork


@dataclass(frozen=True)
class Stranger:
    """Somebody outside the roster acting at one place and moment."""

    unit: UnitOfWork
    prompts: Prompts
    event_id: str
    at: datetime
    account: Account
    where: Place
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Texts:
        return self.prompts.texts

    @property
    def roster(self) -> Roster:
        return self.unit.roster

    @property
    def known(self) -> Person | None:
        """Who they were, or asked to be."""
        return self.roster.person_of(self.account)

    @property
    def tenant(self) -> str:
        return tenant_of(self.account)

    @property
    def schools(self) -> tuple[School, ...]:
        """The schools of their own workspace, and of no other."""
        return self.roster.schools_in(self.tenant)

    @property
    def is_guest(self) -> bool:
        """Whether they belong to another workspace than the place they act in."""
        return self.tenant != tenant_of(self.where)

    @property
    def is_direct(self) -> bool:
        return self.where.address == direct_to(self.account).address

    @property
    def here(self) -> Arbetslag | None:
        return self.roster.arbetslag_at(self.where)

    def as_person(self, person: Person) -> Scene:
        """Go on as somebody the roster knows."""
        return Scene(
            self.unit,
            self.prompts,
            self.event_id,
            self.at,
            person,
            self.where,
            account=self.account,
            people=self.people,
        )


OnStranger = Callable[[Stranger, Token], Response]
OnStrangersForm = Callable[[Stranger, Values], Response]
Doors = Mapping[Verb, OnStranger]
DoorForms = Mapping[Verb, OnStrangersForm]


def stranger_of(event: PersonEvent, unit: UnitOfWork, prompts: Prompts) -> Stranger:
    people = event.people if isinstance(event, FormSubmitted) else {}
    return Stranger(unit, prompts, event.id, event.at, event.who, event.where, people)


def turn_away(stranger: Stranger, lost: said.Lost = "press") -> Response:
    """Say why nothing happened, and what to do about it."""
    texts = stranger.texts
    if stranger.is_guest:
        return say(texts.people.elsewhere)
    if waits := still_waiting(stranger):
        return waits
    if not stranger.schools:
        return Say(message=said.nobody_yet(texts, in_channel=not stranger.is_direct))
    return Say(message=said.door(lost, texts))


def still_waiting(stranger: Stranger) -> Response | None:
    """To somebody who has asked and got no answer yet."""
    person = stranger.known
    if person is None or person.request is None:
        return None
    names = tuple(one.name for one in deciders(stranger.roster, person, person.request))
    return Say(message=said.waiting(names, stranger.texts))


def on_pressed(event: Pressed, unit: UnitOfWork, prompts: Prompts, doors: Doors) -> Response:
    """The few buttons that lead in work; every other says who may press it."""
    stranger = stranger_of(event, unit, prompts)
    token = _token(event.token)
    on_press = doors.get(token.verb) if token else None
    return on_press(stranger, token) if on_press and token else turn_away(stranger)


def on_submitted(event: FormSubmitted, unit: UnitOfWork, prompts: Prompts, forms: DoorForms) -> Response:
    stranger = stranger_of(event, unit, prompts)
    token = _token(event.token)
    on_form = forms.get(token.verb) if token else None
    return on_form(stranger, event.values) if on_form else turn_away(stranger, "words")


def on_home(event: HomeOpened, unit: UnitOfWork, prompts: Prompts) -> Response:
    return turn_away(stranger_of(event, unit, prompts))


def _token(packed: str) -> Token | None:
    try:
        return Token.unpack(packed)
    except TokenRefused:
        return None

"""What every handler has at hand: who acts, where, when, and the one unit of work."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from bot.domain.calendar.school_year import Calendar
from bot.domain.events import (
    BotAdded,
    Commanded,
    Event,
    FormSubmitted,
    HomeOpened,
    MessageSaved,
    Pressed,
    Replied,
    Rewritten,
)
from bot.domain.school import Account, Arbetslag, Person, Place, Role, School
from bot.messages.model import Message, Response, Say
from bot.messages.texts import Texts
from bot.messages.tokens import Token, Verb, parts_of
from handlers.informing import News, inform
from prompts.book import Prompts
from prompts.loader import Packs
from storage.asked.conversations import load_many
from storage.people.roster import Roster
from storage.post.inbox import take_a_while
from storage.post.outbox import Promised, promise
from storage.unit import UnitOfWork

PersonEvent = Pressed | FormSubmitted | Replied | Rewritten | Commanded | BotAdded | HomeOpened | MessageSaved
_POINTING = (Pressed, Replied, Rewritten, MessageSaved)
"""Events that come from a message which stands somewhere."""

Values = Mapping[str, tuple[str, ...]]

CONVERSING: frozenset[Verb] = frozenset(
    {"choose", "skip_question", "dont_know", "back", "pause", "resume", "take_pen", "confirm", "close"}
)
"""Verbs whose subject is a conversation."""


_PLANNERS: tuple[Role, ...] = ("processledare", "rektor")


@dataclass(frozen=True, slots=True)
class Scene:
    """One person acting at one place and moment. `event_id` is unique, and the same when repeated.

    `people` names the accounts that were chosen in a form, by account user. `in_place`: what follows can
    stand where the pressed button sat, at `reference`.
    """

    unit: UnitOfWork
    prompts: Prompts
    event_id: str
    at: datetime
    me: Person
    where: Place
    reference: str = ""
    account: Account | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    in_place: bool = False

    @property
    def texts(self) -> Texts:
        """What who acts reads alone."""
        return self.prompts.said_to(self.me)

    @property
    def packs(self) -> Packs:
        """The questions as who acts reads them alone."""
        return self.prompts.asked_of(self.me)

    @property
    def ours(self) -> Texts:
        """What a whole channel reads, and what is kept."""
        return self.prompts.texts

    def texts_for(self, person: Person) -> Texts:
        """What somebody else reads alone."""
        return self.prompts.said_to(person)

    @property
    def roster(self) -> Roster:
        return self.unit.roster

    @property
    def school(self) -> School:
        return self.roster.schools[self.me.school]

    @property
    def calendar(self) -> Calendar:
        return self.roster.calendars[self.me.school]

    @property
    def in_own_chat(self) -> bool:
        """Whether this happens where this person and the bot are alone."""
        direct, here = self.me.direct, self.where
        return direct is not None and (direct.platform, direct.address) == (here.platform, here.address)

    def planners(self) -> tuple[str, ...]:
        """The names of those who plan at this school."""
        people = [one for role in _PLANNERS for one in self.roster.holders(role, self.me.school)]
        return tuple(dict.fromkeys(person.name for person in people))

    def who_plans(self) -> str:
        """Those who plan at this school, by name; what they are called while nobody does."""
        return self.texts.dates.all_of(self.planners()) or self.texts.schedules.nobody

    def named(self, people: Iterable[Person]) -> tuple[str, ...]:
        """What these are called to whoever acts, who is "you" to themselves."""
        return tuple(self.texts.common.you if one.id == self.me.id else one.name for one in people)

    def arbetslag_here(self) -> Arbetslag | None:
        """The arbetslag whose channel this is, else the person's own when there is only one."""
        here = self.roster.arbetslag_at(self.where)
        if here or len(self.me.arbetslag) != 1:
            return here
        return self.roster.arbetslag.get(self.me.arbetslag[0])

    def again(self, what: str) -> bool:
        """Whether this person did the very same a moment ago: pressed twice, or it was delivered twice."""
        return not take_a_while(self.unit, f"again:{self.me.id}:{what}", self.at)

    def tell(
        self, message: Message, place: Place, *, key: str, concerns: str, replacing: str | None = None
    ) -> None:
        """Promise a message because of what this person just did; it goes at once, whatever the hour.

        `replacing` names the `key` of the message whose place it takes.
        """
        promise(
            self.unit,
            Promised(
                key=key,
                message_class="replaceable" if replacing else "critical",
                concerns=concerns,
                place=place,
                message=message,
                replacing=replacing,
                not_before=self.at,
            ),
        )

    def inform(self, message: Message, place: Place, *, key: str, concerns: str) -> None:
        """Promise a message to people who did nothing just now; it keeps to the school's hours."""
        inform(self.unit, self.school.id, self.at, place, News(key, concerns, message))


OnPress = Callable[[Scene, Token], Response]
OnForm = Callable[[Scene, Token, Values], Response]
OnCommand = Callable[[Scene, str], Response]
Presses = Mapping[Verb, OnPress]
Forms = Mapping[Verb, OnForm]
Commands = Mapping[str, OnCommand]


def scene_of(event: PersonEvent, unit: UnitOfWork, prompts: Prompts) -> Scene | None:
    """Find out who acted; None when the roster does not know the account, or the person is outside."""
    me = unit.roster.person_of(event.who)
    if me is None or not me.roles:
        return None
    reference = event.reference if isinstance(event, _POINTING) else ""
    people = event.people if isinstance(event, FormSubmitted) else {}
    in_place = isinstance(event, Pressed) and event.in_place
    return Scene(unit, prompts, event.id, event.at, me, event.where, reference, event.who, people, in_place)


def first(values: Values, key: str) -> str:
    """The only value of a field, or nothing."""
    return next(iter(values.get(key, ())), "")


def say(text: str) -> Say:
    """One line, only to whoever acted."""
    return Say(message=Message(title=text))


def prefetch(events: Sequence[Event], unit: UnitOfWork) -> None:
    """Read at once the conversations that this group's buttons name."""
    tokens = (parts_of(event.token) for event in events if isinstance(event, Pressed | FormSubmitted))
    load_many(unit, [unquote(parts[1]) for parts in tokens if len(parts) > 1 and parts[0] in CONVERSING])

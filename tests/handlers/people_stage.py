"""Workspaces side by side: what an account `T1/pia` does in `T1/C1`, as a platform would tell it."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.domain.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    Event,
    FormSubmitted,
    MemberLeft,
    PlaceMoved,
    Pressed,
    Replied,
)
from bot.domain.school import Account, Person, Place
from bot.domain.value import PersonId
from bot.messages.model import ChoiceField, Form
from bot.messages.tokens import Token, Verb
from bot.platforms.terminal.send import PLATFORM
from storage import tables
from storage.people.roster import Roster
from tests.play import World

FIRST_DAY = {
    "huvudman": ("Lundby kommun",),
    "kind": ("kommunal",),
    "school": ("Ekskolan",),
    "skolformer": ("grundskola",),
    "new": ("Arbetslag Ek",),
    "skolform": ("grundskola",),
    "role": ("processledare",),
}
Values = Mapping[str, tuple[str, ...]]
FRIDAY = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


class Workspaces:
    """A world where the bot knows nobody until somebody begins.

    `private` are the channels that need an invitation; `called` says what the platform calls whom.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.private: set[str] = set()
        self.called: dict[str, str] = {"T1/pia": "Pia Norén"}
        self._ids = itertools.count(1)
        world.forget()

    def invite(self, who: str, room: str, at: datetime | None = None) -> None:
        added = {"id": self._id(), "at": at or self._now, "who": account(who)}
        self._act(BotAdded.model_validate({**added, "where": place(room), "name": room}))

    def remove(self, room: str, at: datetime | None = None) -> None:
        self._act(BotRemoved(id=self._id(), at=at or self._now, where=place(room)))

    def leave(self, who: str, room: str) -> None:
        self._act(MemberLeft(id=self._id(), at=self._now, who=account(who), where=place(room)))

    def move(self, room: str, to: str) -> None:
        self._act(PlaceMoved(id=self._id(), at=self._now, where=place(room), to=place(to), name="nytt"))

    def press(self, who: str, room: str, verb: Verb, subject: str = "", argument: str = "") -> str:
        """Press a button, and return what only this person was told or asked."""
        token = Token(verb=verb, subject=subject, argument=argument).pack()
        return self._told(
            who, Pressed(id=self._id(), at=self._now, who=account(who), where=place(room), token=token)
        )

    def command(self, who: str, room: str, command: str, text: str = "") -> str:
        where = place(room)
        event = Commanded(
            id=self._id(), at=self._now, who=account(who), where=where, command=command, text=text
        )
        return self._told(who, event)

    def submit(self, who: str, room: str, verb: Verb, values: Values, **token: str) -> str:
        """Send a form. The platform names everybody that was chosen in it."""
        chosen = {*values.get("members", ()), *values.get("leader", ()), *values.get("head", ())} - {"nobody"}
        event = FormSubmitted(
            id=self._id(),
            at=self._now,
            who=account(who).model_copy(update={"name": self.called.get(who, account(who).name)}),
            where=place(room).model_copy(update={"private": room in self.private}),
            token=Token(verb=verb, **token).pack(),
            values=dict(values),
            people={user: user.rpartition("/")[2].capitalize() for user in chosen},
        )
        return self._told(who, event)

    def reply(self, who: str, room: str, thread: str, text: str) -> str:
        where = place(room).model_copy(update={"thread": thread})
        event = Replied(
            id=self._id(),
            at=self._now,
            who=account(who),
            where=where,
            text=text,
            reference=f"ts{next(self._ids)}",
        )
        return self._told(who, event)

    def begin(self, who: str = "T1/pia", room: str = "T1/C1", **changes: tuple[str, ...]) -> str:
        """Invite the bot and found a school."""
        self.invite(who, room)
        return self.submit(who, room, "found_form", {**FIRST_DAY, **changes})

    def later(self, **time: float) -> None:
        self.world.wind(self._now + timedelta(**time))

    @property
    def roster(self) -> Roster:
        with self.world.store.begin() as unit:
            return unit.roster

    def person(self, who: str) -> Person:
        return self.roster.persons[PersonId(who)]

    @property
    def team(self) -> str:
        """The only arbetslag."""
        (team,) = self.roster.arbetslag
        return team

    def said_in(self, room: str) -> str:
        """What was said in a place because of the last act."""
        return "\n".join(one.text for one in self.world.fresh if one.room == room and not one.only_to)

    def written(self) -> int:
        """How many people, accounts and arbetslag there are."""
        with self.world.store.begin() as unit:
            counted = (tables.person, tables.account, tables.arbetslag, tables.school)
            rows = [unit.rows(select(func.count().label("n")).select_from(table)) for table in counted]
            return sum(row["n"] for (row,) in rows)

    def _act(self, event: Event) -> None:
        self.world.act(event)

    def _told(self, who: str, event: Event) -> str:
        self.world.forms.pop(who, None)
        self._act(event)
        said = "\n".join(heard.text for heard in self.world.fresh if heard.only_to == who)
        return self.world.form_text(who) if who in self.world.forms else said

    @property
    def _now(self) -> datetime:
        return self.world.clock.now()

    def _id(self) -> str:
        return f"event-{next(self._ids)}"


def account(user: str) -> Account:
    return Account(platform=PLATFORM, user=user, name=user.rpartition("/")[2].capitalize())


def place(address: str) -> Place:
    return Place(platform=PLATFORM, address=address)


def options(form: Form, key: str) -> tuple[str, ...]:
    """What may be chosen in one field."""
    (field,) = (one for one in form.fields if one.key == key)
    assert isinstance(field, ChoiceField)
    return tuple(option.label for option in field.options)


@contextmanager
def asked_for() -> Iterator[Workspaces]:
    """On a Friday at noon Lena asks to be let in, and Pia is asked."""
    with World(FRIDAY) as world:
        spaces = Workspaces(world)
        spaces.called["T1/lena"] = "Lena"
        spaces.begin()
        spaces.submit("T1/lena", "T1/C1", "link_form", {"role": ("larare",), "team": (spaces.team,)})
        yield spaces

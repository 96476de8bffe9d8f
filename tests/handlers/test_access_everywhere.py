"""Every button and every form, forged by somebody it is not for: nothing is written but the inbox."""

import itertools
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select, update

import handlers
from bot.domain.events import Commanded, Event, FormSubmitted, Pressed
from bot.domain.school import Account, Person, Place, School, Skolform
from bot.domain.value import HuvudmanId, PersonId, SchoolId
from bot.messages.tokens import Token
from bot.platforms.terminal.send import PLATFORM
from bot.rehearsal.example import TEAM_46
from bot.rehearsal.teller import Teller, moment, steps_of
from handlers.commands import COMMANDS
from handlers.presses import FORMS, PRESSES
from storage import tables
from storage.people import founding
from storage.unit import UnitOfWork
from tests.play import World, prompts

DEMO = Path(__file__).parents[2] / "prompts" / "sv" / "demo.txt"
AFTERWARDS = """
lena direkt: Ett par ord till mig själv om undervisningen
pia i #arbetslag-4-6: /avstämning onsdagar 10.15
sam i #arbetslag-4-6: /orsaksanalys
sam trycker: Välj resultat
sam väljer Eget resultat = Fler räcker upp handen
sam väljer Var vill = Bara jag, i vår egen chatt
sam skickar
"""
ROOM = Place(platform=PLATFORM, address="#arbetslag-4-6")
OWN_SCHOOL = {"calendar_form", "summary_time", "summary_form"}
"""These name nothing: they are about the school of whoever acts."""

ARGUMENTS = ("", "1", "orsak.1.orsak", "orsak.1.hor_till~undervisning", "next", "answered", "2026-12-03")
VALUES = {
    "who": ("lena",),
    "until": ("2026-12-11",),
    "arbetslag": (TEAM_46,),
    "when": ("onsdagar 10.15",),
    "day": ("2026-12-11",),
    "time": ("10.15",),
    "calendar": ("2026-12-01;2026-12-04;lov;Vinterlov",),
    "text": ("Ord som inte är mina",),
    "answer": ("Ord som inte är mina",),
    "path": ("orsak.1.orsak",),
    "about": ("week",),
    "where": ("tillsammans",),
    "team": (TEAM_46,),
    "person": ("lena",),
    "roles": ("rektor",),
    "teams": (TEAM_46,),
    "members": ("tove",),
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    told = steps_of(DEMO.read_text(encoding="utf-8"))
    with World(moment(told[0][1].removeprefix("klockan är "))) as world:
        teller = Teller(world)
        for number, line in (*told[1:], *steps_of(AFTERWARDS)):
            teller.tell(number, line)
        _add_the_outsider(world)
        yield world


def _add_the_outsider(world: World) -> None:
    """Ove holds every role, at another school."""
    school = School(
        id=SchoolId("utby"),
        huvudman=HuvudmanId("lundby"),
        name="Utby",
        skolformer=(Skolform.GRUNDSKOLA,),
    )
    ove = Person(
        id=PersonId("ove"),
        name="Ove Ute",
        school=school.id,
        roles=("larare", "samtalsledare", "processledare", "rektor"),
        direct=Place(platform=PLATFORM, address="@ove"),
    )
    with world.store.begin() as unit:
        lost = select(tables.outbox.c.seq).order_by(tables.outbox.c.key).limit(1)
        unit.change(
            update(tables.outbox)
            .where(tables.outbox.c.seq == unit.rows(lost)[0]["seq"])
            .values(state="uncertain")
        )
        founding.add_school(unit, school)
        founding.add_person(unit, ove, Account(platform=PLATFORM, user="ove"))


class _Enough(Exception):
    """Nothing of what was tried is kept."""


def tables_written(world: World, *events: Event) -> list[str]:
    """The tables, besides the inbox, that these events would have changed; nothing is kept."""
    changed: list[str] = []
    with suppress(_Enough), world.store.begin() as unit:
        before = _everything(unit)
        for event in events:
            handlers.handle(event, unit, prompts())
        after = _everything(unit)
        changed += [name for name in before if before[name] != after[name]]
        raise _Enough
    return changed


def _everything(unit: UnitOfWork) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row.values()) for row in unit.rows(select(table))]
        for table in tables.metadata.sorted_tables
        if table is not tables.inbox
    }


def subjects(world: World) -> list[str]:
    """What a token may name: some of everything there is an id of."""
    columns = (
        tables.schedule.c.id,
        tables.check_in.c.id,
        tables.conversation.c.id,
        tables.note.c.id,
        tables.analysis.c.id,
        tables.reply.c.id,
        tables.outbox.c.key,
    )
    found = {"bjorkskolan", TEAM_46, "lena"}
    with world.store.begin() as unit:
        for column in columns:
            ids = [str(next(iter(row.values()))) for row in unit.rows(select(column).order_by(column))]
            found |= {*ids[:2], *ids[-2:]}
    return sorted(found)


@pytest.mark.parametrize("who", ["tove", "ove", "nobody"])
def test_nothing_is_written_for_who_may_not(world: World, who: str) -> None:
    wrote: dict[str, list[str]] = {}
    known = subjects(world)
    for verb in sorted({*PRESSES, *FORMS} - (OWN_SCHOOL if who == "ove" else set())):
        events: list[Event] = []
        for subject, argument in itertools.product(known, ARGUMENTS):
            token = Token(verb=verb, subject=subject, argument=argument).pack()
            same = {
                "id": f"{verb}-{len(events)}",
                "at": world.clock.now(),
                "who": Account(platform=PLATFORM, user=who),
                "where": ROOM,
                "token": token,
            }
            if verb in PRESSES:
                events.append(Pressed.model_validate(same))
            if verb in FORMS:
                events.append(FormSubmitted.model_validate({**same, "values": VALUES}))
        if changed := tables_written(world, *events):
            wrote[verb] = changed
    assert wrote == {}


@pytest.mark.parametrize("who", ["tove", "ove", "nobody"])
def test_no_command_writes_in_a_channel_of_others(world: World, who: str) -> None:
    account = Account(platform=PLATFORM, user=who)
    for command, text in itertools.product(COMMANDS, ("", "onsdagar 10.15")):
        event = Commanded(
            id="command", at=world.clock.now(), who=account, where=ROOM, command=command, text=text
        )
        assert not tables_written(world, event), command

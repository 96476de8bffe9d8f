"""A row that cannot be read, as after a page was damaged or a version went back, stops only what it is of."""

from collections.abc import Callable

import pytest
from sqlalchemy import Table, insert, update
from structlog.testing import capture_logs

from bot.domain.school import Account, Arbetslag, Person, Place, School, Skolform
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.rehearsal import example
from handlers.asking import due
from storage import tables
from storage.checkup import unreadable
from storage.people import founding
from storage.store import Store
from storage.unit import UnitOfWork
from tests.each import each
from tests.storage.made import NOW, keys, promise_all, promised, take

OTHER = SchoolId("tallskolan")
PIA = Account(platform="slack", user="T1/pia")
OTTO = Account(platform="slack", user="T2/otto")


def found_two(unit: UnitOfWork) -> None:
    """Björkskolan, and Tallskolan with one arbetslag and Otto in it."""
    example.found(unit, "slack", NOW.date(), spelled=lambda one: f"T1/{one}")
    home = unit.roster.schools[example.SCHOOL]
    founding.add_school(unit, School(id=OTHER, huvudman=home.huvudman, name="Tall", skolformer=()))
    room = Place(platform="slack", address="T2/C1")
    team = ArbetslagId("tall")
    grundskola = Skolform.GRUNDSKOLA
    founding.add_arbetslag(unit, Arbetslag(id=team, school=OTHER, name="T", skolform=grundskola, place=room))
    otto = Person(id=PersonId("otto"), name="Otto", school=OTHER, roles=("larare",), arbetslag=(team,))
    founding.add_person(unit, otto, OTTO)


def body(table: Table, key: str, body: str = "{") -> Callable[[UnitOfWork], object]:
    return lambda unit: unit.change(update(table).where(table.c.id == key).values(body=body))


def zone(unit: UnitOfWork) -> None:
    school = unit.roster.schools[OTHER]
    founding.change_school(unit, school.model_copy(update={"timezone": "Nowhere/None"}))


def day(unit: UnitOfWork) -> None:
    row = {"school_id": OTHER, "day": NOW.date(), "kind": "party", "name": ""}
    unit.change(insert(tables.calendar_day).values(row))


SPOILT: list[tuple[Callable[[UnitOfWork], object], str]] = [
    (body(tables.school, OTHER), "school tallskolan"),
    (body(tables.arbetslag, "tall"), "arbetslag tall"),
    (body(tables.person, "otto", '{"from": "another version"}'), "person otto"),
    (zone, "calendar tallskolan"),
    (day, "calendar tallskolan"),
]


@each("spoil, row", SPOILT, told=lambda case: case[1])
def test_a_school_of_which_a_row_cannot_be_read_is_out_and_no_other(
    opened: Callable[[str], Store], spoil: Callable[[UnitOfWork], object], row: str
) -> None:
    store = opened("sqlite://")
    with store.begin() as unit:
        found_two(unit)
    with capture_logs() as lines, store.begin() as unit:
        spoil(unit)
        roster = unit.roster
        assert roster.out == {OTHER: (row,)}
        assert set(roster.schools) == set(roster.calendars) == {example.SCHOOL}
        pia = roster.person_of(PIA)
        assert pia is not None
        assert roster.holders("processledare", example.SCHOOL) == (pia,)
        assert unreadable(unit) == (row,)
        unit.change(update(tables.term).values(name="HT"))
        assert unit.roster.out == {OTHER: (row,)}, "read anew"
    assert [(line["action"], line["key"]) for line in lines] == [("store.school_out", OTHER)], "and said once"


def test_on_a_server_too(store: Store) -> None:
    with store.begin() as unit:
        found_two(unit)
    with store.begin() as unit:
        body(tables.person, "otto")(unit)
        assert unit.roster.out == {OTHER: ("person otto",)}


def test_nobody_founds_a_school_anew_that_is_out(store: Store) -> None:
    with store.begin() as unit:
        found_two(unit)
        body(tables.school, OTHER)(unit)
        assert [one.id for one in unit.roster.schools_in("slack:T1")] == [example.SCHOOL]
        assert unit.roster.schools_in("slack:T3") == ()
        with pytest.raises(KeyError):
            unit.roster.schools_in("slack:T2")
        assert unit.roster.person_of(OTTO) is not None, "no stranger"


def test_a_plan_that_cannot_be_read_is_named(store: Store) -> None:
    with store.begin() as unit:
        example.found(unit, "slack", NOW.date())
        due.ensure_summary_plan(unit, example.SCHOOL, unit.roster.calendars[example.SCHOOL], NOW)
        assert unreadable(unit) == ()
        body(tables.schedule, f"weekly:{example.SCHOOL}")(unit)
        assert unreadable(unit) == (f"schedule weekly:{example.SCHOOL}",)


def test_a_message_that_waits_for_another_version_is_named(store: Store) -> None:
    promise_all(store, promised("a"), promised("b", "#b"))
    with store.begin() as unit:
        row = update(tables.outbox).where(tables.outbox.c.key == "a")
        unit.change(row.values(message='{"from": "another version"}'))
    assert keys(take(store)) == ["b"]
    with store.begin() as unit:
        assert unreadable(unit) == ("outbox 1",)
        unit.change(row.values(message=promised("a").read.model_dump_json()))
        assert unreadable(unit) == ()

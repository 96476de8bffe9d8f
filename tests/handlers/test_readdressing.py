"""What waits for the rektor until morning goes to whoever is rektor then."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.school import Role
from bot.domain.value import PersonId
from storage.people.founding import change_person
from storage.tables import outbox
from tests.play import World

ROOM = "#arbetslag-4-6"
EVENING, NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC), datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
RAISED = "Vi saknar grupprum."


@pytest.fixture
def world() -> Iterator[World]:
    """Lena has raised a note in the evening: it waits."""
    with World(datetime(2026, 11, 23, 12, 0, tzinfo=UTC)) as world:
        world.write("pia", "/avstämning måndagar 14.00", room=ROOM)
        world.press("pia", "Ja, spara")
        world.wind(datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
        thread = next(heard.reference for heard in world.heard if "Ett svar från arbetslaget" in heard.text)
        world.wind(EVENING)
        world.write("lena", RAISED, room=ROOM, thread=thread)
        world.press("lena", "Lyft till rektor")
        world.press("lena", "Ja, lyft till rektor")
        yield world


def holds(world: World, who: str, *roles: Role) -> None:
    with world.store.begin() as unit:
        change_person(unit, unit.roster.persons[PersonId(who)].model_copy(update={"roles": roles}))


def hearers(world: World) -> set[str]:
    return {heard.room for heard in world.heard if "lyfter en fråga till dig" in heard.text}


def test_it_goes_to_the_new_rektor_and_not_to_the_old(world: World) -> None:
    holds(world, "rut", "larare")
    holds(world, "pia", "rektor")
    world.wind(NIGHT)
    assert not hearers(world)
    world.wind(MORNING)
    assert hearers(world) == {"@pia"}
    world.press("pia", "Markera som läst")
    assert any("Du har markerat frågan som läst." in heard.text for heard in world.fresh)


def test_without_a_rektor_it_goes_to_nobody(world: World) -> None:
    holds(world, "rut", "larare")
    world.wind(MORNING)
    assert not hearers(world)


def test_it_stays_with_who_is_rektor_still(world: World) -> None:
    holds(world, "pia", "rektor")
    world.wind(MORNING)
    assert hearers(world) == {"@rut"}


def test_one_that_cannot_be_read_keeps_no_other_from_the_new_rektor(world: World) -> None:
    with world.store.begin() as unit:
        row = {
            "message_class": "critical",
            "concerns": "raised:n",
            "lane": "terminal:@rut",
            "state": "parked",
        }
        row |= {"key": "raised:n:1:rut", "not_before": "2026-11-20T00:00:00.000000Z", "message": "{}"}
        unit.add(outbox, {**row, "place": '{"platform":"terminal","address":"@rut"}'})
    holds(world, "rut", "larare")
    holds(world, "pia", "rektor")
    world.wind(MORNING)
    assert hearers(world) == {"@pia"}

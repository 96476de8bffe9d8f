"""The guard at the doors that are easily forgotten: links, calendar files, and two texts set aside."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage.tables import answer, calendar_day
from tests.play import World

ROOM = "#arbetslag-4-6"
NUMBER = "20121230-2382"


@pytest.fixture
def world() -> Iterator[World]:
    with World(datetime(2026, 11, 26, 13, 0, tzinfo=UTC)) as world:
        yield world


def in_thread(world: World, who: str, text: str, *, minutes: int = 1) -> str:
    world.wind(world.clock.now().replace(minute=world.clock.now().minute + minutes))
    thread = next(heard.thread for heard in reversed(world.heard) if heard.thread)
    world.write(who, text, room=ROOM, thread=thread)
    return "\n".join(heard.text for heard in world.fresh)


def test_a_number_in_a_link_is_not_stored(world: World) -> None:
    world.write("sam", "/orsaksanalys Läsningen sjönk", room=ROOM)
    world.submit("sam", {})
    in_thread(world, "sam", "Vi läser för lite")
    world.press("sam", "Undervisningen")
    world.press("sam", "Helt")
    in_thread(world, "sam", "2")
    assert "Var finns källan?" in in_thread(world, "sam", "1")
    in_thread(world, "sam", f"https://exempel.se/{NUMBER}")
    with world.store.begin() as unit:
        assert not any(NUMBER in row["value"] for row in unit.rows(select(answer.c.value)))


def test_a_number_in_a_calendar_file_is_masked_and_name_days_stay(world: World) -> None:
    world.write("pia", "/kalender")
    rows = f"2026-12-11;;studiedag;Lucia\n2026-12-14;;studiedag;Möte om {NUMBER}"
    world.submit("pia", {"calendar": (rows,)})
    with world.store.begin() as unit:
        names = {row["name"] for row in unit.rows(select(calendar_day.c.name))}
    assert "Lucia" in names
    assert "Möte om [personnummer borttaget]" in names


def test_both_texts_stay_when_what_was_written_together_says_nothing(world: World) -> None:
    world.write("sam", "/orsaksanalys Läsningen sjönk", room=ROOM)
    world.submit("sam", {})
    in_thread(world, "sara", "Läxorna är för långa")
    in_thread(world, "omar", "Ingen vet när de ska lämnas in", minutes=0)
    world.press("omar", "Skriv ihop svaren")
    path = world.forms["omar"].fields[0].key
    world.submit("omar", {path: (" \u200b ",)})
    world.press("omar", "Använd andra svaret")
    with world.store.begin() as unit:
        kept = [row["value"] for row in unit.rows(select(answer.c.value).order_by(answer.c.id))]
    assert "Ingen vet när de ska lämnas in" in kept[-1]

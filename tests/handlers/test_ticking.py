"""What one chore of a minute stumbles over stops nothing else of it; a lost minute is no minute done."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, select, text

from bot.app import TickFailed
from bot.domain.value import SchoolId
from bot.rehearsal import example
from storage.people.founding import add_school
from storage.tables import mark, note, note_version, outbox, schedule, summary
from tests.play import World

START, ASK = datetime(2026, 11, 23, 12, 0, tzinfo=UTC), datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 13, 1, tzinfo=UTC)
LONG_AGO = "2026-09-01T00:00:00.000000Z"
OTHER_VERSION = '{"title":"x","blocks":[{"kind":"of another version"}]}'


@pytest.fixture
def world() -> Iterator[World]:
    """A check-in is planned for 14."""
    with World(START) as world:
        world.write("pia", "/avstämning måndagar 14.00", room="#arbetslag-4-6")
        world.press("pia", "Ja, spara")
        yield world


def is_asked(world: World) -> bool:
    world.wind(ASK)
    return any("Ett svar från arbetslaget" in heard.text for heard in world.heard)


def test_a_message_that_cannot_be_read_stops_nothing(world: World) -> None:
    with world.store.begin() as unit:
        row = {"message_class": "critical", "concerns": "raised:n", "lane": "terminal:@rut"}
        row |= {"key": "raised:n:1:rut", "state": "parked", "not_before": LONG_AGO, "message": OTHER_VERSION}
        unit.change(insert(outbox).values(place='{"platform":"terminal","address":"@rut"}', **row))
    assert is_asked(world)


def test_a_chore_that_fails_stops_neither_the_question_nor_the_other_chores(world: World) -> None:
    with world.store.begin() as unit:
        unit.change(delete(mark).where(mark.c.name == "tidied"))
        unit.change(
            insert(summary).values(
                school_id=example.SCHOOL, week=202640, digest="x", body="not JSON", at=LONG_AGO
            )
        )
        row = {"id": "old", "school_id": example.SCHOOL, "arbetslag_id": example.TEAM_46, "author_id": "lena"}
        row |= {"aspect": "process", "sign": "neutral", "perspective": "personal", "group_label": ""}
        row |= {"text": "bort", "question": "", "source": "", "state": "removed", "created_at": LONG_AGO}
        unit.change(insert(note).values(week=202636, link="", kept_reason="", version=1, **row))
        version = {"note_id": "old", "version": 1, "text": "bort", "marks": "{}", "state": "removed"}
        unit.change(insert(note_version).values(by="lena", at=LONG_AGO, **version))
        done = {"message_class": "critical", "concerns": "c", "lane": "terminal:@rut", "place": "{}"}
        unit.change(
            insert(outbox).values(key="sent", state="sent", not_before=LONG_AGO, message="words", **done)
        )
    assert is_asked(world)
    with world.store.begin() as unit:
        assert [row["text"] for row in unit.rows(select(note.c.text))] == ["bort"]
        assert not unit.rows(select(outbox.c.key).where(outbox.c.message == "words"))


def test_a_summary_that_cannot_be_planned_stops_no_other_schools(world: World) -> None:
    """Of the schools asp and ceder the plan cannot be written: what has its name is none we know."""
    with world.store.begin() as unit:
        unit.change(delete(schedule).where(schedule.c.kind == "weekly"))
        school = unit.roster.schools[example.SCHOOL]
        for key in ("asp", "ceder", "bok"):
            add_school(unit, school.model_copy(update={"id": SchoolId(key)}))
        for key in ("asp", "ceder"):
            row = {"id": f"weekly:{key}", "kind": "of another version", "school_id": key, "state": "stopped"}
            unit.add(schedule, {"body": "{}", "watermark": LONG_AGO, "version": 1, **row})
    world.wind(ASK)
    with world.store.begin() as unit:
        planned = unit.rows(select(schedule.c.school_id).where(schedule.c.kind == "weekly"))
    assert {row["school_id"] for row in planned} == {example.SCHOOL, "bok"}
    world.wind(FRIDAY)
    assert any(heard.room == "@rut" and heard.text.startswith("Veckan på") for heard in world.heard)


def test_a_minute_that_was_lost_is_not_taken_for_done(world: World) -> None:
    with world.store.begin() as unit:
        unit.change(text("ALTER TABLE reminder RENAME TO elsewhere"))
    with pytest.raises(TickFailed, match="Något gick fel"):
        asyncio.run(world.app.tick())

"""A cause analysis at unlucky moments: too quick, too long, and without a chat of one's own."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.value import PersonId
from bot.rehearsal import example
from storage.people.founding import change_person
from storage.said.analyses import analyses_of, save_analysis
from tests.play import World

ROOM = "#arbetslag-4-6"


@pytest.fixture
def world() -> Iterator[World]:
    with World(datetime(2026, 11, 26, 13, 0, tzinfo=UTC)) as world:
        yield world


def begin(world: World, who: str, **values: tuple[str, ...]) -> None:
    world.write(who, "/orsaksanalys Läsningen sjönk", room=ROOM)
    world.submit(who, values)


def in_thread(world: World, who: str, text: str) -> str:
    thread = next(heard.thread for heard in reversed(world.heard) if heard.thread)
    world.write(who, text, room=ROOM, thread=thread)
    return "\n".join(heard.text for heard in world.fresh)


def test_what_somebody_does_alone_is_never_seen_by_others(world: World) -> None:
    """Also when the bot has no chat of its own with her."""
    with world.store.begin() as unit:
        lena = unit.roster.persons[PersonId("lena")]
        change_person(unit, lena.model_copy(update={"direct": None}))
    begin(world, "lena", var=("ensam",))
    assert {heard.only_to for heard in world.heard} == {"lena"}


def test_the_first_answer_may_come_at_once(world: World) -> None:
    """The result was known before: whoever is quick answers the question, and does not change it."""
    begin(world, "sam")
    heard = in_thread(world, "lena", "Vi läser för lite högt")
    assert "svarade samtidigt" not in heard
    assert "Vad hör ”Vi läser för lite högt” närmast till?" in heard


def test_words_too_long_for_a_thread_are_not_said_to_be_in_a_form(world: World) -> None:
    begin(world, "sam")
    assert "kvar i chatten" in in_thread(world, "lena", "ö" * 10_001)


def test_a_form_sent_twice_starts_one_analysis(world: World) -> None:
    begin(world, "sam")
    opened = [heard for heard in world.heard if heard.text.startswith("Orsaksanalys:")]
    begin(world, "sam")
    assert "Det finns redan en påbörjad orsaksanalys av det resultatet" in world.fresh[-1].text
    assert [heard for heard in world.heard if heard.text.startswith("Orsaksanalys:")] == opened


def test_what_is_agreed_does_not_end_by_an_old_button(world: World) -> None:
    begin(world, "lena", var=("ensam",))
    with world.store.begin() as unit:
        [analysis] = analyses_of(unit, example.TEAM_46)
        done = analysis.model_copy(update={"state": "done", "version": 2})
        save_analysis(unit, done, was=1)
    world.press("lena", "Avsluta")
    assert "redan klar eller avslutad" in world.fresh[-1].text
    with world.store.begin() as unit:
        assert analyses_of(unit, example.TEAM_46) == (done,)


def test_a_result_too_long_for_the_form_stays_there(world: World) -> None:
    begin(world, "sam", eget=("ö" * 10_001,))
    shown = world.forms["sam"]
    assert shown.errors == {
        "eget": "Texten är för lång. Korta den till 10000 tecken. Din text är kvar i rutan."
    }
    with world.store.begin() as unit:
        assert analyses_of(unit, example.TEAM_46) == ()

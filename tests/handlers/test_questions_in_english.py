"""One is asked in English, the other in Swedish: the same is kept, and a channel reads Swedish."""

from collections.abc import Iterator

import pytest

from bot.domain.value import PersonId
from bot.messages.model import ChoiceField, Form, Open
from storage.people.founding import change_person
from tests.handlers.answer_stage import EACH, ROOM, TOGETHER, Answering
from tests.handlers.conversation_stage import Stage
from tests.play import prompts

VOICE = "Eleverna vill arbeta i par"


def english(world: Answering) -> Answering:
    with world.store.begin() as unit:
        lena = unit.roster.persons[PersonId("lena")]
        change_person(unit, lena.model_copy(update={"language": "en"}))
    return world


@pytest.fixture
def world() -> Iterator[Answering]:
    with Answering(EACH) as world:
        yield english(world)


def fill_in(world: Answering) -> None:
    world.press("lena", "Svara")
    assert world.forms["lena"].title == "How did the teaching go?"
    world.choose("lena", **{"How well did": "Very well", "What do the pupils": VOICE})


def test_what_is_kept_does_not_tell_in_which_language_it_was_asked(world: Answering) -> None:
    fill_in(world)
    world.answer("sara", VOICE)
    by = {row["by"]: set[tuple[str, str]]() for row in world.table("answer")}
    for row in world.table("answer"):
        by[row["by"]].add((row["path"], row["value"]))
    assert by["lena"] == by["sara"] != set()
    notes = world.table("note")
    assert len(notes) == 2
    assert {note["question"] for note in notes} == {"Vad säger eleverna själva om undervisningen?"}


def test_the_receipt_is_in_english_and_the_channel_in_swedish() -> None:
    with Answering(TOGETHER) as world:
        english(world)
        fill_in(world)
        alone = [heard.text for heard in world.fresh if heard.only_to == "lena"]
        shown = [heard.text for heard in world.fresh if heard.room == ROOM and not heard.only_to]
        assert any("How well did the teaching reach what you had planned?" in text for text in alone)
        assert any("Hur väl nådde undervisningen" in text and "Mycket väl" in text for text in shown)
        assert not any("Very well" in text for text in shown)


def test_somebody_who_changes_language_half_way_goes_on_where_they_were(world: Answering) -> None:
    world.press("lena", "Svara")
    form = world.forms["lena"]
    world.write("lena", "/språk svenska")
    world.forms["lena"] = form
    world.submit("lena", {"nadde": ("Do not know",), "rost": (VOICE,)})
    world.press("lena", "Ändra")
    field = next(one for one in world.forms["lena"].fields if one.key == "nadde")
    assert isinstance(field, ChoiceField)
    assert field.value == ("Vet inte",)


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    with stage.store.begin() as unit:
        sam = unit.roster.persons[PersonId("sam")]
        change_person(unit, sam.model_copy(update={"language": "en"}))
    return stage


def form_for(stage: Stage, path: str) -> Form:
    opened = stage.press("sam", "choose", f"{path}~~0")
    assert isinstance(opened, Open)
    return opened.form


@pytest.mark.parametrize(
    ("values", "kept"), [(("Do not know",), ()), (("Shared reading",), ("Shared reading",))]
)
def test_a_form_in_english_answers_a_thread_in_swedish(
    stage: Stage, values: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    stage.write("lena", "Läsningen")
    assert "What do you think lies behind “Läsningen”?" in form_for(stage, "orsak.1").fields[0].label
    stage.fill("sam", "choose", "orsak.1~~0", {"orsak.1": values})
    answer = stage.now().conversation.answers["orsak.1"]
    assert (answer.values, answer.unknown) == (kept, not kept)
    _, asked, _ = stage.promised()[-1]
    assert asked.title.startswith("Vad hör ”Shared reading”" if kept else "Är ni överens?")


@pytest.mark.parametrize("written", ["don't know", "Do not know.", "vet inte"])
def test_a_thread_in_swedish_understands_that_somebody_does_not_know(stage: Stage, written: str) -> None:
    stage.write("lena", "Läsningen")
    stage.write("sam", written)
    assert stage.now().conversation.answers["orsak.1"].unknown


@pytest.mark.parametrize("written", ["Skip", "hoppa över"])
def test_a_thread_in_swedish_understands_that_somebody_skips(stage: Stage, written: str) -> None:
    stage.write("lena", "Läsningen")
    stage.write("sam", "Högläsning")
    stage.write("sam", written)
    assert stage.now().conversation.answers["orsak.1.hor_till"].skipped


def test_which_answer_to_change_is_picked_in_english_and_asked_in_swedish(stage: Stage) -> None:
    stage.write("lena", "Läsningen")
    opened = stage.press("sam", "change_answer")
    assert isinstance(opened, Open)
    (field,) = opened.form.fields
    assert isinstance(field, ChoiceField)
    assert field.options[0].label == "Which result do you want to understand?"
    stage.fill("sam", "change_answer", "", {"path": ("resultat",)})
    _, asked, _ = stage.promised()[-1]
    assert asked.title == prompts().packs["orsaksanalys"].steps[0].model_dump()["text"]

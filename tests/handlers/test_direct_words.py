"""Words to the bot alone that answer nothing: kept where somebody wants them, and it is said when not."""

from datetime import timedelta

import pytest

from bot.domain.events import Replied, Rewritten
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.tokens import Token, Verb
from storage.people.founding import change_arbetslag, change_person
from storage.said.bin import empty_bin
from storage.said.notes import load_note, remove_note
from tests.handlers.answer_stage import Answering, account, answering

BOTH = ("arbetslag-4-6", "fritids")


def put(world: Answering, who: str, *teams: str) -> None:
    with world.store.begin() as unit:
        person = unit.roster.persons[PersonId(who)]
        change_person(unit, person.model_copy(update={"arbetslag": teams}))


def kept(world: Answering) -> list[tuple[str, str]]:
    return [(row["arbetslag_id"], row["state"]) for row in world.notes()]


def test_too_long_a_text_is_said_not_to_be_saved() -> None:
    with answering() as world:
        world.write("omar", "ord " * (LONGEST_ANSWER // 4 + 1))
        assert "men är inte sparad här" in world.said("omar")
        assert kept(world) == []


def test_whoever_is_in_no_arbetslag_is_told_that_nothing_is_saved() -> None:
    with answering() as world:
        world.write("rut", "Halvklass gav mer samtal")
        assert "Det du skrev är inte sparat." in world.said("rut")
        assert kept(world) == []


@pytest.mark.parametrize("chosen", BOTH)
def test_somebody_in_two_arbetslag_chooses_where_the_words_go(chosen: str) -> None:
    with answering() as world:
        put(world, "omar", *BOTH)
        world.write("omar", "Halvklass gav mer samtal")
        assert "[Spara i Arbetslag 4–6] [Spara i " in world.said("omar")
        assert kept(world) == [("arbetslag-4-6", "removed")]
        world.forge("omar", Token(verb="keep_words", subject=world.notes()[0]["id"], argument=chosen))
        assert kept(world) == [(chosen, "shared")]


def test_words_that_are_saved_in_one_arbetslag_stay_there() -> None:
    with answering() as world:
        put(world, "omar", *BOTH)
        world.write("omar", "Halvklass gav mer samtal")
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="fritids"))
        world.forge("omar", Token(verb="keep_words", subject=note, argument="arbetslag-4-6"))
        assert kept(world) == [("fritids", "shared")]
        assert "Det här är redan gjort." in world.said("omar")


def test_nobody_saves_in_an_arbetslag_they_are_not_in() -> None:
    with answering() as world:
        world.write("omar", "Halvklass gav mer samtal")
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="fritids"))
        assert kept(world) == [("arbetslag-4-6", "removed")]


def test_arbetslag_whose_names_are_cut_alike_are_numbered_and_named_whole() -> None:
    with answering() as world:
        names = {"arbetslag-4-6": "Arbetslag årskurs 4–6", "fritids": "Arbetslag årskurs F–3"}
        with world.store.begin() as unit:
            for key, name in names.items():
                team = unit.roster.arbetslag[ArbetslagId(key)]
                change_arbetslag(unit, team.model_copy(update={"name": name}))
        put(world, "omar", *BOTH)
        world.write("omar", "Halvklass gav mer samtal")
        said = world.said("omar")
        assert "1. Arbetslag årskurs 4–6" in said
        assert "2. Arbetslag årskurs F–3" in said
        assert "[Spara i nummer 1] [Spara i nummer 2]" in said
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="fritids"))
        assert "Sparat som anteckning i Arbetslag årskurs F–3" in world.said("omar")


def test_who_leaves_an_arbetslag_before_choosing_still_saves_in_the_other() -> None:
    with answering() as world:
        put(world, "omar", *BOTH)
        world.write("omar", "Halvklass gav mer samtal")
        note = world.notes()[0]["id"]
        put(world, "omar", "fritids")
        world.forge("lena", Token(verb="keep_words", subject=note, argument="arbetslag-4-6"))
        world.forge("omar", Token(verb="keep_words", subject=note, argument="arbetslag-4-6"))
        assert kept(world) == [("arbetslag-4-6", "removed")]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="fritids"))
        assert kept(world) == [("fritids", "shared")]


def test_an_offer_whose_words_are_forgotten_saves_no_empty_note() -> None:
    with answering() as world:
        world.write("omar", "Halvklass gav mer samtal")
        late = world.clock.now() + timedelta(days=31)
        with world.store.begin() as unit:
            assert empty_bin(unit, list(unit.roster.schools), late, late) == 1
        note = world.notes()[0]["id"]
        for token in (Token(verb="keep_words", subject=note), Token(verb="edit_note", subject=note)):
            world.forge("omar", token)
            assert "Papperskorgen sparar i 30 dagar" in world.said("omar")
        assert [(row["state"], row["text"]) for row in world.notes()] == [("removed", "")]


@pytest.mark.parametrize("verb", ["keep_words", "restore", "edit_note", "edit_note_form"])
def test_what_its_writer_took_back_is_not_brought_back_by_who_saved_it(verb: Verb) -> None:
    with answering() as world:
        world.write("omar", "Halvklass gav mer samtal")
        note = world.notes()[0]["id"]
        world.press("omar", "Spara som anteckning")
        with world.store.begin() as unit:  # as when its writer deletes the message that omar had saved
            held = load_note(unit, note)
            assert held
            remove_note(unit, held, PersonId("lena"), world.clock.now())
        subject = f"note:{note}" if verb == "restore" else note
        values: dict[str, tuple[str, ...]] | None = (
            {"text": ("Halvklass igen",)} if verb == "edit_note_form" else None
        )
        world.forge("omar", Token(verb=verb, subject=subject, argument="3" if values else ""), values)
        assert "Den som skrev orden har tagit bort dem." in world.said("omar")
        assert kept(world) == [("arbetslag-4-6", "removed")]


def test_what_was_saved_and_undone_is_moved_by_no_old_offer() -> None:
    """It may have been read where it was; there it can be saved again."""
    with answering() as world:
        put(world, "omar", *BOTH)
        world.write("omar", "Halvklass gav mer samtal")
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="arbetslag-4-6"))
        world.press("omar", "Ångra")
        world.forge("omar", Token(verb="keep_words", subject=note, argument="fritids"))
        assert kept(world) == [("arbetslag-4-6", "removed")]
        world.forge("omar", Token(verb="keep_words", subject=note, argument="arbetslag-4-6"))
        assert kept(world) == [("arbetslag-4-6", "shared")]


ALONE = Place(platform="terminal", address="@omar")


def rewrite(world: Answering, text: str | None, *, back: bool = False) -> None:
    """What omar once wrote to the bot alone is now changed, removed, or there again."""
    world.sleep(world.clock.now() + timedelta(seconds=5))
    now = world.clock.now()
    common = {"id": f"rewritten:{now}", "at": now, "who": account("omar"), "where": ALONE}
    world.act(Rewritten.model_validate({**common, "reference": "m1", "text": text, "back": back}))


@pytest.mark.parametrize("edits", [(), ("Halvklass gav fler samtal",)])
@pytest.mark.parametrize("back", ["Halvklass gav mer samtal", "Halvklass gav fler samtal"])
def test_an_offer_nobody_took_is_not_taken_by_bringing_its_message_back(
    edits: tuple[str, ...], back: str
) -> None:
    with answering() as world:
        words = {"text": "Halvklass gav mer samtal", "reference": "m1", "direct": True}
        common = {"id": "m1", "at": world.clock.now(), "who": account("omar"), "where": ALONE}
        world.act(Replied.model_validate({**common, **words}))
        for text in (*edits, None):
            rewrite(world, text)
        rewrite(world, back, back=True)
        assert kept(world) == [("arbetslag-4-6", "removed")]
        assert not world.said("omar")
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note))
        assert [(row["text"], row["state"]) for row in world.notes()] == [(back, "shared")]
        rewrite(world, None)
        rewrite(world, back, back=True)
        assert kept(world) == [("arbetslag-4-6", "shared")], "it had been there to read"

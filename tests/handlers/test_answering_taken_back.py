"""Who took part follows what there is to read: what is taken back counts nowhere, until it is back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.messages.tokens import Token
from storage.said.bin import empty_bin
from tests.each import each
from tests.handlers.answer_stage import EACH, TOGETHER, Answering, answering

SORTS = (EACH, TOGETHER)
DONE = {EACH: "1 av 4 har svarat", TOGETHER: "Arbetslaget har svarat"}
Act = Callable[[Answering], None]


def post(world: Answering) -> str:
    """The round's message in the channel, as it stands now."""
    return next(heard.text for heard in world.heard if heard.reference == world.thread)


def waits(world: Answering, who: str = "lena") -> None:
    """Everywhere it is said that an answer is awaited."""
    world.write(who, "/nuläge")
    assert "Senaste frågan väntar på svar." in world.said(who)
    world.open_home(who)
    assert "[Svara i Arbetslag" in world.said(who)
    world.write("rut", "/veckan")
    assert "0 av 1 arbetslag har svarat." in world.said("rut")


def counts(world: Answering, who: str = "lena") -> None:
    world.write(who, "/nuläge")
    assert "Arbetslaget har svarat på senaste frågan." in world.said(who)
    world.write("rut", "/veckan")
    assert "1 av 1 arbetslag har svarat." in world.said("rut")


def by_deleting(world: Answering) -> None:
    world.rewrite("lena", "m1", None)


def by_undoing(world: Answering) -> None:
    world.press("lena", "Ångra")


def by_message(world: Answering) -> None:
    world.rewrite("lena", "m1", "Vi läste högt.", back=True)


def by_button(world: Answering) -> None:
    world.press("lena", "Återställ")


@each("answers", SORTS)
@pytest.mark.parametrize("away", [by_deleting, by_undoing])
@pytest.mark.parametrize("back", [by_message, by_button])
def test_the_only_words_taken_back_answer_nothing_until_they_are_brought_back(
    answers: str, away: Act, back: Act
) -> None:
    with answering(answers) as world:
        unanswered = post(world)
        assert DONE[answers] not in unanswered
        world.reply("lena", "Vi läste högt.", reference="m1")
        assert DONE[answers] in post(world)
        away(world)
        assert post(world) == unanswered
        waits(world)
        world.clock.wind_to(world.clock.now() + timedelta(seconds=5))
        world.reply("omar", "Jag med.", reference="m2")
        world.rewrite("omar", "m2", None)
        world.find_button("lena", "Återställ")
        world.heard = [heard for heard in world.heard if heard.only_to != "omar"]
        back(world)
        assert DONE[answers] in post(world)
        counts(world)


@each("answers", SORTS)
def test_words_that_are_left_still_answer(answers: str) -> None:
    with answering(answers) as world:
        world.reply("lena", "Ett.", reference="m1")
        world.reply("lena", "Två.", reference="m2")
        world.rewrite("lena", "m1", None)
        assert DONE[answers] in post(world)
        counts(world)


@each("answers", SORTS)
@pytest.mark.parametrize("voice", ["De vill läsa.", ""])
def test_an_answer_stands_when_the_words_beside_it_are_taken_back(answers: str, voice: str) -> None:
    with answering(answers) as world:
        world.answer("lena", voice)
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", None)
        assert DONE[answers] in post(world)
        counts(world)


@each("answers", SORTS)
def test_words_stand_when_the_answer_beside_them_is_taken_back(answers: str) -> None:
    with answering(answers) as world:
        unanswered = post(world)
        world.answer("lena", "De vill läsa.")
        _, undo = world.find_button("lena", "Ångra")
        world.reply("lena", "Ett.", reference="m1")
        world.forge("lena", undo.token)
        assert "Ångrat." in world.said("lena")
        assert DONE[answers] in post(world)
        counts(world)
        world.rewrite("lena", "m1", None)
        assert post(world) == unanswered
        waits(world)


@each("answers", SORTS)
def test_an_answer_given_after_words_that_are_gone_is_taken_back_too(answers: str) -> None:
    with answering(answers) as world:
        unanswered = post(world)
        world.reply("lena", "Ett.", reference="m1")
        world.sleep(world.clock.now() + timedelta(minutes=1))
        world.answer("lena", "De vill läsa.")
        _, undo = world.find_button("lena", "Ångra")
        world.rewrite("lena", "m1", None)
        assert DONE[answers] in post(world)
        world.forge("lena", undo.token)
        assert post(world) == unanswered
        waits(world)


@each("answers", SORTS)
@pytest.mark.parametrize("voice", ["De vill läsa.", ""])
def test_an_answer_that_is_undone_answers_nothing_when_later_words_are_gone_too(
    answers: str, voice: str
) -> None:
    with answering(answers) as world:
        unanswered = post(world)
        world.answer("lena", voice)
        world.press("lena", "Ångra")
        _, back = world.find_button("lena", "Återställ")
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", None)
        assert post(world) == unanswered
        waits(world)
        world.forge("lena", back.token)
        world.reply("lena", "Två.", reference="m2")
        world.rewrite("lena", "m2", None)
        assert DONE[answers] in post(world)
        counts(world)


@each("answers", SORTS)
def test_an_answer_that_is_undone_is_forgotten_whole_though_words_beside_it_stand(answers: str) -> None:
    with answering(answers) as world:
        world.answer("lena", "De vill läsa.")
        _, undo = world.find_button("lena", "Ångra")
        world.reply("lena", "Ett.", reference="m1")
        world.forge("lena", undo.token)
        late = world.clock.now() + timedelta(days=31)
        with world.store.begin() as unit:
            assert empty_bin(unit, list(unit.roster.schools), late, late) == 1
        assert world.table("answer") == []
        assert [note["text"] for note in world.notes() if note["state"] == "shared"] == ["Ett."]


def test_a_draft_for_all_is_no_answer() -> None:
    with answering(TOGETHER) as world:
        unanswered = post(world)
        world.answer("lena", "", how_well="Delvis")
        assert "lena" in world.forms, "another page"
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", None)
        assert post(world) == unanswered


def test_who_takes_back_their_words_is_reminded_after_all() -> None:
    with answering() as world:
        before = world.table("reminder")
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", None)
        assert world.table("reminder") == before


def test_a_note_changed_by_its_form_out_of_the_bin_counts_again() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        note = world.notes()[0]["id"]
        _, undo = world.find_button("lena", "Ångra")
        world.forge("lena", Token(verb="edit_note", subject=note))
        world.forge("lena", undo.token)
        world.submit("lena", {"text": ("Två.",)})
        world.submit("lena", {"text": ("Två.",)})
        assert world.notes()[0]["state"] == "shared"
        assert DONE[EACH] in post(world)


def test_who_passed_by_is_not_said_to_have_answered_for_all() -> None:
    with answering(TOGETHER) as world:
        world.press("sara", "Hoppa över")
        waits(world)


def test_what_one_wrote_for_all_is_posted_once_and_then_changed_in_place() -> None:
    with answering(TOGETHER) as world:
        world.answer("lena", "De vill läsa.")
        world.press("lena", "Ångra")
        told = [row for row in world.table("outbox") if str(row["key"]).startswith("together:")]
        assert [row["message_class"] for row in told] == ["critical", "replaceable"]
        assert [bool(row["replacing"]) for row in told] == [False, True]

"""Whoever has no longer, or never had, anything to do with a note can do nothing to it."""

from collections.abc import Iterator

import pytest

from bot.domain.events import Replied
from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.tokens import Token
from bot.rehearsal import example
from storage.people import founding
from storage.unit import UnitOfWork
from tests.handlers.answer_stage import Answering, account, answering

ELSEWHERE = SchoolId("elsewhere")


def _move(world: Answering, who: str, **changes: object) -> None:
    """To another arbetslag, or to another school that there then is."""

    def work(unit: UnitOfWork) -> None:
        person = unit.roster.persons[PersonId(who)]
        if changes.get("school") == ELSEWHERE:
            here = unit.roster.schools[example.SCHOOL]
            founding.add_school(unit, here.model_copy(update={"id": ELSEWHERE}))
            founding.set_terms(unit, ELSEWHERE, example.terms_of(2026))
        founding.change_person(unit, person.model_copy(update=changes))

    world.app.dispatcher.run(work).result()


@pytest.fixture(params=["raised", "removed", "shared"])
def noted(request: pytest.FixtureRequest) -> Iterator[Answering]:
    with answering() as world:
        world.reply("lena", "Vi läste högt.", reference="m1")
        if request.param == "raised":
            world.press("lena", "Lyft till rektor")
            world.press("lena", "Ja, lyft till rektor")
        if request.param == "removed":
            world.press("lena", "Ångra")
        yield world


def _try_everything(world: Answering, who: str) -> None:
    note, version = world.notes()[0]["id"], str(world.notes()[0]["version"])
    for token in (
        Token(verb="edit_note", subject=note),
        Token(verb="undo", subject=f"note:{note}", argument=version),
        Token(verb="restore", subject=f"note:{note}"),
        Token(verb="raise_note", subject=note),
        Token(verb="raise_sure", subject=note, argument=version),
        Token(verb="unraise_note", subject=note),
        Token(verb="read_raised", subject=note),
        Token(verb="keep_words", subject=note),
    ):
        world.forge(who, token)
        assert "Vi läste högt." not in world.said(who)
    world.forge(who, Token(verb="edit_note_form", subject=note, argument=version), {"text": ("Nytt.",)})
    world.rewrite(who, "m1", "Nytt.")
    world.rewrite(who, "m1", None)
    assert who not in world.forms


@pytest.mark.parametrize("who", ["vide", "pia"])
def test_a_stranger_does_nothing_and_sees_nothing(noted: Answering, who: str) -> None:
    before = noted.notes()
    _try_everything(noted, who)
    assert noted.notes() == before


@pytest.mark.parametrize("changes", [{"arbetslag": (ArbetslagId("fritids"),)}, {"school": ELSEWHERE}])
def test_an_author_who_has_left_leaves_the_words_with_the_arbetslag(
    noted: Answering, changes: dict[str, object]
) -> None:
    _move(noted, "lena", **changes)
    before = noted.notes()
    _try_everything(noted, "lena")
    assert noted.notes() == before


def test_a_colleague_never_changes_anybody_elses_words() -> None:
    with answering() as world:
        world.reply("lena", "Vi läste högt.", reference="m1")
        before = world.notes()
        world.rewrite("omar", "m1", "Nytt.")
        world.rewrite("omar", "m1", None)
        note = before[0]["id"]
        world.forge("omar", Token(verb="edit_note_form", subject=note, argument="1"), {"text": ("Nytt.",)})
        world.forge("omar", Token(verb="undo", subject=f"note:{note}", argument="1"))
        assert world.notes() == before


def test_a_message_without_a_name_of_its_own_changes_no_form() -> None:
    with answering() as world:
        world.answer("lena", "De vill läsa.")
        world.rewrite("lena", "", None)
        assert [(row["text"], row["state"]) for row in world.notes() if row["text"]] == [
            ("De vill läsa.", "shared")
        ]


def test_the_same_words_to_the_bot_with_a_new_id_are_offered_once() -> None:
    with answering() as world:
        for number in range(2):
            world.act(
                Replied(
                    id=f"again-{number}",
                    at=world.clock.now(),
                    who=account("lena"),
                    where=Place(platform="terminal", address="@lena"),
                    text="Vi läste högt.",
                    reference="d1",
                    direct=True,
                )
            )
            assert "Vill du spara texten" in world.said("lena")
        world.press("lena", "Spara som anteckning")
        assert [(row["text"], row["state"]) for row in world.notes()] == [("Vi läste högt.", "shared")]


def test_a_forged_form_cannot_make_a_group_or_a_reason_endless() -> None:
    with answering() as world:
        world.reply("lena", "Vi läste högt.")
        world.press("lena", "Ändra")
        world.submit("lena", {"group": ("g" * 81,)})
        assert "för lång" in world.errors("lena")
        kept = {"text": ("Alva och trollet.",), "text~val": ("keep",), "group": ("",)}
        world.submit("lena", {**kept, "text~skal": ("En titel. " * 51,)})
        assert world.forms["lena"].errors.keys() == {"text~skal"}
        world.submit("lena", {**kept, "text~skal": ("\u200b",)})
        assert "text~skal" in world.forms["lena"].errors
        assert world.notes()[0]["version"] == 1

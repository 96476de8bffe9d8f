"""One person, two windows: both answers are shown, in words that fit whose they are and what they are."""

from bot.messages.model import Form
from tests.handlers.answer_stage import Answering, answering


def test_two_windows_of_one_person_do_not_write_over_each_other() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        early = world.forms["lena"]
        world.choose("lena", **{"Hur väl nådde": "Mycket väl", "Vad säger eleverna": "Först."})
        _back(world, early)
        world.choose("lena", **{"Hur väl nådde": "Mycket väl", "Vad säger eleverna": "Sedan."})
        assert "Du sparade nyss i ett annat fönster." in world.form_text("lena")
        assert [row["text"] for row in world.notes()] == ["Först."]
        world.submit("lena", {})
        assert [row["text"] for row in world.notes()] == ["Sedan."]
        assert [row["text"] for row in world.table("note_version")] == ["Först.", "Sedan."]


def test_what_was_left_empty_is_no_answer_and_what_one_was_unsure_of_is_said_so() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        early = world.forms["lena"]
        world.choose("lena", **{"Hur väl nådde": "Vet inte"})
        _back(world, early)
        world.choose("lena", **{"Hur väl nådde": "Mycket väl", "Vad säger eleverna": "Sedan."})
        above = world.form_text("lena").partition("Här står ditt svar.")[0]
        assert "Vet inte" in above
        assert "Inget svar" in above
        assert "Hoppa över" not in above


def _back(world: Answering, early: Form) -> None:
    """To the other window, as it stood."""
    world.forms["lena"] = early
    world._form_places["lena"] = world.here()

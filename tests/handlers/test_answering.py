"""Answering a round: what is saved, what is refused, and what no client can claim."""

from datetime import timedelta

import pytest

from bot.messages.tokens import Token, Verb
from tests.handlers.answer_stage import ROOM, TOGETHER, answering


def test_each_marked_answer_becomes_a_note_with_the_packs_marks() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Hur väl nådde": "Delvis", "Vad i undervisningen fungerade": "Högläsning."})
        world.choose("lena", **{"Vad i undervisningen vill": "Mer samtal.", "Vilken grupp": "Åk 5"})
        kept = {row["text"]: row for row in world.notes()}
        assert set(kept) == {"Högläsning.", "Mer samtal."}
        assert (kept["Högläsning."]["aspect"], kept["Högläsning."]["sign"]) == ("process", "fungerar")
        assert kept["Mer samtal."]["sign"] == "bekymrar"
        assert {row["group_label"] for row in kept.values()} == {"Åk 5"}
        assert {row["week"] for row in kept.values()} == {202648}
        assert {row["check_in_id"] for row in kept.values()} == {world.round}
        assert [row["version"] for row in world.table("note_version")] == [1, 1]
        assert [row["how"] for row in world.table("participation")] == ["answered"]
        waiting = {row["person_id"] for row in world.table("reminder") if row["state"] == "waiting"}
        assert waiting == {"omar", "sara", "sam"}


def test_nothing_is_a_note_before_the_last_page_and_the_draft_is_nobody_elses() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Hur väl nådde": "Delvis", "Vad säger eleverna": "Mer bild."})
        assert not world.notes()
        assert not world.table("participation")
        world.press("omar", "Svara")
        assert "Mer bild." not in world.form_text("omar")
        world.press("lena", "Svara")
        assert "Mer bild." in world.form_text("lena")


def test_a_required_question_is_asked_for_beside_its_field_and_the_text_stays() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Vad säger eleverna": "Mer bild."})
        assert "Det här behöver ett svar." in world.errors("lena")
        assert "Mer bild." in world.form_text("lena")
        assert not world.table("conversation")


def test_changing_keeps_versions_and_changing_nothing_adds_none() -> None:
    with answering() as world:
        world.answer("lena", "Ett.")
        world.press("lena", "Ändra")
        world.choose("lena", **{"Vad säger eleverna": "Två."})
        world.press("lena", "Ändra")
        world.submit("lena", {})
        assert [row["text"] for row in world.notes()] == ["Två."]
        assert [row["text"] for row in world.table("note_version")] == ["Ett.", "Två."]


def test_an_answer_that_no_longer_holds_takes_its_note_along_and_back() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Hur väl nådde": "Delvis"})
        world.choose("lena", **{"Vad i undervisningen vill": "Mer samtal."})
        world.press("lena", "Ändra")
        world.choose("lena", **{"Hur väl nådde": "Mycket väl"})
        assert [row["state"] for row in world.notes()] == ["removed"]
        world.press("lena", "Ändra")
        world.choose("lena", **{"Hur väl nådde": "Delvis"})
        assert [(row["state"], row["text"]) for row in world.notes()] == [("shared", "Mer samtal.")]


@pytest.mark.parametrize("who", ["rut", "pia", "vide", "tove"])
@pytest.mark.parametrize("verb", ["answer", "nothing_new", "at_meeting", "skip_round", "agree"])
def test_only_the_arbetslag_answers(who: str, verb: Verb) -> None:
    with answering() as world:
        world.forge(who, Token(verb, world.round))
        assert "Frågan är till Arbetslag 4–6." in world.said(who)
        world.forge(who, Token(verb="answer_form", subject=world.round, argument="rost-0"), {"rost": ("x",)})
        assert "Inget är ändrat." in world.said(who)
        assert not world.table("participation")
        assert not world.table("conversation")


@pytest.mark.parametrize(
    "token",
    [
        "answer|finns-inte|",
        "undo|answer%3Afinns-inte|",
        "undo|note%3Afinns-inte|1",
        "undo||",
        "restore|answer%3A|x",
        "edit_note|finns-inte|",
        "raise_sure|finns-inte|1",
        "unraise_note|finns-inte|",
        "read_raised|finns-inte|",
        "keep_words|finns-inte|",
        "agree|finns-inte|",
        "påhittat",
    ],
)
def test_a_forged_button_changes_nothing_and_says_so(token: str) -> None:
    with answering() as world:
        before = world.everything().count("'id'")
        world.forge("lena", token)
        assert world.said("lena")
        assert world.everything().count("'id'") == before


def test_a_form_can_only_hold_what_its_pack_asks() -> None:
    with answering() as world:
        argument = "nadde-0~fungerar-0~rost-0~paverkbar-0~orsak.1-0"
        token = Token(verb="answer_form", subject=world.round, argument=argument)
        world.forge(
            "lena", token, {"nadde": ("mycket_val",), "rost": ("Ja.",), "paverkbar": ("x",), "annat": ("y",)}
        )
        assert [row["text"] for row in world.notes()] == ["Ja."]
        world.forge("lena", token, {"nadde": ("hittepå",)})
        assert "Det valet finns inte här." in world.errors("lena")


def test_nobody_reaches_anothers_answer() -> None:
    with answering() as world:
        world.answer("lena", "De vill rita.")
        world.press("omar", "Svara")
        assert "De vill rita." not in world.form_text("omar")
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="edit_note", subject=note))
        assert "Anteckningen är någon annans." in world.said("omar")
        world.forge("omar", Token(verb="undo", subject=f"note:{note}", argument="1"))
        assert "någon annans" in world.said("omar")
        world.forge("omar", Token(verb="undo", subject=f"answer:{world.round}"))
        assert "redan ångrat" in world.said("omar")
        assert [row["state"] for row in world.notes()] == ["shared"]


def test_together_the_words_keep_their_author_and_one_round_has_one_answer() -> None:
    with answering(TOGETHER) as world:
        world.answer("lena", "De vill läsa.")
        world.press("sara", "Ändra svaret")
        world.choose("sara", **{"Vad i undervisningen fungerade": "Halvklass."})
        world.submit("sara", {})
        assert {(row["text"], row["author_id"]) for row in world.notes()} == {
            ("De vill läsa.", "lena"),
            ("Halvklass.", "sara"),
        }
        assert len(world.table("conversation")) == 1
        world.press("omar", "Ja, vi är överens")
        assert world.table("conversation")[0]["state"] == "done"
        world.press("lena", "Ändra svaret")
        world.choose("lena", **{"Vad säger eleverna": "De vill läsa mer."})
        assert world.table("conversation")[0]["state"] == "open"


def test_what_all_agreed_on_is_not_opened_by_a_page_that_came_before() -> None:
    with answering(TOGETHER) as world:
        world.press("lena", "Svara")
        form = world.forms["lena"]
        filled = {"Hur väl nådde": "mycket_val", "Vad säger eleverna": "De vill läsa."}
        values: dict[str, tuple[str, ...]] = {world.key(form, one): (told,) for one, told in filled.items()}
        world.forge("lena", form.token, values)
        world.press("omar", "Ja, vi är överens")
        kept = {name: world.table(name) for name in ("conversation", "note", "outbox", "participation")}
        assert kept["conversation"][0]["state"] == "done"
        world.forge("lena", form.token, values)
        assert {name: world.table(name) for name in kept} == kept
        assert "De vill läsa." in world.said("lena")


def test_there_is_nothing_to_agree_on_before_an_answer() -> None:
    with answering(TOGETHER) as world:
        world.forge("lena", Token(verb="agree", subject=world.round))
        assert "inget svar att enas om" in world.said("lena")


def test_the_choice_buttons_tell_what_was_done_and_never_take_an_answer_away() -> None:
    with answering() as world:
        world.press("lena", "Inget nytt")
        world.answer("lena", "Jo, en sak.")
        world.press("lena", "Hoppa över")
        assert "redan sparat" in world.said("lena")
        assert [row["how"] for row in world.table("participation")] == ["answered"]
        world.wind(world.clock.now() + timedelta(days=7))
        world.forge("omar", Token(verb="skip_round", subject=world.round))
        assert "stängd" in world.said("omar")


def test_the_same_gesture_twice_is_one_answer() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Hur väl nådde": "Mycket väl", "Vad säger eleverna": "Ja."})
        token = Token(verb="answer_form", subject=world.round, argument="nadde-0~fungerar-0~rost-0")
        world.forge("lena", token, {"nadde": ("mycket_val",), "rost": ("Ja.",)})
        assert len(world.notes()) == 1
        assert len(world.table("note_version")) == 1


def test_the_channel_never_sees_who_or_what() -> None:
    with answering() as world:
        world.answer("lena", "Hemligt nog.")
        said = "\n".join(heard.text for heard in world.heard if heard.room == ROOM and not heard.only_to)
        assert "Hemligt nog." not in said
        assert "Lena" not in said


def test_a_form_ends_the_dialogue_that_was_going_on() -> None:
    with answering() as world:
        world.wind(world.clock.now().replace(day=25))
        world.press("lena", "Svara")
        assert "Hur väl nådde" in world.said("lena")
        world.forge("lena", Token(verb="answer", subject=world.round))
        world.choose("lena", **{"Hur väl nådde": "Mycket väl", "Vad säger eleverna": "Mer bild."})
        assert "Du svarade i formuläret i stället." in world.said("lena")
        assert len(world.table("conversation")) == 1
        world.write("lena", "Är det någon där.")
        assert "ingen öppen fråga" in world.said("lena")


def test_a_dialogue_is_taken_up_where_it_was_left() -> None:
    with answering() as world:
        world.wind(world.clock.now().replace(day=25))
        world.press("lena", "Svara")
        world.press("lena", "Mycket väl")
        world.press("lena", "Svara")
        assert "Vad i undervisningen fungerade" in world.said("lena")
        assert len(world.table("conversation")) == 1


def test_an_empty_form_is_not_an_answer() -> None:
    with answering() as world:
        token = Token(verb="answer_form", subject=world.round, argument="fungerar-0~rost-0")
        world.forge("lena", token, {})
        assert "Alla rutor är tomma." in world.errors("lena")
        assert not world.table("conversation")

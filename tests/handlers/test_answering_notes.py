"""Notes from the chat: they follow their message, and can be raised and taken back."""

from datetime import timedelta

from bot.messages.tokens import Token
from tests.handlers.answer_stage import ROOM, Answering, answering


def _texts(world: Answering) -> list[tuple[str, str]]:
    return [(row["state"], row["text"]) for row in world.notes()]


def test_a_message_changed_or_removed_takes_its_note_along() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", "Två.")
        assert "Anteckningen är ändrad på samma sätt." in world.said("lena")
        assert _texts(world) == [("shared", "Två.")]
        world.rewrite("lena", "m1", None)
        assert "Anteckningen är också borttagen." in world.said("lena")
        world.rewrite("lena", "m1", None)
        assert not world.said("lena")
        assert [row["text"] for row in world.table("note_version")] == ["Ett.", "Två.", "Två."]


def test_an_edit_that_comes_before_its_original_wins() -> None:
    with answering() as world:
        now = world.clock.now()
        world.rewrite("lena", "m1", "Ny text.", at=now + timedelta(seconds=9))
        world.reply("lena", "Gammal text.", reference="m1", at=now)
        assert _texts(world) == [("shared", "Ny text.")]
        world.rewrite("lena", "m1", "Äldre ändring.", at=now + timedelta(seconds=5))
        assert _texts(world) == [("shared", "Ny text.")]


def test_a_removal_that_comes_before_its_original_wins() -> None:
    with answering() as world:
        world.rewrite("lena", "m1", None)
        world.reply("lena", "Borttaget.", reference="m1")
        assert "Borttaget." not in world.everything()
        assert [row["state"] for row in world.notes()] == ["removed"]


def test_a_message_that_is_brought_back_brings_its_note_back() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.press("lena", "Ändra")
        world.submit("lena", {"text": ("Ett och ett halvt.",)})
        world.rewrite("lena", "m1", None)
        world.rewrite("lena", "m1", "Ett.", back=True)
        assert "Meddelandet är tillbaka. Anteckningen finns också igen." in world.said("lena")
        assert _texts(world) == [("shared", "Ett och ett halvt.")], "as it stood when it was removed"
        world.press("lena", "Ångra")
        assert _texts(world) == [("removed", "Ett och ett halvt.")]
        assert "[Återställ]" in world.said("lena")


def test_who_brings_a_message_back_has_the_rights_of_the_button() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.rewrite("lena", "m1", None)
        world.rewrite("omar", "m1", "Ett.", back=True)
        assert (_texts(world), world.said("omar")) == ([("removed", "Ett.")], "")
        world.rewrite("lena", "m1", "Ett.", at=world.clock.now() + timedelta(days=31), back=True)
        assert "Papperskorgen sparar i 30 dagar" in world.said("lena")
        assert _texts(world) == [("removed", "Ett.")]


def test_a_message_brought_back_before_its_removal_is_heard_of_stays() -> None:
    with answering() as world:
        now = world.clock.now()
        world.reply("lena", "Ett.", reference="m1", at=now)
        world.rewrite("lena", "m1", "Ett.", at=now + timedelta(seconds=9), back=True)
        world.rewrite("lena", "m1", None, at=now + timedelta(seconds=5))
        assert not world.said("lena")
        assert _texts(world) == [("shared", "Ett.")]


def test_a_message_brought_back_that_was_never_read_becomes_a_note() -> None:
    with answering() as world:
        world.rewrite("lena", "m1", None)
        world.rewrite("lena", "m1", "Ring 0701740605.", back=True)
        assert "Meddelandet är tillbaka." in world.said("lena")
        assert [row["state"] for row in world.notes()] == ["shared"]
        assert "0701740605" not in world.everything()


def test_what_is_not_ours_is_left_alone() -> None:
    with answering() as world:
        world.reply("omar", "Ord.", reference="m1")
        world.rewrite("lena", "m1", "Någon annans ord.")
        assert ("shared", "Ord.") in _texts(world)
        world.write("sara", "Ses vi klockan tre?", room=ROOM)
        world.write("sara", "Ja.", room=ROOM, thread="okänd")
        assert not world.said("sara")
        world.rewrite("vide", "m9", "Ord.")
        assert not world.said("vide")
        assert "Ses vi" not in world.everything()


def test_only_an_unknown_person_sees_that_nothing_was_kept() -> None:
    with answering() as world:
        world.reply("okänd", "Hej.")
        assert {heard.only_to for heard in world.fresh} == {"okänd"}
        assert not world.notes()


def test_two_edits_of_one_note_show_both_texts() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.press("lena", "Ändra")
        world.rewrite("lena", "m1", "Två.")
        world.choose("lena", **{"Vad vill du skriva": "Tre."})
        said = world.form_text("lena")
        assert "Du ändrade nyss anteckningen på ett annat ställe." in said
        assert "Två." in said
        assert "Tre." in said
        world.submit("lena", {})
        assert _texts(world) == [("shared", "Tre.")]


def test_an_empty_or_too_long_note_is_refused_beside_the_field() -> None:
    with answering() as world:
        world.reply("lena", "Ett.")
        world.press("lena", "Ändra")
        world.submit("lena", {"text": ("",)})
        assert "Rutan är tom." in world.errors("lena")
        world.submit("lena", {"text": ("å" * 10_001,)})
        assert "Texten är för lång." in world.errors("lena")
        assert "å" * 10_001 in world.form_text("lena")
        world.reply("lena", "å" * 10_001)
        assert "Dela upp den" in world.said("lena")
        assert _texts(world) == [("shared", "Ett.")]


def test_what_is_raised_is_what_was_shown() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.press("lena", "Lyft till rektor")
        assert "”Ett.”" in world.said("lena")
        world.rewrite("lena", "m1", "Två.")
        world.press("lena", "Ja, lyft till rektor")
        assert "Texten har ändrats sedan du såg den." in world.said("lena")
        assert not world.said("rut")
        world.press("lena", "Ja, lyft till rektor")
        assert "”Två.” – Arbetslag 4–6" in world.said("rut")
        assert "Lena" not in world.said("rut")
        world.press("lena", "Ja, lyft till rektor")
        assert "redan lyft" in world.said("lena")


def test_of_a_whole_answer_one_part_is_raised() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.choose("lena", **{"Hur väl nådde": "Delvis", "Vad i undervisningen fungerade": "Högläsning."})
        world.choose("lena", **{"Vad i undervisningen vill": "Mer samtal."})
        world.press("lena", "Lyft till rektor")
        world.choose("lena", **{"Vilket svar": "Mer samtal."})
        world.press("lena", "Ja, lyft till rektor")
        assert "Mer samtal." in world.said("rut")
        assert "Högläsning." not in world.said("rut")


def test_only_the_rektor_reads_and_only_the_arbetslag_raises() -> None:
    with answering() as world:
        world.reply("lena", "Ett.")
        note = world.notes()[0]["id"]
        for who in ("vide", "pia", "rut"):
            world.forge(who, Token(verb="raise_note", subject=note))
            assert "Det här kan inte du göra i din roll." in world.said(who)
        world.forge("omar", Token(verb="raise_note", subject=note))
        world.press("omar", "Ja, lyft till rektor")
        for who in ("vide", "pia", "lena"):
            world.forge(who, Token(verb="read_raised", subject=note))
            assert "Det här kan inte du göra i din roll." in world.said(who)
        world.press("rut", "Markera som läst")
        assert [row["action"] for row in world.table("audit")] == ["note_raised", "note_read"]
        assert world.notes()[0]["state"] == "raised_read"


def test_unread_words_are_taken_back_before_they_are_sent() -> None:
    with answering() as world:
        world.wind(world.clock.now().replace(hour=20))
        world.reply("lena", "Ett.")
        world.press("lena", "Lyft till rektor")
        world.press("lena", "Ja, lyft till rektor")
        world.press("lena", "Ta tillbaka")
        world.wind(world.clock.now() + timedelta(days=1))
        assert not [heard for heard in world.heard if heard.room == "@rut"]


def test_what_is_undone_or_removed_is_taken_back_from_the_rektor_too() -> None:
    with answering() as world:
        world.reply("lena", "Ett.", reference="m1")
        world.press("lena", "Lyft till rektor")
        world.press("lena", "Ja, lyft till rektor")
        world.rewrite("lena", "m1", None)
        assert "tog tillbaka frågan" in world.said("rut")
        assert "Ett." not in "".join(heard.text for heard in world.heard if heard.room == "@rut")


def test_direct_words_are_shared_only_when_wanted() -> None:
    with answering() as world:
        world.write("lena", "Utomhuspasset fungerade.")
        assert _texts(world) == [("removed", "Utomhuspasset fungerade.")]
        note = world.notes()[0]["id"]
        world.forge("omar", Token(verb="keep_words", subject=note))
        assert "Jag hittar inte anteckningen." in world.said("omar")
        world.press("lena", "Spara som anteckning")
        assert _texts(world) == [("shared", "Utomhuspasset fungerade.")]

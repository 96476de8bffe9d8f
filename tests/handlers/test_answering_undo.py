"""Taking back: ten minutes for the act, thirty days for the words."""

from datetime import timedelta

from bot.messages.tokens import Token
from tests.handlers.answer_stage import TOGETHER, Answering, answering


def test_undo_is_over_after_ten_minutes_and_the_bin_after_thirty_days() -> None:
    with answering() as world:
        world.answer("lena", "Ord.")
        world.wind(world.clock.now() + timedelta(minutes=10))
        world.press("lena", "Ångra")
        assert "Ångrat." in world.said("lena")
        assert world.notes()[0]["state"] == "removed"
        world.wind(world.clock.now() + timedelta(days=31))
        world.press("lena", "Återställ")
        assert "Papperskorgen sparar i 30 dagar" in world.said("lena")
        assert world.notes()[0]["state"] == "removed"


def test_a_change_is_undone_once() -> None:
    with answering() as world:
        world.answer("lena", "Ett.")
        world.wind(world.clock.now() + timedelta(minutes=1))
        world.press("lena", "Ändra")
        world.choose("lena", **{"Hur väl nådde": "Delvis", "Vad säger eleverna": "Två."})
        world.choose("lena", **{"Vad i undervisningen vill": "Mer samtal."})
        receipt, undo = world.find_button("lena", "Ångra")
        assert receipt.only_to == "lena"
        world.press("lena", "Ångra")
        assert {row["text"]: row["state"] for row in world.notes()} == {
            "Ett.": "shared",
            "Mer samtal.": "removed",
        }
        world.forge("lena", undo.token)
        assert "redan ångrat" in world.said("lena")


def test_what_one_wrote_for_all_is_taken_back_and_put_back_by_that_one() -> None:
    with answering(TOGETHER) as world:
        world.answer("lena", "De vill läsa.")
        world.press("lena", "Ångra")
        assert "tog tillbaka svaret" in "".join(heard.text for heard in world.fresh)
        world.press("omar", "Svara")
        assert "De vill läsa." not in world.form_text("omar")
        world.press("lena", "Återställ")
        assert [(row["state"], row["text"]) for row in world.notes()] == [("shared", "De vill läsa.")]
        world.press("sara", "Ändra svaret")
        world.choose("sara", **{"Vad i undervisningen fungerade": "Halvklass."})
        world.submit("sara", {})
        world.forge("lena", Token(verb="undo", subject=f"answer:{world.round}"))
        assert "Flera har skrivit i svaret." in world.said("lena")


def test_undoing_a_change_gives_back_the_marks_and_the_reason_too() -> None:
    with answering() as world:
        world.reply("lena", "Vi läste högt.")
        world.press("lena", "Ändra")
        kept = {"text": ("Vi läste Alva och trollet.",), "text~val": ("keep",), "text~skal": ("En titel.",)}
        world.submit("lena", {**kept, "sign": ("fungerar",), "group": ("årskurs 5",)})
        before = world.notes()[0]
        world.press("lena", "Ändra")
        world.submit("lena", {"text": ("Vi skrev.",), "sign": ("bekymrar",), "group": ("årskurs 6",)})
        world.press("lena", "Ångra")
        assert world.notes()[0] == {**before, "version": 4}


def test_undoing_a_changed_answer_gives_back_why_its_words_were_kept() -> None:
    with answering() as world:
        world.answer("lena", "Många vill läsa Alva och trollet.")
        world.submit("lena", {"rost~val": ("keep",), "rost~skal": ("En boktitel.",)})
        world.wind(world.clock.now() + timedelta(minutes=1))
        world.press("lena", "Ändra")
        world.choose("lena", **{"Vad säger eleverna": "De vill skriva."})
        world.press("lena", "Ångra")
        assert world.notes()[0]["text"] == "Många vill läsa Alva och trollet."
        assert world.notes()[0]["kept_reason"] == "En boktitel."


WORDS = ("Bläckfisken", "Delfinen", "Valrossen", "Sälungen", "Isbjörnen")


def test_the_bin_is_emptied_after_thirty_days_and_only_the_count_stays() -> None:
    taken_back, changed, kept, direct, thread = WORDS
    with answering() as world:
        world.answer("lena", taken_back)
        world.press("lena", "Ångra")
        world.answer("omar", kept, how_well="Delvis")
        world.choose("omar", **{"Vad i undervisningen vill": changed})
        world.wind(world.clock.now() + timedelta(minutes=1))
        world.press("omar", "Ändra")
        world.choose("omar", **{"Vad i undervisningen vill": ""})
        world.write("sara", direct)
        world.reply("sara", thread, reference="m1")
        world.rewrite("sara", "m1", None)
        world.wind(world.clock.now() + timedelta(days=29))
        assert all(word in _remembered(world) for word in WORDS)
        world.wind(world.clock.now() + timedelta(days=3))
        remembered = _remembered(world)
        assert [word for word in WORDS if word in remembered] == [kept]
        assert [row["text"] for row in world.notes()].count("") == 4
        emptied = [row for row in world.table("audit") if row["action"].startswith("bin_emptied:")]
        assert [(row["action"], row["by"], row["subject"]) for row in emptied] == [
            ("bin_emptied:4", "", "bin")
        ]
        world.forge("omar", Token(verb="answer", subject=world.round))
        assert kept in world.form_text("omar")


def test_what_one_wrote_for_all_leaves_the_bin_too() -> None:
    with answering(TOGETHER) as world:
        world.answer("lena", "Bläckfisken")
        world.press("lena", "Ångra")
        world.wind(world.clock.now() + timedelta(days=31))
        assert "Bläckfisken" not in _remembered(world)
        for who in ("lena", "omar"):
            world.forge(who, Token(verb="restore", subject=f"answer:{world.round}"))
            assert "Papperskorgen sparar i 30 dagar" in world.said(who)
        assert not world.table("participation")


def _remembered(world: Answering) -> str:
    return "".join(str(world.table(name)) for name in ("note", "note_version", "answer", "conversation"))


def test_a_draft_begun_after_taking_back_outlives_the_bin() -> None:
    with answering() as world:
        world.answer("lena", "Bläckfisken.")
        world.press("lena", "Ångra")
        world.wind(world.clock.now() + timedelta(days=20))
        again = Token(verb="answer", subject=world.round)
        world.forge("lena", again)
        world.submit("lena", {"nadde": ("delvis",), "rost": ("Delfinen.",)})
        world.wind(world.clock.now() + timedelta(days=12))
        assert "Bläckfisken." not in _remembered(world)
        world.forge("lena", again)
        assert "Delfinen." in world.form_text("lena")


def test_only_the_last_change_is_undone() -> None:
    with answering() as world:
        for rost, fungerar in (("Ett.", ""), ("Två.", ""), ("Två.", "Tre.")):
            world.forge("lena", Token(verb="answer", subject=world.round))
            world.submit("lena", {"nadde": ("mycket_val",), "rost": (rost,), "fungerar": (fungerar,)})
            if "lena" in world.forms:
                world.submit("lena", {})
            world.sleep(world.clock.now() + timedelta(minutes=1))
        world.press("lena", "Ångra")
        assert [row["text"] for row in world.notes() if row["state"] == "shared"] == ["Två."]


def test_undoing_ones_own_change_leaves_what_a_colleague_wrote_between() -> None:
    with answering(TOGETHER) as world:
        for who, rost in (("lena", "Ett."), ("omar", "Två."), ("lena", "Tre.")):
            world.forge(who, Token(verb="answer", subject=world.round))
            world.submit(who, {"nadde": ("mycket_val",), "rost": (rost,)})
            world.sleep(world.clock.now() + timedelta(minutes=1))
        world.press("lena", "Ångra")
        assert [row["text"] for row in world.notes()] == ["Två."]

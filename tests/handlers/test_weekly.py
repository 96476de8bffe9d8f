from datetime import timedelta

import pytest

from bot.domain.value import PersonId
from bot.messages.model import Message
from bot.messages.phrasing.weekly import phrase_summary
from bot.rehearsal import example
from handlers.reports.weekly import digest_of
from storage.asked.plans import claim_occurrence
from storage.people import founding
from storage.said.notes import change_note, load_note, remove_note
from storage.said.weekly import sent_summaries
from storage.tables import outbox, reply, summary
from tests.handlers.report_stage import DUE, FRIDAY, HEALTH, Stage, form_of, words
from tests.play import prompts

SUMMARY = "summary:bjorkskolan:202648:rut"
BACK = "back:bjorkskolan:202648:arbetslag-4-6"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_once_a_week_whatever_happens(stage: Stage) -> None:
    stage.note("Läsgrupperna kom igång.")
    for minutes in (0, 0, 30):
        stage.due(DUE + timedelta(minutes=minutes))
    assert set(stage.promised("summary:")) == {SUMMARY}
    assert set(stage.promised("back:")) == {BACK}
    with stage.store.begin() as unit:
        assert len(unit.rows(summary.select())) == 1
        rows = unit.rows(outbox.select())
    assert {(row["message_class"], row["hours_of"]) for row in rows} == {("critical", "bjorkskolan")}


def test_made_again_from_what_was_kept_it_is_the_same(stage: Stage) -> None:
    stage.note("Läsgrupperna kom igång.")
    stage.note("Vi saknar grupprum.", raised=True)
    stage.due()
    with stage.store.begin() as unit:
        (row,) = unit.rows(summary.select())
        (sent,) = sent_summaries(unit, example.SCHOOL)
        (said,) = unit.rows(outbox.select().where(outbox.c.key == SUMMARY))
    assert digest_of(phrase_summary(sent.summary, prompts().texts)) == row["digest"]
    assert digest_of(Message.model_validate_json(said["message"])) == row["digest"]


def test_a_school_that_does_not_use_the_bot_hears_nothing(stage: Stage) -> None:
    stage.due()
    assert stage.promised("") == {}
    stage.plan()
    stage.due()
    assert "Inga nya svar har kommit den här veckan." in stage.promised("summary:")[SUMMARY]
    assert stage.promised("back:") == {}


def test_each_note_is_in_one_summary(stage: Stage) -> None:
    stage.note("Första veckan.")
    stage.due()
    stage.at += timedelta(weeks=1)
    stage.note("Andra veckan.")
    assert "Första" not in words(stage.command("rut", "/veckan"))
    assert "Andra veckan." in words(stage.command("rut", "/veckan"))


def test_a_note_saved_while_the_summary_was_made_comes_in_the_next(stage: Stage) -> None:
    stage.note("I tid.")
    stage.due()
    stage.at = DUE + timedelta(days=3)
    stage.note("Sent ute.", ago=timedelta(days=3, seconds=1))
    said = words(stage.command("rut", "/veckan"))
    assert "Sent ute." in said
    assert "I tid." not in said


def test_a_changed_note_is_marked_and_a_removed_one_is_gone(stage: Stage) -> None:
    kept, gone = stage.note("Två grupper kom igång."), stage.note("Helt fel rad.")
    stage.due()
    assert "Helt fel rad." in words(stage.press("rut", "last_week"))
    with stage.store.begin() as unit:
        change_note(unit, kept, PersonId("lena"), DUE, text="Tre grupper kom igång.")
        remove_note(unit, gone, PersonId("lena"), DUE)
    stage.at = DUE + timedelta(days=2)
    said = words(stage.command("rut", "/veckan"))
    assert "Ett äldre svar är ändrat efter förra utskicket." in said
    assert "”Tre grupper kom igång.”" in said
    assert "Helt fel rad." not in words(stage.press("rut", "last_week"))


def test_elevhalsan_has_answered_and_no_more_is_said(stage: Stage) -> None:
    stage.add_elevhalsa()
    stage.round(HEALTH, "eli")
    stage.note("Hemligt ämne.", team=HEALTH)
    stage.note("Vi behöver en lokal.", team=HEALTH, raised=True)
    stage.due()
    said = stage.promised("summary:")[SUMMARY]
    assert "Arbetslaget har svarat. Innehållet stannar där" in said
    assert "Hemligt" not in said
    assert "”Vi behöver en lokal.” – Elevhälsan har lyft en fråga" in said
    assert not stage.promised("back:")
    own = words(stage.command("eli", "/veckan"))
    assert "Rektor ser bara att ni har svarat" in own


def test_without_a_rektor_the_processledare_is_told_and_nothing_is_used_up(stage: Stage) -> None:
    stage.note("Läsgrupperna kom igång.")
    with stage.store.begin() as unit:
        rut = unit.roster.persons[PersonId("rut")]
        founding.change_person(unit, rut.model_copy(update={"direct": None}))
    stage.due()
    (told,) = stage.promised("no_rektor:").values()
    assert "kunde inte skickas" in told
    assert "Läsgrupperna" not in told
    with stage.store.begin() as unit:
        assert unit.rows(summary.select()) == []


def test_no_name_of_a_person_goes_up(stage: Stage) -> None:
    for n in range(6):
        stage.note(f"Halvklass gav mer samtal {n}.", sign="fungerar")
    stage.due()
    assert "Lena" not in stage.promised("summary:")[SUMMARY]


def test_a_reply_ends_the_waiting_and_cannot_be_forged(stage: Stage) -> None:
    note = stage.note("Vi saknar grupprum.", raised=True)
    for who in ("lena", "pia"):
        assert words(stage.press(who, "reply_arbetslag")).startswith("Det här kan inte du göra")
        for about in (f"note:{note.id}", "team:arbetslag-4-6", ""):
            refused = words(stage.submit(who, "reply_form", about=about, text="Ja."))
            assert refused.startswith("Det här kan inte du göra")
    assert stage.promised("reply:") == {}
    form = form_of(stage.press("rut", "reply_arbetslag", note.id))
    assert form.fields[0].value == (f"note:{note.id}",)
    said = words(stage.submit("rut", form.token, about=f"note:{note.id}", text="Ni får biblioteket."))
    assert said == "Sparat. Svaret är på väg till Arbetslag 4–6."
    (sent,) = stage.promised("reply:").values()
    assert sent.startswith("terminal:#arbetslag-4-6\nRektor svarar Arbetslag 4–6")
    assert "Ingen lyft fråga väntar på dig." in words(stage.command("rut", "/veckan"))
    again = form_of(stage.press("rut", "reply_arbetslag", note.id))
    assert again.fields[0].value == (f"note:{note.id}",)
    with stage.store.begin() as unit:
        (row,) = unit.rows(reply.select())
        read = load_note(unit, note.id)
    assert (row["note_id"], row["by"]) == (note.id, "rut")
    assert read is not None
    assert read.state == "raised_read"


@pytest.mark.parametrize(
    ("about", "text", "said"),
    [
        ("note:gone", "Ja.", "Arbetslaget har ändrat eller tagit bort det du svarar på."),
        ("team:no-such", "Ja.", "Arbetslaget har ändrat eller tagit bort det du svarar på."),
        ("", "Ja.", "Arbetslaget har ändrat eller tagit bort det du svarar på."),
        ("team:arbetslag-4-6", "   ", "Svaret är tomt."),
        ("team:arbetslag-4-6", "a" * 3001, "Svaret är för långt. Korta det till 3000 tecken."),
        ("team:arbetslag-4-6", "Ring 070-174 06 05.", "Det ser ut som ett telefonnummer."),
    ],
)
def test_a_wrong_reply_is_said_in_the_form_with_the_words_kept(
    stage: Stage, about: str, text: str, said: str
) -> None:
    form = form_of(stage.submit("rut", "reply_form", about=about, text=text))
    assert any(error.startswith(said) for error in form.errors.values())
    assert form.fields[1].value == text
    assert stage.promised("reply:") == {}


def test_the_time_is_the_rektors_to_choose(stage: Stage) -> None:
    assert words(stage.press("pia", "summary_time")).startswith("Det här kan inte du göra")
    form = form_of(stage.press("rut", "summary_time"))
    saved = words(stage.submit("rut", form.token, phrase="onsdag 9.00"))
    assert saved.endswith("Nästa sammanfattning kommer onsdag 2 december kl. 09.00.")
    stale = form_of(stage.submit("rut", form.token, phrase="torsdag 9.00"))
    assert stale.errors["phrase"].startswith("Någon annan har ändrat tiden till varje onsdag kl. 09.00.")
    for phrase in ("varannan onsdag 9.00", "onsdagar 9.00 utom v. 50"):
        fresh = form_of(stage.press("rut", "summary_time"))
        refused = form_of(stage.submit("rut", fresh.token, phrase=phrase))
        assert refused.errors["phrase"].startswith("Sammanfattningen kommer en gång i veckan.")


def test_who_has_several_arbetslag_chooses_and_sees_no_other(stage: Stage) -> None:
    stage.add_person("kim", example.TEAM_46, example.TEAM_79)
    stage.note("Bara för 7–9.", team=example.TEAM_79)
    assert "[Visa Arbetslag 4–6] [Visa Arbetslag 7–9]" in words(stage.command("kim", "/veckan"))
    assert "Bara för 7–9." in words(stage.press("kim", "show_week", example.TEAM_79))
    for subject in (example.FRITIDS, "", "no-such"):
        assert words(stage.press("kim", "show_week", subject)).startswith("Det här kan inte du göra")
    assert words(stage.press("kim", "last_week")).startswith("Det här kan inte du göra")


def test_a_rektor_sees_the_summary_in_any_channel_and_before_any_was_sent(stage: Stage) -> None:
    stage.note("Läsgrupperna kom igång.")
    for room in ("", "#arbetslag-4-6", "#personalrummet"):
        assert words(stage.command("rut", "/veckan", room=room)).startswith("Veckan på Björkskolan, v. 48")
    assert words(stage.press("rut", "last_week")).startswith("Ingen sammanfattning är skickad än.")


def test_what_was_never_asked_is_said(stage: Stage) -> None:
    stage.plan()
    with stage.store.begin() as unit:
        for day, reason in ((24, "för sent"), (25, "late"), (26, "lov: Höstlov")):
            planned = FRIDAY.replace(day=day)
            claim_occurrence(unit, f"plan-{example.TEAM_46}", planned, DUE, "skipped", reason)
    stage.due()
    said = stage.promised("summary:")[SUMMARY]
    for day_said in ("tisdag 24", "onsdag 25"):
        assert f"Frågan till Arbetslag 4–6 {day_said} november ställdes inte. Jag var ur funktion" in said
    assert "torsdag 26" not in said

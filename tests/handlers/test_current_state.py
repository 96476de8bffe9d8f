import unicodedata
from datetime import timedelta
from typing import Literal

import pytest

from bot.domain.notes import NoteState
from bot.messages.model import Choices, Message, Say
from bot.messages.tokens import Verb
from bot.rehearsal import example
from storage.tables import audit
from tests.each import each
from tests.handlers.report_stage import HEALTH, Stage, form_of, words


@pytest.fixture
def stage() -> Stage:
    return Stage()


def buttons(message: Message) -> list[str]:
    return [b.label for block in message.blocks if isinstance(block, Choices) for b in block.buttons]


@pytest.mark.parametrize("spelling", ["/nuläge", "/NULÄGE", "nulage", "/Nulage", "nuläge "])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("room", ["", "#arbetslag-4-6", "#personalrummet"])
def test_is_found_however_spelled_and_wherever(
    stage: Stage, spelling: str, form: Literal["NFC", "NFD"], room: str
) -> None:
    command = unicodedata.normalize(form, spelling)
    assert words(stage.command("lena", command, room=room)).startswith("Nuläge för Arbetslag 4–6")


@each("state", ("removed", "shared"))
def test_who_writes_unasked_is_not_said_to_owe_an_answer(state: NoteState) -> None:
    stage = Stage()
    stage.note("Vi läste tillsammans.", state=state)
    said = words(stage.command("lena", "/nuläge"))
    assert "Svar väntas" not in said
    assert "har svarat på senaste frågan" not in said


def test_what_was_thrown_away_does_not_break_a_silence(stage: Stage) -> None:
    stage.round(example.TEAM_46, ago=timedelta(weeks=4))
    stage.note("Ett misstag.", state="removed")
    assert "Inget nytt på minst 3 veckor" in words(stage.command("lena", "/nuläge"))


def test_others_arbetslag_is_not_shown_in_their_channel(stage: Stage) -> None:
    stage.note("Bara för 7–9.", team=example.TEAM_79)
    said = words(stage.command("lena", "/nuläge", room="#arbetslag-7-9"))
    assert said.startswith("Nuläge för Arbetslag 4–6")
    assert "Bara för 7–9." not in said


def test_who_has_several_arbetslag_chooses(stage: Stage) -> None:
    stage.add_person("kim", example.TEAM_46, example.TEAM_79)
    asked = stage.command("kim", "/nuläge")
    assert isinstance(asked, Say)
    assert buttons(asked.message) == ["Visa Arbetslag 4–6", "Visa Arbetslag 7–9"]
    assert words(stage.press("kim", "show_state", example.TEAM_79)).startswith("Nuläge för Arbetslag 7–9")
    assert words(stage.command("kim", "/nuläge", room="#arbetslag-7-9")).startswith(
        "Nuläge för Arbetslag 7–9"
    )


def test_who_has_no_arbetslag_hears_what_to_do(stage: Stage) -> None:
    stage.add_person("vik")
    assert words(stage.command("vik", "/nuläge")).startswith("Du hör inte till något arbetslag här.")


@pytest.mark.parametrize("verb", ["share", "show_state"])
@pytest.mark.parametrize("subject", [example.TEAM_79, "no-such", "", "x' OR 1=1"])
def test_a_forged_button_changes_nothing(stage: Stage, verb: Verb, subject: str) -> None:
    stage.note("Bara för 7–9.", team=example.TEAM_79)
    said = words(stage.press("lena", verb, subject, room="#arbetslag-7-9"))
    mine = verb == "show_state" and not subject  # it asks for what /nuläge shows her
    assert said.startswith("Nuläge för Arbetslag 4–6" if mine else "Det här kan inte du göra i din roll.")
    assert "Bara för 7–9." not in said
    assert stage.promised("share:") == {}


def test_a_forged_form_shares_nothing(stage: Stage) -> None:
    for values in (
        {"channel": example.TEAM_79},
        {"channel": example.TEAM_46, "what": "school"},
        {"channel": "no-such"},
        {},
    ):
        said = words(stage.submit("lena", "share_form", **values))
        assert said.startswith("Det här kan inte du göra i din roll.")
    assert words(stage.submit("pia", "share_form", channel=example.TEAM_46)).startswith("Det här kan inte du")
    assert stage.promised("share:") == {}


def test_a_rektor_shares_only_an_arbetslags_own_words_with_it(stage: Stage) -> None:
    stage.note("Bara för 7–9.", team=example.TEAM_79)
    stage.note("Bara för 4–6.")
    form_of(stage.press("rut", "share", "", room="#arbetslag-4-6"))
    stage.submit("rut", "share_form", channel=example.TEAM_46, what="own")
    stage.submit("rut", "share_form", channel=example.TEAM_46, what="school")
    own, school = stage.promised("share:").values()
    assert "Bara för 4–6." in own
    assert "Bara för" not in school
    assert "Bara för 7–9." not in own


def test_from_a_direct_chat_the_channel_is_asked_for(stage: Stage) -> None:
    assert "I vilken kanal?" in words(stage.press("lena", "share", example.TEAM_46))
    assert stage.promised("share:") == {}


def test_a_rektors_reading_is_noted_and_a_members_is_not(stage: Stage) -> None:
    stage.command("lena", "/nuläge")
    stage.command("pia", "/nuläge")
    with stage.store.begin() as unit:
        assert unit.rows(audit.select()) == []
    stage.command("rut", "/nuläge")
    with stage.store.begin() as unit:
        rows = unit.rows(audit.select())
    assert {(row["by"], row["subject"]) for row in rows} == {
        ("rut", f"arbetslag:{team}") for team in (example.TEAM_46, example.TEAM_79, example.FRITIDS)
    }
    assert "Rektor läste senast torsdag 26 november kl. 15.00." in words(stage.command("lena", "/veckan"))


def test_a_small_arbetslag_is_not_broken_down_for_who_asks_for_the_whole_school(stage: Stage) -> None:
    for n in range(5):
        stage.add_person(f"p{n}", example.TEAM_79)
        stage.note("Vi läser mer.", team=example.TEAM_79, who=f"p{n}", sign="fungerar")
    stage.note("Läsningen oroar.", aspect="resultat", sign="bekymrar")
    said = words(stage.command("rut", "/nuläge")).splitlines()
    assert "”Vi läser mer.” – Arbetslag 7–9, undervisning och arbetssätt, fungerar" in said
    assert "”Läsningen oroar.” – Arbetslag 4–6" in said
    assert not any(line.startswith("Resultat: ") for line in said)
    assert "Har färre än fem svarat delas svaren inte upp." in said
    own = words(stage.command("lena", "/nuläge")).splitlines()
    assert any("resultat, " in line for line in own)


def test_elevhalsans_words_stay_with_elevhalsan(stage: Stage) -> None:
    stage.add_elevhalsa()
    stage.note("Hemligt ämne.", team=HEALTH, sign="bekymrar")
    assert "Hemligt ämne." in words(stage.command("eli", "/nuläge"))
    for room in ("", "#elevhalsan"):
        assert "Hemligt ämne." not in words(stage.command("rut", "/nuläge", room=room))
    assert "Hemligt" not in words(stage.command("rut", "/sök", "hemligt"))
    assert "Hemligt ämne." in words(stage.command("eli", "/sök", "hemligt"))
    assert "Rektor läste" not in words(stage.command("eli", "/veckan"))


def test_removed_notes_are_gone_and_old_ones_are_not_counted(stage: Stage) -> None:
    for n in range(6):
        stage.note(f"Nytt {n}.", sign="fungerar")
    stage.note("Gammalt.", sign="bekymrar", ago=timedelta(weeks=20))
    assert "6 fungerar, 0 bekymrar" in words(stage.command("lena", "/nuläge"))


def test_silence_and_waiting_are_gaps(stage: Stage) -> None:
    stage.round(example.TEAM_46, ago=timedelta(weeks=4))
    stage.round(example.TEAM_79, "vide")
    stage.note("Vi saknar grupprum.", team=example.TEAM_79, raised=True)
    said = words(stage.command("rut", "/nuläge"))
    assert "Inget nytt på minst 3 veckor från Arbetslag 4–6." in said
    assert "En lyft fråga väntar på rektors svar." in said
    assert "1 av 2 arbetslag har svarat på senaste frågan." in said
    assert "Ingen tid för frågor finns än för Arbetslag 4–6, Arbetslag 7–9 och Fritids Eken." in said

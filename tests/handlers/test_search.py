from datetime import timedelta

import pytest

from bot.messages.model import Quote, Say
from bot.rehearsal import example
from handlers.reports.search import MOST
from storage.people.founding import change_arbetslag
from storage.said.notes import add_note
from tests.handlers.report_stage import Stage, form_of, words


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_at_most_ten_newest_first_word_for_word(stage: Stage) -> None:
    texts = [f"Läslyftet märks i klass {n}. Annat hände också." for n in range(14)]
    for text in texts:
        stage.note(text)
    answer = stage.command("lena", "/sök", "läslyft")
    assert isinstance(answer, Say)
    quotes = [block.text for block in answer.message.blocks if isinstance(block, Quote)]
    assert len(quotes) == 10
    assert all(any(quote in text for text in texts) for quote in quotes)
    assert "Här är de 10 nyaste av 14." in words(answer)


def test_reading_is_bounded_and_said(stage: Stage) -> None:
    stage.note("Läslyftet märks.", ago=timedelta(days=9))
    other = stage.note("Något annat.")
    with stage.store.begin() as unit:
        for n in range(MOST - 2):
            add_note(unit, other.model_copy(update={"id": f"other-{n}"}))
    for who in ("lena", "rut"):
        assert "Det finns äldre." not in words(stage.command(who, "/sök", "läslyft"))
    stage.note("En till.")
    for who in ("lena", "rut"):
        said = words(stage.command(who, "/sök", "läslyft"))
        assert "Ingen anteckning passar" in said
        assert "Jag har sökt i de 2\N{NO-BREAK SPACE}000 nyaste anteckningarna. Det finns äldre." in said


@pytest.mark.parametrize("query", ["", "   ", "?!", "…"])
def test_no_words_open_the_form(stage: Stage, query: str) -> None:
    assert form_of(stage.command("lena", "/sök", query)).fields[0].label == "Vad vill du hitta?"


def test_only_ones_own_level(stage: Stage) -> None:
    stage.note("Läslyftet i 7–9.", team=example.TEAM_79)
    assert "Ingen anteckning passar" in words(stage.command("lena", "/sök", "läslyft"))
    assert "Läslyftet i 7–9." in words(stage.command("rut", "/sok", "laslyftet"))
    assert "Läslyftet i 7–9." in words(stage.submit("vide", "search_form", words="läslyfet"))
    assert "du hör inte till något" in words(stage.submit("pia", "search_form", words="läslyft"))


def test_a_too_long_search_is_kept_in_the_form(stage: Stage) -> None:
    form = form_of(stage.submit("lena", "search_form", words="läs " * 60))
    assert form.errors["words"].startswith("Det var för långt.")


def test_markup_in_a_search_is_plain_words(stage: Stage) -> None:
    assert "Du sökte på: <b>*läs*</b> {x}" in words(stage.command("lena", "/sök", "<b>*läs*</b> {x}"))


def test_the_rektor_of_a_school_with_only_elevhalsa_is_not_sent_to_themselves(stage: Stage) -> None:
    with stage.store.begin() as unit:
        for team in list(unit.roster.arbetslag.values()):
            change_arbetslag(unit, team.model_copy(update={"kind": "elevhalsa"}))
    for answer in (stage.command("rut", "/sök", "läslyft"), stage.submit("rut", "search_form", words="läs")):
        assert "Bara elevhälsan själv läser sina anteckningar." in words(answer)
        assert "Be rektor" not in words(answer)

"""The bot says the same in both languages: every sentence, with the same things filled in."""

import shutil
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from bot.domain.school import Person
from bot.domain.value import PersonId, SchoolId
from bot.messages.texts import Texts
from bot.messages.texts.base import placeholders
from prompts.book import load_texts
from prompts.loader import PromptsRefused
from tests.play import prompts
from tests.stories.translating import english, pairs

SV = prompts().texts
MOMENT = datetime(2026, 11, 26, 15, 15, tzinfo=UTC)


def test_every_sentence_is_there_in_both() -> None:
    assert len(pairs()) > 500
    assert [pair.name for pair in pairs() if not pair.sv.strip() or not pair.en.strip()] == []


def test_a_sentence_is_filled_with_the_same_things_in_both() -> None:
    """Only a plural's `one` may say the number in a word."""
    for pair in pairs():
        sv, en = placeholders(pair.sv), placeholders(pair.en)
        if pair.name.endswith(".one"):
            sv, en = sv - {"n"}, en - {"n"}
        assert sv == en, pair


@pytest.mark.parametrize("line", ["said", "cut"])
def test_a_sentence_that_english_lacks_is_refused_by_its_name(line: str, tmp_path: Path) -> None:
    with as_file(files("prompts")) as ours:
        shutil.copytree(ours / "en", tmp_path / "en")
    home = tmp_path / "en" / "texts" / "home.yaml"
    before = home.read_text(encoding="utf-8")
    gone = "set_away: Say that you are away\n"
    assert gone in before
    home.write_text(before if line == "said" else before.replace(gone, ""), encoding="utf-8")
    if line == "said":
        assert load_texts("en", tmp_path) == english()
        return
    with pytest.raises(PromptsRefused, match=r"prompts/en/texts/home\.yaml: set_away: saknas"):
        load_texts("en", tmp_path)


def test_who_has_not_chosen_reads_the_schools_language() -> None:
    lena = Person(id=PersonId("lena"), name="Lena", school=SchoolId("skola"))
    assert prompts().said_to(lena) is SV
    assert prompts().said_in("sv") is SV
    chosen = prompts().said_to(lena.model_copy(update={"language": "en"}))
    assert chosen.common.saved == "Saved."
    assert chosen is prompts().said_in("en")


@pytest.mark.parametrize(
    ("texts", "moment", "week", "listed"),
    [
        (SV, "torsdag 26 november kl. 15.15", "v. 48", "a, b eller c"),
        (english(), "Thursday 26 November at 15.15", "week 48", "a, b or c"),
    ],
)
def test_dates_and_lists(texts: Texts, moment: str, week: str, listed: str) -> None:
    dates = texts.dates
    assert dates.moment(MOMENT) == moment
    assert dates.week(MOMENT.date()) == week
    assert [dates.one_of("abc"[:n]) for n in (0, 1, 3)] == ["", "a", listed]
    assert dates.full_date(MOMENT.date()).endswith(" 2026")

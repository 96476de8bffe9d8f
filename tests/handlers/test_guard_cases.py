"""Words that may report a case are asked about, and a sure case is refused: the form keeps the words."""

import pytest

from bot.domain.privacy.verdict import CaseRefused, Passed, Stopped, decide
from bot.messages.model import ChoiceField, TextField
from tests.handlers.answer_stage import Answering, answering

MAYBE = "Vi anmälde det till rektor och bytte sal."
SURE = "En elev blev sparkad på rasten."
WHY = "Det gällde en trasig projektor."


def _written(world: Answering) -> set[str]:
    return {field.value for field in world.forms["lena"].fields if isinstance(field, TextField)}


def _options(world: Answering) -> set[str]:
    fields = [field for field in world.forms["lena"].fields if field.key == "rost~val"]
    return {option.value for field in fields if isinstance(field, ChoiceField) for option in field.options}


def test_a_guess_may_be_kept_with_a_reason() -> None:
    with answering() as world:
        world.answer("lena", MAYBE)
        assert "Är det inte så? Skriv om meningen, eller spara ändå med ett skäl." in world.errors("lena")
        assert MAYBE in _written(world)
        assert _options(world) == {"change", "keep"}
        assert not world.notes()
        world.submit("lena", {"rost~val": ("keep",)})
        assert "Skriv ett skäl" in world.errors("lena")
        world.submit("lena", {"rost~val": ("keep",), "rost~skal": (WHY,)})
        assert [(row["text"], row["kept_reason"]) for row in world.notes()] == [(MAYBE, WHY)]
        assert [row["action"] for row in world.table("audit")].count("pointed_to_routine:krankning") == 1


def test_a_sure_case_stays_refused_and_its_words_stay_in_the_form() -> None:
    with answering() as world:
        world.answer("lena", SURE)
        assert "Det anmäler du till rektor." in world.errors("lena")
        assert "Är det något annat? Skriv om meningen." in world.errors("lena")
        assert SURE in _written(world)
        assert not _options(world)
        token = world.forms["lena"].token
        kept: dict[str, tuple[str, ...]] = {"rost": (SURE,), "rost~val": ("keep",), "rost~skal": (WHY,)}
        world.forge("lena", token, {"nadde": ("mycket_val",), **kept})
        assert world.forms["lena"].errors
        assert not world.notes()


@pytest.mark.parametrize("text", [MAYBE, SURE])
def test_the_chat_says_how_to_go_on_and_stores_nothing(text: str) -> None:
    with answering() as world:
        world.reply("lena", text)
        assert "Är det något annat? Skriv om meningen och skicka igen." in world.said("lena")
        assert not world.notes()
        world.reply("lena", "Vi sa till rektor att salen var kall.")
        assert len(world.notes()) == 1


def test_the_verdicts_of_cases() -> None:
    assert decide(MAYBE) == Stopped((), may_keep=True, case="krankning")
    assert decide(MAYBE, "mask") == Stopped((), may_keep=True, case="krankning")
    assert decide(MAYBE, "keep") == Stopped((), may_keep=True, why="reason_missing", case="krankning")
    assert decide(MAYBE, "keep", WHY) == Passed(MAYBE, reason=WHY)
    assert decide(MAYBE, "keep", MAYBE) == Passed(MAYBE, reason=MAYBE)
    assert decide(MAYBE, "keep", SURE) == Stopped((), may_keep=True, why="reason_case", case="krankning")
    assert decide("Alva läser.", "keep", SURE) == Stopped(("namn",), may_keep=True, why="reason_case")
    assert decide(SURE, "keep", WHY) == CaseRefused("krankning")
    assert decide(f"{MAYBE} 20121230-2382", "keep", WHY) == Stopped(
        ("personnummer",), may_keep=False, case="krankning"
    )

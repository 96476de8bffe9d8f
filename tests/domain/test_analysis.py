from datetime import UTC, datetime

import pytest

from bot.domain.analysis.causes import Cause, causes_of, chosen_first, missing_for_analysis, rank, sentence
from bot.domain.analysis.strength import suggest_strength
from bot.domain.conversation.interpreter import Conversation
from bot.domain.questions.answers import Answer
from bot.domain.value import ArbetslagId, PersonId
from prompts.loader import load_packs

PACK = load_packs()["orsaksanalys"]
AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
ONE, TWO = ("statistik",), ("statistik", "observation")
STAFF, BOTH = ("personal",), ("personal", "barn_elever")


@pytest.mark.parametrize(
    ("kinds", "perspectives", "countered", "strength"),
    [
        ((), (), False, "inget_annu"),
        ((), BOTH, True, "inget_annu"),
        (ONE, (), False, "svagt"),
        (ONE, STAFF, True, "svagt"),
        (ONE, BOTH, False, "visst"),
        (ONE, BOTH, True, "visst"),
        (TWO, (), False, "visst"),
        (TWO, STAFF, True, "visst"),
        (TWO, BOTH, False, "visst"),
        (TWO, BOTH, True, "starkt"),
        (("statistik", "statistik"), STAFF, True, "svagt"),
    ],
)
def test_the_rule_suggests(
    kinds: tuple[str, ...], perspectives: tuple[str, ...], countered: object, strength: str
) -> None:
    assert suggest_strength(kinds, perspectives, countered=bool(countered)) == strength


def analysed(**answers: tuple[str, ...]) -> Conversation:
    """Answers by path, with `__` for a dot."""
    return Conversation(
        id="c",
        pack=PACK.key,
        pack_version=1,
        respondent=ArbetslagId("a"),
        together=True,
        answers={
            path.replace("__", "."): Answer(values=values, at=AT, by=PersonId("p"))
            for path, values in answers.items()
        },
    )


FULL = {
    "resultat": ("Studieron har blivit bättre.",),
    "orsak__1": ("Vi startar lektionerna lika.",),
    "orsak__1__hor_till": ("arbetssatt",),
    "orsak__1__paverkbar": ("helt",),
    "orsak__1__underlag": TWO,
    "orsak__1__perspektiv": BOTH,
    "orsak__1__motbild": ("Det är lugnare även på rasterna.",),
    "orsak__1__annan_forklaring": ("Gruppen är mindre i år.",),
    "orsak__1__varfor__1": ("Vi kom överens i augusti.",),
    "orsak__1__varfor__1__more": ("yes",),
    "orsak__1__varfor__2": ("Vi fick tid till det.",),
    "orsak__1__gjort": ("Vi provade i två grupper.",),
    "orsak__1__styrka": ("visst",),
    "orsak__1__skal": ("Underlaget är litet.",),
    "orsak__1__ta_reda_pa": ("Vad eleverna säger.",),
}


def test_a_cause_holds_everything_that_was_said() -> None:
    (cause,) = causes_of(analysed(**FULL), PACK)
    assert cause == Cause(
        path="orsak.1",
        result="Studieron har blivit bättre.",
        text="Vi startar lektionerna lika.",
        kind="arbetssatt",
        influence="helt",
        grounds=("statistik", "observation"),
        perspectives=("personal", "barn_elever"),
        against="Det är lugnare även på rasterna.",
        alternative="Gruppen är mindre i år.",
        deeper=("Vi kom överens i augusti.", "Vi fick tid till det."),
        done="Vi provade i två grupper.",
        strength="visst",
        suggested="starkt",
        reason="Underlaget är litet.",
        to_find_out="Vad eleverna säger.",
    )


def test_without_a_word_of_its_own_the_suggestion_stands() -> None:
    (cause,) = causes_of(analysed(resultat=("R",), orsak__1=("O",), orsak__1__underlag=ONE), PACK)
    assert (cause.strength, cause.suggested, cause.reason) == ("svagt", "svagt", "")


def test_a_reason_no_longer_applies_when_the_strength_is_the_suggested() -> None:
    agreed = {**FULL, "orsak__1__styrka": ("starkt",)}
    (cause,) = causes_of(analysed(**agreed), PACK)
    assert (cause.strength, cause.reason) == ("starkt", "")


def test_a_cause_after_no_more_is_left_out() -> None:
    answers = {**FULL, "orsak__1__more": ("yes",), "orsak__2": ("Schemat är nytt.",)}
    assert len(causes_of(analysed(**answers), PACK)) == 2
    assert len(causes_of(analysed(**{**answers, "orsak__1__more": ("no",)}), PACK)) == 1


def test_what_cannot_be_influenced_is_lifted() -> None:
    (cause,) = causes_of(analysed(**{**FULL, "orsak__1__paverkbar": ("inte",)}), PACK)
    assert cause.lifted
    assert not cause.model_copy(update={"influence": "delvis"}).lifted


def test_the_chosen_one_comes_first_then_influence_then_strength() -> None:
    def cause(number: int, **more: str) -> Cause:
        return Cause.model_validate({"path": f"orsak.{number}", "result": "R", "text": "O", **more})

    lifted = cause(1, influence="inte", strength="starkt")
    weak, strong = cause(2, influence="helt", strength="svagt"), cause(3, influence="helt", strength="visst")
    unknown = cause(4)
    assert rank((lifted, weak, strong, unknown), None) == (strong, weak, lifted, unknown)
    assert rank((lifted, weak, strong, unknown), "orsak.1")[0] == lifted


def test_the_chosen_one_is_known_by_its_path() -> None:
    assert chosen_first(analysed(forst=("orsak.2",))) == "orsak.2"
    assert chosen_first(analysed()) is None


def test_the_stored_sentence() -> None:
    (cause,) = causes_of(analysed(**FULL), PACK)
    assert sentence(cause, PACK) == (
        "En rimlig förklaring till ”Studieron har blivit bättre” är ”Vi startar lektionerna lika”. "
        "Det bygger på statistik och observationer. "
        "Det som talar emot är ”Det är lugnare även på rasterna”. "
        "Stöd: visst. Vi kan påverka det helt."
    )


def test_what_they_cannot_change_is_said_in_plain_swedish() -> None:
    (cause,) = causes_of(analysed(resultat=("R",), orsak__1=("O",), orsak__1__paverkbar=("inte",)), PACK)
    assert sentence(cause, PACK).endswith("Vi kan inte påverka det själva.")


def test_the_stored_sentence_says_what_is_missing() -> None:
    (cause,) = causes_of(analysed(resultat=("R",), orsak__1=("O {x}",)), PACK)
    assert sentence(cause, PACK) == (
        "En rimlig förklaring till ”R” är ”O {x}”. Underlag saknas än. "
        "Inget som talar emot är nämnt än. Stöd: inget ännu."
    )


def test_an_analysis_pack_must_hold_what_is_read_from_it() -> None:
    assert missing_for_analysis(PACK) == ()
    poor = PACK.model_copy(update={"sentences": {**PACK.sentences, "stod": "Stöd: {styrka}."}})
    assert missing_for_analysis(poor) == ("sentences.stod: stod",)
    assert "orsak.*" in missing_for_analysis(load_packs()["latt"])

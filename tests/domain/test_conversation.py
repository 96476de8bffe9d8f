"""What is understood, and how a question is told."""

import pytest

from bot.domain.conversation.form import PageAccepted, PageRefused, form_page, validate_page
from bot.domain.conversation.interpreter import DidNotKnow, FilledIn, Turn
from bot.domain.conversation.reading import Reason
from bot.domain.effects.conversation import Ask, NotUnderstood, ReadyToConfirm, WroteAtOnce
from tests.domain.conversation_pack import ANNA, AT, BO, PACK, after, gave, known, only, skipped, start


def test_it_begins_with_the_first_question_that_is_not_known() -> None:
    assert start().at == "gick"
    assert start(answers=known(("gick", "mycket"))).at == "hinder"


def test_an_answer_leads_to_the_next_question_that_holds() -> None:
    turn = after(gave("gick", "mycket"))
    asked = only(turn)
    assert isinstance(asked, Ask)
    assert (asked.path, asked.number) == ("hinder", 2)
    assert after(gave("gick", "inte")).conversation.at == "svart"


@pytest.mark.parametrize("typed", ["ganska", "Ganska väl", "GANSKA VÄL.", "2", "gan", " ganska va\u0308l "])
def test_a_choice_may_be_typed(typed: str) -> None:
    assert after(gave("gick", typed)).conversation.answers["gick"].values == ("ganska",)


@pytest.mark.parametrize("typed", ["", "  ", "4", "0", "bra", "²"])
def test_what_is_no_choice_is_said_and_not_stored(typed: str) -> None:
    turn = after(gave("gick", typed))
    reason: Reason = "not_a_choice" if typed.strip() else "empty"
    assert turn == Turn(start(), (NotUnderstood("gick", reason),))


@pytest.mark.parametrize("typed", [("tid", "lokaler"), ("1, 2",), ("Tid och lokaler",), ("lokaler;tid",)])
def test_several_may_be_typed(typed: tuple[str, ...]) -> None:
    turn = after(gave("gick", "mycket"), gave("hinder", *typed))
    assert turn.conversation.answers["hinder"].values == ("tid", "lokaler")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("hinder", "1, 2 och 3", "too_many"),
        ("hinder", "tid och bänkar", "not_a_choice"),
        ("hur", "x" * 21, "too_long"),
        ("dag", "26/11", "not_a_date"),
        ("dag", "2026-02-30", "not_a_date"),
        ("lank", "exempel.se", "not_a_link"),
        ("lank", "javascript:alert(1)", "not_a_link"),
        ("orsak.2", "Lokalen", "other_question"),
        ("orsak.9", "x", "other_question"),
        ("finns_inte", "x", "other_question"),
    ],
)
def test_each_reason_is_told(path: str, value: str, reason: Reason) -> None:
    low = (gave("gick", "inte"), gave("svart", "Att hinna."))
    assert only(after(*low, gave(path, value))) == NotUnderstood(path, reason)


def test_words_are_kept_exactly() -> None:
    words = "  Rad ett\n\nra\u0308d två {orsak} <b>  "
    kept = after(gave("gick", "inte"), gave("svart", words)).conversation.answers["svart"].values
    assert kept == ("  Rad ett\n\nräd två {orsak} <b>  ",)
    longest = "å" * 10_000
    assert after(gave("gick", "inte"), gave("svart", longest)).conversation.answers["svart"].values == (
        longest,
    )


def test_skipping_and_not_knowing_may_be_typed() -> None:
    turn = after(gave("gick", "vet inte"), gave("hinder", "hoppa över"))
    assert turn.conversation.answers["gick"].unknown
    assert turn.conversation.answers["hinder"].skipped


def test_a_required_question_is_not_skipped() -> None:
    assert only(after(skipped("gick"))) == NotUnderstood("gick", "required")
    assert after(DidNotKnow(at=AT, by=ANNA, path="gick")).conversation.answers["gick"].unknown


def test_earlier_words_stand_in_the_question() -> None:
    long = "Vi hann inte med allt det som vi hade tänkt göra tillsammans den veckan."
    turn = after(gave("gick", "inte"), gave("svart", long), skipped("hinder"))
    asked = only(turn)
    assert isinstance(asked, Ask)
    assert asked.text == "Hur märktes Vi hann inte med allt det som vi hade tänkt göra…?"
    assert [each.text for each in asked.known] == [long]


def test_a_form_page_shows_what_holds_now() -> None:
    page = form_page(PACK, known(("gick", "mycket")))
    assert [field.path for field in page] == [
        "gick",
        "hinder",
        "orsak.1",
        "orsak.1.gar_det",
        "orsak.1.more",
        "dag",
        "lank",
    ]


def test_a_form_page_is_read_with_the_same_eyes() -> None:
    refused = validate_page(PACK, {}, {"gick": (), "dag": ("i dag",), "okänd": ("x",)}, AT, ANNA)
    assert refused == PageRefused({"gick": "empty", "dag": "not_a_date"})
    accepted = validate_page(PACK, {}, {"gick": ("Ganska väl",), "hinder": (), "dag": ("",)}, AT, ANNA)
    assert isinstance(accepted, PageAccepted)
    assert accepted.answers["gick"].values == ("ganska",)
    assert accepted.answers["hinder"].skipped
    assert "orsak.1" not in accepted.answers


def test_what_was_written_in_a_field_that_no_longer_holds_is_kept() -> None:
    before = known(("gick", "inte"))
    page = validate_page(PACK, before, {"gick": ("mycket",), "svart": ("Att hinna.",)}, AT, ANNA)
    assert isinstance(page, PageAccepted)
    assert page.answers["svart"].values == ("Att hinna.",)


def test_a_form_and_a_conversation_meet() -> None:
    page = {"gick": ("mycket",), "hinder": ("tid",), "orsak.1": (), "dag": (), "lank": ()}
    turn = after(FilledIn(at=AT, by=ANNA, values=page))
    assert isinstance(only(turn), ReadyToConfirm)
    assert turn.conversation.version == 2
    wrong = after(FilledIn(at=AT, by=ANNA, values={"gick": ("?",)}))
    assert wrong == Turn(start(), (NotUnderstood("gick", "not_a_choice"),))
    clash = FilledIn(at=AT, by=BO, values={"gick": ("inte",)}, seen={"gick": 0})
    assert isinstance(only(after(clash, conversation=turn.conversation)), WroteAtOnce)

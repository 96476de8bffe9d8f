"""What a conversation does with what nobody should send it: forged, stale, twice, too long."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.messages.model import Open, Quiet, Response, Say
from bot.messages.plain import lines
from bot.messages.tokens import Verb
from storage.asked.conversations import by_subject
from tests.handlers.conversation_stage import SUBJECT, Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.store.close()


def _said(response: Response) -> str:
    assert isinstance(response, Say), response
    return response.message.title


def test_the_first_question_is_promised_under_its_root(stage: Stage) -> None:
    [(key, message, replacing)] = stage.promised()
    assert (key, message.title, replacing) == (
        f"conv:{stage.key}:1:1",
        "Vilket resultat vill ni förstå?",
        None,
    )


def test_an_answer_replaces_its_question_and_asks_the_next(stage: Stage) -> None:
    stage.write("lena", "Läsningen sjönk")
    _, old, new = stage.promised()
    assert old[2] == f"conv:{stage.key}:1:1"
    assert [block.kind for block in old[1].blocks] == ["quote"]
    assert new[1].title.startswith("Vad tror ni ligger bakom ”Läsningen sjönk”")
    assert stage.now().conversation.scribe == "lena"
    assert stage.history() == 1


@pytest.mark.parametrize(
    ("who", "verb", "argument", "key", "says"),
    [
        ("lena", "choose", "resultat~x~0", "nobody", "Jag hittar inte"),
        ("vide", "choose", "resultat~x~0", None, "Det här kan inte du göra"),
        ("rut", "confirm", "", None, "Det här kan inte du göra"),
        ("lena", "choose", "orsak.3.styrka~svagt~0", None, "Den frågan ställs inte nu"),
        ("lena", "choose", "", None, "Den frågan ställs inte nu"),
        ("lena", "choose", "~~~~", None, "Den frågan ställs inte nu"),
        ("lena", "skip_question", "resultat", None, "behöver ett svar"),
        ("lena", "dont_know", "resultat", None, "behöver ett svar"),
        ("lena", "use_mine", "17", None, "Ni har redan valt svar"),
        ("lena", "keep_theirs", "", None, "Ni har redan valt svar"),
        ("lena", "merge_texts", "../1", None, "Ni har redan valt svar"),
        ("vide", "change_answer", "", None, "Det här kan inte du göra"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    stage: Stage, who: str, verb: Verb, argument: str, key: str | None, says: str
) -> None:
    before, told = stage.now(), len(stage.promised())
    assert says in _said(stage.press(who, verb, argument, key=key))
    assert stage.now() == before
    assert len(stage.promised()) == told


def test_a_button_pressed_twice_is_said_to_be_saved_already(stage: Stage) -> None:
    stage.write("lena", "Läsningen sjönk")
    stage.write("lena", "För lite högläsning")
    assert isinstance(stage.press("lena", "choose", "orsak.1.hor_till~undervisning~0"), Quiet)
    told = len(stage.promised())
    assert "redan sparat" in _said(stage.press("lena", "choose", "orsak.1.hor_till~undervisning~0"))
    assert len(stage.promised()) == told


def test_two_who_press_different_answers_see_both(stage: Stage) -> None:
    stage.write("lena", "Läsningen sjönk")
    stage.write("lena", "För lite högläsning")
    stage.press("lena", "choose", "orsak.1.hor_till~undervisning~0")
    stage.press("omar", "choose", "orsak.1.hor_till~styrning~0")
    key, message, _ = stage.promised()[-1]
    assert message.title == "Lena Berg och Omar Haddad svarade samtidigt"
    assert "Undervisningen" in str(message)
    assert "undervisning" not in str(message)
    assert "Skriv ihop" not in str(message)
    mark = key.split(":")[2]
    assert isinstance(stage.press("sam", "use_mine", mark), Quiet)
    given = stage.now().conversation.answers["orsak.1.hor_till"]
    assert (given.values, given.by, given.version) == (("styrning",), "omar", 2)
    assert "redan valt" in _said(stage.press("lena", "keep_theirs", mark))


def test_ten_thousand_characters_fit_and_one_more_does_not(stage: Stage) -> None:
    assert "för lång" in _said(stage.write("lena", "å" * 10_001))
    assert isinstance(stage.write("lena", "å" * 10_000), Quiet)
    assert len(stage.now().conversation.answers["resultat"].values[0]) == 10_000


def test_markup_and_other_peoples_characters_stay_as_they_are(stage: Stage) -> None:
    text = "<!channel> {resultat} =1+1 | \u202eabc a\u030a"
    stage.write("lena", text)
    assert stage.now().conversation.answers["resultat"].values == (
        "<!channel> {resultat} =1+1 | \u202eabc å",
    )


def test_words_that_point_at_somebody_are_masked_and_told_the_author_alone(stage: Stage) -> None:
    stage.write("lena", "Eleven med personnummer 121212-1212 läser sämre")
    stored = stage.now().conversation.answers["resultat"].values[0]
    assert "1212" not in stored
    told = [message.title for _, message, _ in stage.promised()]
    assert any(title.startswith("Ditt meddelande ser ut att innehålla") for title in told)
    assert not any("121212" in message.model_dump_json() for _, message, _ in stage.promised())


def test_a_form_is_checked_before_anything_is_stored(stage: Stage) -> None:
    opened = stage.press("lena", "choose", "resultat~~0")
    assert isinstance(opened, Open)
    again = stage.fill("lena", "choose", "resultat~~0", {"resultat": ("Ring 070-123 45 67",)})
    assert isinstance(again, Open)
    assert "telefonnummer" in again.form.errors["resultat"]
    assert not stage.now().conversation.answers
    masked = {"resultat": ("Ring 070-123 45 67",), "resultat~val": ("mask",)}
    assert isinstance(stage.fill("lena", "choose", "resultat~~0", masked), Quiet)
    assert "070" not in stage.now().conversation.answers["resultat"].values[0]


def test_a_blank_form_where_an_answer_is_needed_comes_back(stage: Stage) -> None:
    again = stage.fill("lena", "choose", "resultat~~0", {})
    assert isinstance(again, Open)
    assert "behöver ett svar" in again.form.errors["resultat"]


def test_a_closed_conversation_takes_nothing_more(stage: Stage) -> None:
    stage.press("sam", "close")
    assert "Samtalet är stängt" in _said(stage.press("lena", "choose", "resultat~x~0"))
    assert not stage.now().conversation.answers


def test_words_after_the_end_are_answered_once_to_each_who_writes(stage: Stage) -> None:
    stage.press("sam", "close")
    for who in ("lena", "sam"):
        assert "Det du skrev blir inget svar" in _said(stage.write(who, "Vi tror att det är grupperna."))
        assert isinstance(stage.write(who, "Tack!"), Quiet)
    assert not stage.now().conversation.answers


def test_paused_words_are_not_taken_and_resuming_asks_again(stage: Stage) -> None:
    stage.press("sam", "pause")
    assert "pausat" in _said(stage.write("lena", "Läsningen sjönk"))
    assert "pausat" in _said(stage.press("sam", "pause"))
    stage.press("lena", "resume")
    stage.press("lena", "resume")
    last = [message.title for _, message, _ in stage.promised()][-2:]
    assert last == ["Vilket resultat vill ni förstå?", "Samtalet fortsätter längre ner."]


def test_back_pressed_twice_goes_back_once(stage: Stage) -> None:
    stage.write("sam", "Läsningen sjönk")
    asked = stage.now().conversation.at
    assert asked is not None
    stage.press("lena", "back", asked)
    there = stage.now()
    promised = stage.promised()
    response = stage.press("lena", "back", asked)
    assert (stage.now(), stage.promised()) == (there, promised)
    assert "Samtalet har gått vidare" in _said(response)
    assert isinstance(response, Say)
    assert there.asked_text in lines(response.message)


def test_a_button_without_a_version_goes_back_each_time(stage: Stage) -> None:
    stage.write("sam", "Läsningen sjönk")
    stage.write("sam", "Vi läser för lite")
    was = stage.now().conversation.at
    stage.press("lena", "back")
    between = stage.now().conversation.at
    stage.press("lena", "back")
    assert len({was, between, stage.now().conversation.at}) == 3


def test_the_opening_can_ask_again_but_not_twice_in_a_moment(stage: Stage) -> None:
    stage.press("lena", "resume")
    once = stage.promised()
    assert "Samtalet har gått vidare" in _said(stage.press("lena", "resume"))
    assert stage.promised() == once
    stage.at += timedelta(minutes=2)
    assert isinstance(stage.press("lena", "resume"), Quiet)
    assert len(stage.promised()) > len(once)


def test_a_button_that_resumes_is_old_once_it_was_pressed(stage: Stage) -> None:
    stage.press("sam", "pause")
    version = str(stage.now().conversation.version)
    stage.press("lena", "resume", version)
    once = stage.promised()
    stage.at += timedelta(days=1)
    assert "Samtalet har gått vidare" in _said(stage.press("lena", "resume", version))
    assert stage.promised() == once


def test_a_picked_answer_is_asked_once(stage: Stage) -> None:
    stage.write("sam", "Läsningen sjönk")
    stage.fill("lena", "change_answer", "", {"path": ("resultat",)})
    once = stage.promised()
    assert stage.now().conversation.at == "resultat"
    assert "Samtalet har gått vidare" in _said(
        stage.fill("lena", "change_answer", "", {"path": ("resultat",)})
    )
    assert stage.promised() == once


def test_each_message_of_a_conversation_has_a_key_of_its_own(stage: Stage) -> None:
    stage.press("lena", "back")
    stage.write("lena", "backa")
    stage.write("lena", "Läsningen sjönk")
    stage.press("lena", "back")
    stage.press("omar", "take_pen")
    keys = [key for key, _, _ in stage.promised()]
    assert len(keys) == len(set(keys))
    with stage.store.begin() as unit:
        assert [one.id for one in by_subject(unit, SUBJECT)] == [stage.key]

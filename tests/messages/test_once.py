"""What is worded once reads exactly as if it had been worded anew, for whoever it is said to."""

from datetime import UTC, datetime

import pytest

from bot.domain.effects.conversation import Ask
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import Option
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import PersonId
from bot.messages.phrasing import once
from bot.messages.phrasing.conversation_asking import Frame, answered, ask
from tests.play import prompts

TEXTS = prompts().texts
WHEN = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)


def asks(pack: QuestionPack) -> list[Ask]:
    every = ((path, leaf) for path, leaf in pack.plan.leaves.items() if leaf.more_of is None)
    return [
        Ask(path.replace("*", "1"), leaf.question, leaf.question.text, at, 9, leaf.options)
        for at, (path, leaf) in enumerate(every, 1)
    ]


def frame(pack: QuestionPack, conversation: str) -> Frame:
    return Frame(conversation, pack, together=False, persons={}, somebody="Någon")


@pytest.mark.parametrize("name", prompts().packs)
@pytest.mark.parametrize("conversation", ["01a21835aaa1", "01a21835bbb2"])
def test_every_question_reads_as_when_it_is_worded_anew(name: str, conversation: str) -> None:
    pack = prompts().packs[name]
    here = frame(pack, conversation)
    assert asks(pack)
    for effect in asks(pack):
        anew = ask(effect, TEXTS, here)
        assert once.asked(effect, TEXTS, here) == (anew.title, anew.model_dump_json())


@pytest.mark.parametrize("odd", ["|*|", r"|\u0000|", "|\u2400|", r"\|\\u0000|"])
def test_a_questions_own_signs_stay_as_they_are(odd: str) -> None:
    pack = prompts().packs["latt"]
    effect = asks(pack)[0]._replace(text=f"Hur gick {odd} det?")
    here = frame(pack, "01a21835aaa1")
    anew = ask(effect, TEXTS, here)
    assert once.asked(effect, TEXTS, here) == (anew.title, anew.model_dump_json())


def test_an_earlier_answer_that_stands_there_is_shown() -> None:
    pack = prompts().packs["latt"]
    given = Answer(values=("Lena ringde hem",), at=WHEN, by=PersonId("lena"))
    effect = asks(pack)[0]._replace(before=given)
    shown = once.asked(effect, TEXTS, frame(pack, "c1")).written
    assert "Lena ringde hem" in shown
    assert "Lena ringde hem" not in once.asked(effect._replace(before=None), TEXTS, frame(pack, "c1")).written


def test_the_same_question_with_other_choices_is_another() -> None:
    every = ((pack, effect) for pack in prompts().packs.values() for effect in asks(pack))
    pack, with_choices = next((pack, effect) for pack, effect in every if effect.options)
    other = with_choices._replace(options=(Option(key="nytt", label="Något nytt"),))
    assert "Något nytt" not in once.asked(with_choices, TEXTS, frame(pack, "c1")).written
    assert "Något nytt" in once.asked(other, TEXTS, frame(pack, "c1")).written


@pytest.mark.parametrize("values", [("a",), ("b",), (), ("a", "b"), ("egna ord",)])
def test_what_is_left_of_a_question_reads_as_when_it_is_worded_anew(values: tuple[str, ...]) -> None:
    options = (Option(key="a", label="Bra"), Option(key="b", label="Sämre"))
    given = Answer(values=values, at=WHEN, by=PersonId("lena"))
    for choices in (options, ()):
        anew = answered("Hur gick det?", given, choices, TEXTS, "Lena Berg")
        found = once.left_behind("Hur gick det?", given, choices, TEXTS, "Lena Berg")
        assert found == (anew.title, anew.model_dump_json())


def test_a_question_left_without_an_answer_says_so() -> None:
    anew = answered("Hur gick det?", None, (), TEXTS, "")
    assert once.left_behind("Hur gick det?", None, (), TEXTS, "").written == anew.model_dump_json()

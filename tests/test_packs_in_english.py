"""The packs and the wheels in English: other words for the very same questions, else they are refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.domain.conversation.reading import folded
from bot.domain.questions.kinds import Group, Step, TextQuestion
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Skolform
from prompts.book import Prompts
from prompts.loader import PromptsRefused, packs_in, worded
from tests.play import prompts
from tests.stories.translating import UNDERSTOOD, asked_pairs, sentences
from tests.test_packs import SHORT_FIELD, questions_of, steps_of
from tests.test_packs_refused import GOOD, WORDS

SV = prompts().packs
EN = prompts().asked_in("en")
WORDED = {
    "title",
    "why",
    "readers",
    "text",
    "help",
    "more",
    "more_help",
    "label",
    "also",
    "words",
    "sentences",
}
TWO = """
key: two
version: 1
title: Prov
kind: uppfoljning
minutes: 1
why: Därför.
readers: Alla.
steps:
  - {key: a, kind: text, text: "Vad ser ni?"}
  - {key: b, kind: choice, text: "Vad är {a}?", options: {x: Ett, y: Två}}
"""
ENGLISH: dict[str, Any] = {
    "title": "Test",
    "why": "Because.",
    "readers": "All.",
    "questions": {
        "a": {"text": "What do you see?"},
        "b": {"text": "What is {a}?", "options": {"x": "One", "y": "Two"}},
    },
}


def shape(value: Any) -> Any:
    """All of a pack but its words."""
    match value:
        case dict():
            return {key: shape(one) for key, one in value.items() if key not in WORDED}
        case list() | tuple():
            return [shape(one) for one in value]
        case _:
            return value


def words(step: Step) -> str:
    return step.more if isinstance(step, Group) else step.text


@pytest.mark.parametrize("key", SV)
def test_what_is_asked_and_what_is_stored_is_the_same(key: str) -> None:
    assert shape(EN[key].model_dump()) == shape(SV[key].model_dump())
    assert EN[key].plan.leaves.keys() == SV[key].plan.leaves.keys()


@pytest.mark.parametrize("key", SV)
def test_every_wording_has_its_english(key: str) -> None:
    ours, english = dict(sentences(SV[key])), dict(sentences(EN[key]))
    read = {name for name in ours if not UNDERSTOOD.search(name)} - {name for name in ours if "key" in name}
    alike = {ours[name] for name in read if ours[name] and ours[name] == english[name]}
    named = {*shape_words(shape(SV[key].model_dump())), "Organisation"}
    assert alike <= named, "what is the same in both is no sentence"


def shape_words(value: Any) -> set[str]:
    """The strings among what is no words."""
    match value:
        case dict():
            return {one for part in value.values() for one in shape_words(part)}
        case list():
            return {one for part in value for one in shape_words(part)}
        case _:
            return {str(value)}


@pytest.mark.parametrize("key", SV)
def test_a_question_is_short_and_asks_one_thing(key: str) -> None:
    for step in steps_of(EN[key].steps):
        assert words(step).count("?") == 1, words(step)
        assert len(words(step)) <= 140, words(step)
    for question in questions_of(EN[key]):
        if isinstance(question, TextQuestion) and question.longest >= SHORT_FIELD:
            assert "single" in question.help, question.key


@pytest.mark.parametrize("key", SV)
def test_a_label_means_the_same_choice_in_whichever_language_it_is_written(key: str) -> None:
    for leaf in EN[key].plan.leaves.values():
        if leaf.more_of is None:
            meant = [(folded(label), one.key) for one in leaf.options for label in (one.label, one.also)]
            assert all(other == mine for label, mine in meant for same, other in meant if same == label)


def test_what_is_written_in_one_language_is_understood_in_the_other() -> None:
    sv, en = SV["latt"].words, EN["latt"].words
    for one, other in ((sv, en), (en, sv)):
        assert folded(one.skip) in map(folded, other.also_skip)
        assert folded(one.dont_know) in map(folded, other.also_dont_know)
        assert folded(one.yes) in map(folded, other.also_yes)


def test_the_phases_have_their_names_in_english() -> None:
    for skolform in Skolform:
        sv, en = prompts().wheel_for(skolform), prompts().wheel_for(skolform, "en")
        assert (en.months, en.key, list(en.phases)) == (sv.months, sv.key, list(sv.phases))
        assert all(en.phases[key].name != phase.name for key, phase in sv.phases.items())
    assert prompts().wheel_for(Skolform.GRUNDSKOLA, "sv") is prompts().wheel_for(Skolform.GRUNDSKOLA)


def test_there_is_something_to_compare() -> None:
    assert len(asked_pairs()) > 300


def in_english(tmp_path: Path, content: str, key: str = "two") -> QuestionPack:
    for folder in ("sv", "en"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "sv" / "two.yaml").write_text(TWO, encoding="utf-8")
    (tmp_path / "sv" / "prov.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "en" / f"{key}.yaml").write_text(content, encoding="utf-8")
    house = packs_in(tmp_path / "sv")
    found = worded(house, tmp_path / "en")
    assert found["prov"] is house["prov"], "what nobody has translated is asked as it is"
    return found["two"]


def test_only_words_are_given(tmp_path: Path) -> None:
    pack = in_english(tmp_path, yaml.safe_dump(ENGLISH))
    assert [question.text for question in questions_of(pack)] == ["What do you see?", "What is {a}?"]
    (option, _) = pack.plan.leaves["b"].options
    assert (option.key, option.label, option.also) == ("x", "One", "Ett")


def without_why(given: dict[str, Any]) -> None:
    del given["why"]


def without_a_question(given: dict[str, Any]) -> None:
    del given["questions"]["a"]


def another_question(given: dict[str, Any]) -> None:
    given["questions"]["c"] = {"text": "What?"}


def more_help(given: dict[str, Any]) -> None:
    given["questions"]["a"]["help"] = "Look."


def without_a_choice(given: dict[str, Any]) -> None:
    del given["questions"]["b"]["options"]["y"]


def another_choice(given: dict[str, Any]) -> None:
    given["questions"]["b"]["options"]["z"] = "Three"


def nothing_filled_in(given: dict[str, Any]) -> None:
    given["questions"]["b"]["text"] = "What is it?"


def a_rule(given: dict[str, Any]) -> None:
    given["questions"]["a"]["required"] = True


def too_long(given: dict[str, Any]) -> None:
    given["questions"]["a"]["text"] = "x" * 141 + "?"


WRONG: dict[Callable[[dict[str, Any]], None], str] = {
    without_why: "two.yaml: why: orden saknas",
    without_a_question: "two.yaml: questions.a.text: orden saknas",
    another_question: "two.yaml: questions.c.text: det finns inget att säga det om",
    more_help: "two.yaml: questions.a.help: det finns inget att säga det om",
    without_a_choice: "two.yaml: questions.b.options.y: orden saknas",
    another_choice: "two.yaml: questions.b.options.z: det finns inget att säga det om",
    nothing_filled_in: "two.yaml: questions.b.text: ska fyllas med {a}",
    a_rule: "two.yaml: questions.a.required: hör inte hit",
    too_long: "two.yaml: steps.a.text: är för lång",
}


@pytest.mark.parametrize("change", WRONG, ids=lambda change: change.__name__)
def test_what_does_not_fit_is_refused_by_file_and_question(
    change: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    given: dict[str, Any] = yaml.safe_load(yaml.safe_dump(ENGLISH))
    change(given)
    with pytest.raises(PromptsRefused) as refused:
        in_english(tmp_path, yaml.safe_dump(given))
    (problem,) = refused.value.problems
    assert problem.startswith(WRONG[change]), problem


@pytest.mark.parametrize(
    ("content", "key", "says"),
    [
        ("a: [", "two", "two.yaml: går inte att läsa omkring rad 2"),
        ("title: x", "other", "other.yaml: inget frågepaket har den nyckeln"),
    ],
)
def test_a_file_for_nothing_is_refused(content: str, key: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(PromptsRefused, match=says):
        in_english(tmp_path, content, key)


def test_a_wheel_whose_phases_differ_is_refused() -> None:
    wheel = prompts().wheels[0]
    fewer = wheel.model_copy(update={"phases": dict(list(wheel.phases.items())[1:])})
    held = Prompts(SV, prompts().texts, (fewer.model_copy(update={"skolformer": ()}),))
    with pytest.raises(PromptsRefused, match=r"en/cycles/forskola\.yaml: planera"):
        held.wheel_for(Skolform.GRUNDSKOLA, "en")

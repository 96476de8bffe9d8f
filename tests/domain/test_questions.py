from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.questions.kinds import ChoiceQuestion, Group, ScaleQuestion
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Skolform
from tests.each import each

WORDS = {
    "yes": "Ja",
    "no": "Nej",
    "skip": "Hoppa över",
    "dont_know": "Vet inte",
    "joined": "och",
    "unnamed": "det",
}
STEPS = {"lite": "Lite", "mer": "Mer", "mest": "Mest"}
STRONG = {"inget_annu": "Inget", "svagt": "Svagt", "visst": "Visst", "starkt": "Starkt"}


def pack(*steps: dict[str, Any], **more: Any) -> QuestionPack:
    about = {"key": "prov", "version": 1, "title": "Prov", "kind": "uppfoljning", "minutes": 1}
    said = {"why": "Därför.", "readers": "Alla.", "words": WORDS}
    return QuestionPack.model_validate({**about, **said, "steps": steps, **more})


def text(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "text", "text": f"Fråga {key}?", **more}


def scale(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "scale", "text": f"Fråga {key}?", "steps": STEPS, **more}


def several(key: str, **more: Any) -> dict[str, Any]:
    options = {"x": "X", "y": "Y"}
    return {"key": key, "kind": "several", "text": f"Fråga {key}?", "options": options, **more}


def group(key: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "group", "more": "En till?", "steps": steps, **more}


def test_options_may_be_written_as_a_mapping() -> None:
    (question,) = pack(scale("a")).steps
    assert isinstance(question, ScaleQuestion)
    assert [option.key for option in question.steps] == ["lite", "mer", "mest"]


def test_a_question_can_be_skipped_unless_it_is_required() -> None:
    first, second = pack(text("a"), text("b", required=True)).steps
    assert not isinstance(first, Group)
    assert not isinstance(second, Group)
    assert (first.skippable, second.skippable) == (True, False)


def test_no_school_form_means_all() -> None:
    assert pack(text("a")).suits(Skolform.KOMVUX)
    assert not pack(text("a"), skolformer=["forskola"]).suits(Skolform.KOMVUX)


def test_paths_are_known_without_numbers() -> None:
    steps = group("orsak", text("orsak"), text("b"), group("varfor", text("varfor")))
    assert set(pack(steps).plan.leaves) == {
        "orsak.*",
        "orsak.*.b",
        "orsak.*.more",
        "orsak.*.varfor.*",
        "orsak.*.varfor.*.more",
    }


def test_the_plan_is_made_once() -> None:
    made = pack(text("a"))
    assert made.plan is made.plan
    assert made == pack(text("a"))


CANNOT_WORK: dict[str, tuple[tuple[dict[str, Any], ...], str]] = {
    "duplicate key": ((text("a"), text("a")), "a: nyckeln används två gånger"),
    "same key in a group": ((text("a"), group("g", text("a"))), "a: nyckeln används två gånger"),
    "reserved key": ((text("more"),), "more: nyckeln är upptagen"),
    "unknown reference": (
        (text("a", only_if={"question": "x", "answered": True}),),
        "a: only_if syftar på x, men ingen tidigare fråga här heter så",
    ),
    "later reference": ((text("a", only_if={"question": "b", "answered": True}), text("b")), "a: only_if"),
    "reference into a group": (
        (group("g", text("g"), text("inner")), text("b", only_if={"question": "inner", "answered": True})),
        "b: only_if syftar på inner",
    ),
    "choice that is not there": (
        (scale("a"), text("b", only_if={"question": "a", "is": "störst"})),
        "b: only_if frågar a efter störst, som inte går att välja där",
    ),
    "order of words": (
        (text("a"), text("b", only_if={"question": "a", "at_most": 2})),
        "b: only_if frågar a efter at_most",
    ),
    "answered group": (
        (group("g", text("g")), text("b", only_if={"question": "g", "answered": True})),
        "b: only_if frågar g om den är besvarad",
    ),
    "changed without suggestion": (
        (scale("a"), text("b", only_if={"question": "a", "changed": True})),
        "b: only_if frågar a om svaret är ändrat",
    ),
    "placeholder to nothing": ((text("a", text="Hur är {x}?"),), "a: {x} syftar på x"),
    "placeholder to itself": ((text("a", text="Hur är {a}?"),), "a: {a} syftar på a"),
    "lonely brace": ((text("a", text="Hur är {a?"),), "a: en klammer i texten"),
    "scale without steps": ((scale("a", steps={}),), "a: minst 2 val behövs under steps"),
    "one option": (
        ({"key": "a", "kind": "choice", "text": "A?", "options": {"x": "X"}},),
        "a: minst 2 val behövs under options",
    ),
    "too deep": ((group("a", group("b", group("c", text("d")))),), "c: grupper får stå högst 2 i varandra"),
    "empty group": ((group("g"),), "g: gruppen har inga frågor"),
    "own question late": ((group("g", text("x"), text("g")),), "g: frågan med gruppens namn"),
    "options from nothing": (
        (text("a"), {"key": "b", "kind": "choice", "text": "B?", "options_from": "a"}),
        "b: options_from syftar på a, som inte är en grupp",
    ),
    "strength with other steps": (
        (
            scale("k"),
            scale("s", suggest={"kinds": "k", "perspectives": "k", "against": "k"}),
        ),
        "s: en skala med suggest ska ha stegen",
    ),
    "strength from a group": (
        (
            group("g", text("g")),
            scale("s", steps=STRONG, suggest={"kinds": "g", "perspectives": "g", "against": "g"}),
        ),
        "s: suggest syftar på en grupp",
    ),
    "two choices with one label": (
        (scale("a", steps={"x": "Lite", "y": "lite."}),),
        "a: två knappar heter lite.",
    ),
    "a choice that reads as skip": (
        (scale("a", steps={"x": "Lite", "y": "hoppa över"}),),
        "a: två knappar heter hoppa över",
    ),
    "a choice that reads as not known": (
        (scale("a", steps={"x": "Vet inte", "y": "Mer"}),),
        "a: två knappar heter Vet inte",
    ),
}


@pytest.mark.parametrize("case", CANNOT_WORK)
def test_a_pack_that_cannot_work_is_refused_by_name(case: str) -> None:
    steps, why = CANNOT_WORK[case]
    with pytest.raises(ValidationError) as refused:
        pack(*steps)
    assert f"Value error, {why}" in str(refused.value)


@pytest.mark.parametrize(
    "wrong",
    [
        text("a", text="x" * 141),
        text("a", text=""),
        text("a", text="  "),
        text("A b"),
        text("a", only_if={"question": "b"}),
        text("a", only_if={"question": "b", "is": "x", "answered": True}),
        text("a", longest=10_001),
        text("a", surprise=1),
        {"key": "a", "kind": "guess", "text": "A?"},
    ],
)
def test_a_field_that_is_wrong_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        pack(text("b"), wrong)


def test_a_pack_without_questions_is_refused() -> None:
    with pytest.raises(ValidationError):
        pack()


@each(
    "wrong",
    [
        {"minutes": 61},
        {"title": " "},
        {"why": ""},
        {"sentences": {"a": "Hur { går det?"}},
        {"sentences": {"a": "{b.c}"}},
        {"sentences": {"a": "{b!r}"}},
        {"rotation": {"area": "resultat", "order": 1, "months": [13]}},
        {"words": {**WORDS, "skip": " "}},
        {"words": {**WORDS, "no": "ja"}},
        {"words": {**WORDS, "skip": "Ja"}},
    ],
)
def test_what_is_said_of_a_whole_pack_is_bounded(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        pack(text("a"), **wrong)


def test_a_choice_may_come_from_a_group() -> None:
    made = pack(
        group("sak", text("sak")), {"key": "b", "kind": "choice", "text": "B?", "options_from": "sak"}
    )
    assert isinstance(made.steps[1], ChoiceQuestion)

"""A pack that cannot work stops the bot, by file and field, in words for who wrote it."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from prompts.faults import told
from prompts.loader import PromptsRefused, packs_in
from prompts.translating import PackWords
from tests.klarsprak import lint

WORDS = "{yes: Ja, no: Nej, skip: Hoppa över, dont_know: Vet inte, joined: och, unnamed: det}"
GOOD = """
key: prov
version: 1
title: Prov
kind: uppfoljning
minutes: 1
why: Därför.
readers: Alla.
steps:
  - {key: a, kind: text, text: "Vad ser ni?"}
"""
ANSWERED = "only_if: {question: a, at_least: 9}"
BROKEN = {
    "text too long": (
        GOOD.replace("Vad ser ni?", "x" * 141 + "?"),
        "a.yaml: steps.a.text: är för lång: högst 140 tecken får plats",
    ),
    "blank text": (GOOD.replace("Vad ser ni?", "  "), "a.yaml: steps.a.text: är tom"),
    "blank title": (GOOD.replace("title: Prov", 'title: ""'), "a.yaml: title: är tom"),
    "missing field": (GOOD.replace("title: Prov\n", ""), "a.yaml: title: saknas"),
    "unknown field": (GOOD + "colour: red\n", "a.yaml: colour: hör inte hit. Är det felstavat?"),
    "a number": (GOOD.replace("Vad ser ni?", "").replace('""', "5"), "a.yaml: steps.a.text: ska vara text"),
    "a label": (
        GOOD + "  - {key: b, kind: choice, text: Vad?, options: {x: 1, y: Två}}\n",
        "a.yaml: steps.b.options.x.label: ska vara text",
    ),
    "a word for a number": (
        GOOD.replace("minutes: 1", "minutes: en"),
        "a.yaml: minutes: ska vara ett heltal",
    ),
    "half a minute": (GOOD.replace("minutes: 1", "minutes: 1.5"), "a.yaml: minutes: ska vara ett heltal"),
    "long": (GOOD.replace("minutes: 1", "minutes: 500"), "a.yaml: minutes: ska vara högst 60"),
    "no time": (GOOD.replace("minutes: 1", "minutes: 0"), "a.yaml: minutes: ska vara minst 1"),
    "no month": (
        GOOD + "rotation: {area: resultat, order: 1, months: [13]}\n",
        "a.yaml: rotation.months.0: ska vara högst 12",
    ),
    "not a list": (GOOD + "skolformer: grundskola\n", "a.yaml: skolformer: ska vara en lista"),
    "no such skolform": (GOOD + "skolformer: [skola]\n", "a.yaml: skolformer.0: ska vara 'forskola', "),
    "no mapping": (GOOD + "sentences: Hej\n", "a.yaml: sentences: ska ha egna fält under sig"),
    "kind of pack": (
        GOOD.replace("uppfoljning", "annat"),
        "a.yaml: kind: ska vara 'uppfoljning' eller 'analys'",
    ),
    "kind of question": (GOOD.replace("kind: text", "kind: guess"), "a.yaml: steps.a: har fel kind."),
    "no kind": (GOOD.replace("kind: text, ", ""), "a.yaml: steps.a: saknar kind"),
    "no question": (GOOD.replace("key: a", "key: Å"), "a.yaml: steps.Å.key: får bara ha a–z"),
    "no questions": (re.sub(r"(?s)steps:.*", "steps: []", GOOD), "a.yaml: steps: är tom"),
    "neither yes nor no": (
        GOOD.replace("kind: text", "required: kanske, kind: text"),
        "a.yaml: steps.a.required: ska vara true eller false",
    ),
    "two conditions": (
        GOOD + "  - {key: b, kind: text, text: Vad?, only_if: {question: a, is: x, answered: true}}\n",
        "a.yaml: steps.b.only_if: ska ha en enda av is, ",
    ),
    "cannot work": (GOOD.replace("Vad ser ni?", "Vad är {b}?"), "a.yaml: a: {b} syftar på b, men"),
    "never asked": (
        GOOD + f"  - {{key: b, kind: text, text: Vad?, {ANSWERED}}}\n",
        "a.yaml: b: only_if frågar a efter at_least, som bara",
    ),
    "stray brace": (
        GOOD + 'sentences: {slut: "Underlag { saknas."}\n',
        "a.yaml: sentences.slut: en klammer hör inte till någon {platshållare}",
    ),
    "key twice": (GOOD + "minutes: 2\n", "a.yaml: minutes står två gånger, den andra på rad 11"),
    "not YAML": ("a: [", "a.yaml: går inte att läsa omkring rad 2"),
    "in itself": ("steps: &a\n  - *a\n", "a.yaml: går inte att läsa"),
    "a sign that is none": ("a: \x07", "a.yaml: går inte att läsa. Se"),
    "deep": ("a: " + "[" * 100, "a.yaml: är för lång, eller har för mycket i vartannat"),
    "deep without brackets": ("a:\n" + "- " * 5_000 + "a", "a.yaml: är för lång, eller har för mycket"),
    "deeper than libyaml survives": ("a:\n" + "- " * 100_000, "a.yaml: är för lång, eller har för mycket"),
    "not the number it says": (GOOD.replace("minutes: 1", "minutes: !!int två"), "a.yaml: går inte att läsa"),
    "not the yes it says": (GOOD.replace("minutes: 1", "minutes: !!bool x"), "a.yaml: går inte att läsa"),
    "a list for a kind": (
        GOOD.replace("kind: text", "kind: [x]"),
        "a.yaml: steps.a: har fel kind",
    ),
    "no fields": ("- a\n", "a.yaml: filen ska ha fält"),
    "empty": ("", "a.yaml: filen ska ha fält"),
    "poor analysis": (GOOD.replace("uppfoljning", "analys"), "a.yaml: orsak.*: det behövs i en orsaksanalys"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_pack_is_refused_by_file_and_field(case: str, tmp_path: Path) -> None:
    content, says = BROKEN[case]
    (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PromptsRefused) as refused:
        packs_in(tmp_path)
    problems = refused.value.problems
    assert any(problem.startswith(says) for problem in problems), problems
    assert len(problems) == 1 or case == "poor analysis", problems
    assert not re.search(r"pydantic|Input|should|YAML|error", str(refused.value)), problems


def test_a_file_that_cannot_be_read_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "b.yaml").write_bytes(GOOD.replace("Vad ser", "Här är").encode("latin-1"))
    with pytest.raises(PromptsRefused) as refused:
        packs_in(tmp_path)
    folder, latin = refused.value.problems
    assert folder.startswith("a.yaml: går inte att öppna")
    assert latin.startswith("b.yaml: är inte sparad som UTF-8")


def test_words_that_all_share_are_refused_once(tmp_path: Path) -> None:
    (tmp_path / "_words.yaml").write_text(WORDS.replace("no: Nej, ", ""), encoding="utf-8")
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PromptsRefused) as refused:
        packs_in(tmp_path)
    assert refused.value.problems == ("_words.yaml: no: saknas",)


def test_all_broken_packs_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(
        PromptsRefused, match=r"(?s)a\.yaml.*c\.yaml: key: ett annat frågepaket har också nyckeln prov"
    ):
        packs_in(tmp_path)


@pytest.mark.parametrize("words", [True, False])
def test_without_packs_the_bot_does_not_start(tmp_path: Path, *, words: bool) -> None:
    if words:
        (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    with pytest.raises(PromptsRefused, match="det finns inget frågepaket"):
        packs_in(tmp_path)


def test_a_refusal_is_said_in_klarsprak() -> None:
    refused = PromptsRefused(["a.yaml: title: saknas"])
    assert str(refused).startswith(
        "Frågorna eller texterna går inte att använda. Inget är ändrat. Rätta det här och starta igen:"
    )
    assert lint(str(refused).splitlines()[0].replace(":", "."), "error") == []


def test_what_nobody_foresaw_is_refused_too() -> None:
    with pytest.raises(ValidationError) as wrong:
        PackWords.model_validate([])
    assert list(told(wrong.value, [], "a.yaml")) == ["a.yaml: ska ha egna fält under sig"]

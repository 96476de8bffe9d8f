"""A pack that cannot work stops the bot, and the message says where to look."""

from pathlib import Path

import pytest

from prompts.loader import PromptsRefused, packs_in

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
BROKEN = {
    "text too long": (GOOD.replace("Vad ser ni?", "x" * 141 + "?"), "a.yaml: steps.a.text: "),
    "missing field": (GOOD.replace("title: Prov\n", ""), "a.yaml: title: Field required"),
    "unknown field": (GOOD + "colour: red\n", "a.yaml: colour: "),
    "unknown kind": (GOOD.replace("kind: text", "kind: guess"), "a.yaml: steps.a: "),
    "cannot work": (GOOD.replace("Vad ser ni?", "Vad är {b}?"), "a.yaml: pack: Value error, pack prov: a: "),
    "key twice": (GOOD + "minutes: 2\n", "a.yaml: not YAML: 'minutes' stands twice"),
    "not YAML": ("a: [", "a.yaml: not YAML"),
    "no fields": ("- a\n", "a.yaml: the file must hold fields"),
    "poor analysis": (GOOD.replace("uppfoljning", "analys"), "a.yaml: orsak.*: a cause analysis needs this"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_pack_is_refused_by_file_and_field(case: str, tmp_path: Path) -> None:
    content, says = BROKEN[case]
    (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PromptsRefused) as refused:
        packs_in(tmp_path)
    assert any(problem.startswith(says) for problem in refused.value.problems), refused.value


def test_all_broken_packs_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "_words.yaml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(PromptsRefused, match=r"(?s)a\.yaml.*c\.yaml: key: 'prov' is the key of another"):
        packs_in(tmp_path)


def test_without_packs_the_bot_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(PromptsRefused, match="no packs"):
        packs_in(tmp_path)

"""Folders that cannot work as a whole are refused at start, and texts are read as strictly as packs."""

import re
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from inspect import signature
from pathlib import Path
from typing import get_args

import pytest

from bot.domain.school import Language, Skolform
from prompts.book import load_prompts, load_texts, load_wheels
from prompts.loader import HOUSE, PromptsRefused, load_packs, packs_in
from tests.each import each


@each("language", get_args(Language))
def test_every_language_can_be_read_and_the_house_speaks_its_own(language: Language) -> None:
    ours = load_prompts()
    ours.read(language)
    assert (ours.said_in(HOUSE), ours.asked_in(HOUSE)) == (ours.said_in(""), ours.asked_in(""))
    assert (ours.said_in(language) == ours.texts) is (language == HOUSE)


def test_what_is_asked_stands_in_one_language_alone() -> None:
    """Where another folder held packs or wheels of its own, two languages could ask different things."""
    for load in (load_prompts, load_packs, load_wheels):
        assert "language" not in signature(load).parameters
    with pytest.raises(PromptsRefused), as_file(files("prompts")) as found:
        packs_in(found / "en" / "packs")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptsRefused, match="prompts/sv/packs/: mappen saknas"):
        load_packs(tmp_path)
    with pytest.raises(PromptsRefused, match="prompts/sv/texts/: mappen saknas"):
        load_texts("sv", tmp_path)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A copy of what the bot says, to spoil."""
    with as_file(files("prompts")) as found:
        shutil.copytree(found / "sv", tmp_path / "sv")
    return tmp_path


def test_ours_is_whole(ours: Path) -> None:
    packs = load_packs(ours)
    assert {packs.for_analysis(skolform).key for skolform in Skolform} == {"orsaksanalys"}
    assert load_texts("sv", ours) == load_texts()
    assert load_wheels(ours) == load_wheels()


def without_analysis(packs: Path) -> None:
    (packs / "orsaksanalys.yaml").unlink()


def two_analyses(packs: Path) -> None:
    text = (packs / "orsaksanalys.yaml").read_text(encoding="utf-8")
    (packs / "annan.yaml").write_text(text.replace("key: orsaksanalys", "key: annan"), encoding="utf-8")


def no_preschool(packs: Path) -> None:
    for pack in packs.glob("*_forskola.yaml"):
        pack.unlink()


ALL = ", ".join(Skolform)
LACKING: dict[Callable[[Path], None], str] = {
    without_analysis: f"det ska finnas ett enda frågepaket med kind: analys för {ALL}",
    two_analyses: f"det ska finnas ett enda frågepaket med kind: analys för {ALL}",
    no_preschool: "det saknas ett frågepaket med rotation, utan months, för forskola",
}


@pytest.mark.parametrize("spoil", LACKING, ids=lambda spoil: spoil.__name__)
def test_packs_that_leave_a_skolform_out_are_refused(spoil: Callable[[Path], None], ours: Path) -> None:
    spoil(ours / "sv" / "packs")
    with pytest.raises(PromptsRefused) as refused:
        load_packs(ours)
    assert refused.value.problems == (f"prompts/sv/packs: {LACKING[spoil]}",)


@each(
    "folder, added, says",
    [
        ("texts/common", "\n  : : [\n", "prompts/sv/texts/common.yaml: går inte att läsa omkring rad "),
        ("texts/common", "\nsaved: Två.\n", "prompts/sv/texts/common.yaml: saved står två gånger"),
        ("texts/common", "\nsvaed: Sparat.\n", "prompts/sv/texts/common.yaml: svaed: hör inte hit"),
        ("texts/common", None, "prompts/sv/texts/common.yaml: är inte sparad som UTF-8"),
        ("texts/extra", "a: b", "prompts/sv/texts/extra.yaml: hör inte hit"),
        ("cycles/skola", "\nkey: skolan\n", "prompts/sv/cycles/skola.yaml: key står två gånger"),
        ("cycles/skola", "\ncolour: red\n", "prompts/sv/cycles/skola.yaml: colour: hör inte hit"),
        ("cycles/skola", None, "prompts/sv/cycles/skola.yaml: är inte sparad som UTF-8"),
    ],
)
def test_texts_and_wheels_are_read_as_strictly(
    folder: str, added: str | None, says: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("prompts")
    with as_file(files("prompts")) as found:
        shutil.copytree(found / "sv", root / "sv")
    file = root / "sv" / f"{folder}.yaml"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    file.write_bytes(before.encode("latin-1", "replace") if added is None else (before + added).encode())
    with pytest.raises(PromptsRefused) as refused:
        load_wheels(root) if folder.startswith("cycles") else load_texts("sv", root)
    assert refused.value.problems[0].startswith(says), refused.value
    assert len(refused.value.problems) == 1


@each(
    "written, says",
    [
        ("Sparat av {nobody}.", "common.yaml: saved: ingenting fyller i {nobody}"),
        ("Sparat av {.", "common.yaml: saved: en klammer hör inte till någon {platshållare}"),
    ],
)
def test_a_sentence_that_cannot_be_filled_is_refused(
    written: str, says: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("prompts")
    with as_file(files("prompts")) as found:
        shutil.copytree(found / "sv", root / "sv")
    common = root / "sv" / "texts" / "common.yaml"
    text = re.sub(r"(?m)^saved: .*$", f'saved: "{written}"', common.read_text(encoding="utf-8"))
    common.write_text(text, encoding="utf-8")
    with pytest.raises(PromptsRefused) as refused:
        load_texts("sv", root)
    assert refused.value.problems == (f"prompts/sv/texts/{says}",)

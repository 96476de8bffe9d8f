"""Reads the question packs, and refuses what cannot work by file and field."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from pydantic import ValidationError

from bot.domain.analysis.causes import missing_for_analysis
from bot.domain.questions.pack import QuestionPack, Words
from bot.domain.school import Language, Skolform
from prompts.faults import told
from prompts.reading import read_folder
from prompts.translating import NotTheSame, PackWords, pack_in

HOUSE: Final[Language] = "sv"
"""The language whose folder says what is asked and when; every other has only words for it."""
_SHARED = "_words"


class PromptsRefused(Exception):
    """What the bot asks and says cannot be used. Says for each file which field is wrong, and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        listed = "\n".join(f"- {one}" for one in problems)
        super().__init__(
            "Frågorna eller texterna går inte att använda. Inget är ändrat. "
            f"Rätta det här och starta igen:\n{listed}"
        )
        self.problems = tuple(problems)


class Packs(Mapping[str, QuestionPack]):
    """All packs of one language, by key. Never changes once loaded."""

    def __init__(self, packs: Mapping[str, QuestionPack]) -> None:
        self._packs = dict(packs)
        self._others: dict[str, Packs] = {}

    def worded_in(self, language: str) -> "Packs":
        """The same packs in another language than the house's, read once. Raises `PromptsRefused`."""
        found = self._others.get(language)
        if found is None:
            folder = files("prompts").joinpath(language, "packs")
            found = self._others[language] = worded(self, folder, f"prompts/{language}/packs/")
        return found

    def __getitem__(self, key: str) -> QuestionPack:
        return self._packs[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)

    def for_check_in(self, skolform: Skolform, round_number: int, month: int | None = None) -> QuestionPack:
        """The pack for this round, counted from 0.

        The areas take turns in the packs' own order (`rotation.order`), so that the same question
        returns after every area has had its round. A pack kept for `month` goes before them.
        """
        turns = [pack for pack in self._packs.values() if pack.rotation and pack.suits(skolform)]
        kept = [pack for pack in turns if pack.rotation and month in pack.rotation.months]
        rotating = [pack for pack in turns if pack.rotation and not pack.rotation.months]
        candidates = kept or rotating
        if not candidates:
            raise KeyError(f"no check-in pack suits {skolform.value}")
        ordered = sorted(candidates, key=lambda pack: (pack.rotation.order if pack.rotation else 0, pack.key))
        return ordered[round_number % len(ordered)]

    def for_analysis(self, skolform: Skolform) -> QuestionPack:
        """The pack of an orsaksanalys; there is one for each skolform, else the bot does not start."""
        return next(pack for pack in self._packs.values() if pack.kind == "analys" and pack.suits(skolform))


def load_packs(root: Traversable | None = None) -> Packs:
    """The packs the bot speaks with, under `root`, else ours. Raises `PromptsRefused`.

    The bot cannot work without something to ask in every skolform, and one way to look for causes.
    """
    where = f"prompts/{HOUSE}/packs"
    packs = packs_in((root or files("prompts")).joinpath(HOUSE, "packs"), f"{where}/")
    if problems := [f"{where}: {one}" for one in _lacking(packs)]:
        raise PromptsRefused(problems)
    return packs


def _lacking(packs: Packs) -> Iterator[str]:
    suited = {one.value: [pack for pack in packs.values() if pack.suits(one)] for one in Skolform}
    silent = [
        name
        for name, found in suited.items()
        if not any(pack.rotation and not pack.rotation.months for pack in found)
    ]
    unclear = [name for name, found in suited.items() if sum(pack.kind == "analys" for pack in found) != 1]
    if silent:
        yield f"det saknas ett frågepaket med rotation, utan months, för {', '.join(silent)}"
    if unclear:
        yield f"det ska finnas ett enda frågepaket med kind: analys för {', '.join(unclear)}"


def packs_in(folder: Traversable, where: str = "") -> Packs:
    """Every `.yaml` in the folder as a pack; `_words.yaml` gives the words they share.

    `where` stands before a file's name in what is refused.
    """
    problems: list[str] = []
    packs: dict[str, QuestionPack] = {}
    read = read_folder(folder, problems, where)
    if not problems and not read.keys() - {_SHARED}:
        raise PromptsRefused([f"{where or folder.name}: det finns inget frågepaket"])
    words = _shared(read, problems, where)
    if words is None:
        raise PromptsRefused(problems)
    for name, content in read.items():
        told_of = f"{where}{name}.yaml"
        pack = _pack(told_of, {"words": words, **content}, problems)
        if pack is None:
            continue
        if pack.key in packs:
            problems.append(f"{told_of}: key: ett annat frågepaket har också nyckeln {pack.key}")
        packs[pack.key] = pack
    if problems:
        raise PromptsRefused(problems)
    return Packs(packs)


def worded(packs: Packs, folder: Traversable, where: str = "") -> Packs:
    """Each pack in the words of the folder's file of its key; one without a file stays as it is.

    Raises `PromptsRefused`: a word that is missing, or that stands for nothing.
    """
    problems: list[str] = []
    read = read_folder(folder, problems, where)
    shared = _shared(read, problems, where)
    done = dict(packs)
    for name, content in read.items():
        if name not in packs:
            problems.append(f"{where}{name}.yaml: inget frågepaket har den nyckeln")
        elif shared is not None:
            done[name] = _worded(f"{where}{name}.yaml", packs[name], content, shared, problems)
    if problems:
        raise PromptsRefused(problems)
    return Packs(done)


def _shared(read: dict[str, dict[str, Any]], problems: list[str], where: str) -> Words | None:
    """Take the shared words out of what was read."""
    given = read.pop(_SHARED, {})
    try:
        return Words.model_validate(given)
    except ValidationError as wrong:
        problems.extend(told(wrong, given, f"{where}{_SHARED}.yaml"))
        return None


def _worded(
    name: str, pack: QuestionPack, content: dict[str, Any], shared: Words, problems: list[str]
) -> QuestionPack:
    try:
        words = PackWords.model_validate(content)
    except ValidationError as wrong:
        problems.extend(told(wrong, content, name))
        return pack
    try:
        return pack_in(words, shared, pack)
    except NotTheSame as differs:
        problems.extend(f"{name}: {one}" for one in differs.problems)
    except ValidationError as wrong:
        problems.extend(told(wrong, pack.model_dump(), name))
    return pack


def _pack(name: str, content: dict[str, Any], problems: list[str]) -> QuestionPack | None:
    try:
        pack = QuestionPack.model_validate(content)
    except ValidationError as wrong:
        problems.extend(told(wrong, content, name))
        return None
    missing = missing_for_analysis(pack) if pack.kind == "analys" else ()
    problems.extend(f"{name}: {what}: det behövs i en orsaksanalys" for what in missing)
    return pack

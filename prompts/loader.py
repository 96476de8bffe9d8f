"""Reads the question packs, and refuses what cannot work by file and field."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import ValidationError

from bot.domain.analysis.causes import missing_for_analysis
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Skolform

_SHARED = "_words.yaml"


class PromptsRefused(Exception):
    """The packs cannot be used. Says for each file which field is wrong, and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("The question packs cannot be used:\n" + "\n".join(f"- {one}" for one in problems))
        self.problems = tuple(problems)


class Packs(Mapping[str, QuestionPack]):
    """All packs of one language, by key. Never changes once loaded."""

    def __init__(self, packs: Mapping[str, QuestionPack]) -> None:
        self._packs = dict(packs)

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


def load_packs(language: str = "sv") -> Packs:
    """The packs the bot speaks with. Raises `PromptsRefused`."""
    return packs_in(files("prompts") / language / "packs")


def packs_in(folder: Traversable) -> Packs:
    """Every `.yaml` in the folder as a pack; `_words.yaml` gives the words they share."""
    problems: list[str] = []
    packs: dict[str, QuestionPack] = {}
    given = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    if not given:
        raise PromptsRefused([f"{folder}: no packs"])
    read = {file.name: _read(file, problems) for file in given}
    words = read.pop(_SHARED, None)
    for name, content in read.items():
        pack = None if content is None else _pack(name, {"words": words, **content}, problems)
        if pack is None:
            continue
        if pack.key in packs:
            problems.append(f"{name}: key: {pack.key!r} is the key of another pack")
        packs[pack.key] = pack
    if problems:
        raise PromptsRefused(problems)
    return Packs(packs)


def _pack(name: str, content: dict[str, Any], problems: list[str]) -> QuestionPack | None:
    try:
        pack = QuestionPack.model_validate(content)
    except ValidationError as wrong:
        problems.extend(f"{name}: {_where(each['loc'], content)}: {each['msg']}" for each in wrong.errors())
        return None
    missing = missing_for_analysis(pack) if pack.kind == "analys" else ()
    problems.extend(f"{name}: {what}: a cause analysis needs this" for what in missing)
    return pack


def _where(location: tuple[int | str, ...], content: object) -> str:
    """The field, with a question's own key instead of its number: `steps.orsak.text`."""
    names: list[str] = []
    here: object = content
    kind: object = None
    for part in location:
        if part == kind:  # pydantic names the kind of a question between its number and its field
            kind = None
            continue
        here = _inside(here, part)
        question = here if isinstance(part, int) and isinstance(here, dict) else {}
        kind = question.get("kind")
        names.append(str(question.get("key", part)))
    return ".".join(names) or "pack"


def _inside(here: object, part: int | str) -> object:
    if isinstance(here, list) and isinstance(part, int):
        return here[part] if part < len(here) else None
    return here.get(part) if isinstance(here, dict) else None


class _PlainLoader(yaml.CSafeLoader):
    """YAML for people: `yes`, `no` and dates are the words they look like; a key stands once."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _once(loader: _PlainLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise yaml.YAMLError(f"{twice!r} stands twice, line {node.start_mark.line + 1} and on")
    return loader.construct_mapping(node, deep=True)


_PlainLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _once)


def _read(file: Traversable, problems: list[str]) -> dict[str, Any] | None:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        problems.append(f"{file.name}: not YAML: {' '.join(str(wrong).split())}")
        return None
    if not isinstance(content, dict):
        problems.append(f"{file.name}: the file must hold fields, one on each line")
        return None
    return content

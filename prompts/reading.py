"""Reads YAML as people mean it, and refuses by file what cannot be read. Packs, texts and wheels alike."""

import re
from importlib.resources.abc import Traversable
from itertools import accumulate
from typing import Any

import yaml

DEEPEST = 50
"""Brackets in brackets. libyaml reads on until the whole program dies of it."""

LONGEST = 30_000
"""Characters of a file, five times our longest: lists within lists cannot get so deep that libyaml dies."""


class _PlainLoader(yaml.CSafeLoader):
    """YAML for people: `yes`, `no` and dates are the words they look like; a key stands once.

    By libyaml: ten times as fast as Python's own reader, and felt at every start.
    """


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class _Twice(yaml.YAMLError):
    """Two fields have one name; the last would silently win."""


def _once(loader: _PlainLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value in seen:
            raise _Twice(f"{key.value} står två gånger, den andra på rad {key.start_mark.line + 1}")
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_PlainLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _once)


def read_folder(folder: Traversable, problems: list[str], where: str = "") -> dict[str, dict[str, Any]]:
    """What each `.yaml` of a folder holds, by its name without the ending. Adds what cannot be read."""
    try:
        found = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda f: f.name)
    except OSError:
        problems.append(f"{where or folder.name}: mappen saknas")
        return {}
    read = {file.name.removesuffix(".yaml"): _read(file, problems, where) for file in found}
    return {name: content for name, content in read.items() if content is not None}


def _read(file: Traversable, problems: list[str], where: str) -> dict[str, Any] | None:
    try:
        text = _shallow(file.read_text(encoding="utf-8"))
        content = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    except (OSError, ValueError, KeyError, yaml.YAMLError, RecursionError) as wrong:
        problems.append(f"{where}{file.name}: {_unreadable(wrong)}")
        return None
    if not isinstance(content, dict):
        problems.append(f"{where}{file.name}: filen ska ha fält, ett på varje rad")
        return None
    return content


def _shallow(text: str) -> str:
    """The text, if it can be read. Brackets within sentences count too: they are closed at once."""
    steps = (1 if sign in "[{" else -1 for sign in re.findall(r"[][{}]", text))
    if len(text) > LONGEST or max(accumulate(steps, initial=0)) > DEEPEST:
        raise RecursionError
    return text


def _unreadable(wrong: Exception) -> str:
    match wrong:
        case OSError():
            return "går inte att öppna. Är det en fil, och får boten läsa den?"
        case UnicodeDecodeError():
            return "är inte sparad som UTF-8. Spara om filen med den teckenkodningen"
        case RecursionError():
            return "är för lång, eller har för mycket i vartannat"
        case _Twice():
            return str(wrong)
        case yaml.MarkedYAMLError() if wrong.problem_mark is not None:
            line = wrong.problem_mark.line + 1
            return f"går inte att läsa omkring rad {line}. Se efter indrag, kolon och citattecken"
        case _:
            return "går inte att läsa. Se efter indrag, kolon och citattecken"

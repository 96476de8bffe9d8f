"""What is wrong with a file of words: which field, and why, for people who are no programmers."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.domain.questions.kinds import WORDS_PATTERN

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_WHY = {
    "missing": "saknas",
    "extra_forbidden": "hör inte hit. Är det felstavat?",
    "string_type": "ska vara text. Sätt citattecken om det är ett tal",
    "string_too_short": "är tom",
    "string_too_long": "är för lång: högst {max_length} tecken får plats",
    "string_pattern_mismatch": "får bara ha a–z, siffror och _, och ska börja med en bokstav",
    "int_type": "ska vara ett heltal",
    "int_parsing": "ska vara ett heltal",
    "int_from_float": "ska vara ett heltal",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "ska vara högst {le}",
    "bool_type": "ska vara true eller false",
    "bool_parsing": "ska vara true eller false",
    "literal_error": "ska vara {expected}",
    "enum": "ska vara {expected}",
    "union_tag_invalid": "har fel kind. Det ska vara {expected_tags}",
    "union_tag_not_found": "saknar kind",
    "too_short": "är tom",
    "tuple_type": "ska vara en lista",
    "dict_type": "ska ha egna fält under sig",
    "model_type": "ska ha egna fält under sig",
    "model_attributes_type": "ska ha egna fält under sig",
    "recursion_loop": "innehåller sig själv",
    "value_error": "{error}",
}
"""By pydantic's own name for the fault."""


def told(wrong: "ValidationError", content: object, name: str) -> Iterator[str]:
    """Say each fault in a file: `NAME: steps.orsak.text: är tom`. `content` is what was read."""
    for each in _faults(wrong):
        yield _told(each, each["loc"], content, name)


def told_by_file(wrong: "ValidationError", read: Mapping[str, object], folder: str) -> Iterator[str]:
    """Say each fault in a folder whose files were checked together, by their names."""
    for each in _faults(wrong):
        name, *inside = each["loc"]
        yield _told(each, tuple(inside), read.get(str(name)), f"{folder}/{name}.yaml")


def _faults(wrong: "ValidationError") -> Iterator["ErrorDetails"]:
    """All but a list that is empty only because what stands in it is wrong."""
    found = wrong.errors(include_url=False)
    within = {each["loc"][:depth] for each in found for depth in range(len(each["loc"]))}
    yield from (each for each in found if each["type"] != "too_short" or each["loc"] not in within)


def _told(fault: "ErrorDetails", location: tuple[int | str, ...], content: object, name: str) -> str:
    return ": ".join(filter(None, (name, _where(location, content), _why(fault))))


def _why(fault: "ErrorDetails") -> str:
    context = fault.get("ctx", {})
    if context.get("pattern") == WORDS_PATTERN:
        return _WHY["string_too_short"]
    named = {name: str(value).replace(" or ", " eller ") for name, value in context.items()}
    return _WHY.get(fault["type"], "går inte att använda").format_map(named)


def _where(location: tuple[int | str, ...], content: object) -> str:
    """The field, with a question's own key instead of its number: `steps.orsak.text`."""
    names: list[str] = []
    here: object = content
    kind: object = None
    for part in location:
        # pydantic names the kind of a question between its number and its field; a wrong kind may be a list
        if part in (kind, "[key]"):
            kind = None
            continue
        name, here = _inside(here, part)
        question = here if isinstance(part, int) and isinstance(here, dict) else {}
        kind = question.get("kind")
        names.append(str(question.get("key", name)))
    return ".".join(names)


def _inside(here: object, part: int | str) -> tuple[int | str, object]:
    """What a part of the place is called, and what stands there; choices are a mapping with numbers."""
    match here:
        case list() | tuple() if isinstance(part, int) and part < len(here):
            return part, here[part]
        case dict() if part in here:
            return part, here[part]
        case dict() if isinstance(part, int) and part < len(here):
            return list(here)[part], None
        case _:
            return part, None

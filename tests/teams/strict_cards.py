"""Whether Teams knows every part of a card: held against the SDK's own classes, field by field.

The classes themselves validate next to nothing (they take unknown types and misspelt fields), so each
object is looked up by its type here, its fields by their names, and its plain values put to the class.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

import microsoft_teams.cards as known
from pydantic import BaseModel, ValidationError

LARGEST = 25_000
UNTYPED = {
    ("FactSet", "facts"): "Fact",
    ("Input.ChoiceSet", "choices"): "Choice",
    ("Chart.HorizontalBar", "data"): "HorizontalBarChartDataValue",
    ("Table", "columns"): "ColumnDefinition",
    ("AdaptiveCard", "msteams"): "TeamsCardProperties",
}
"""Objects that carry no type of their own, by where they stand."""
SEALED = {"data"}
"""What an action carries is ours alone."""
Card = Mapping[str, Any]


@cache
def registry() -> Mapping[str, type[BaseModel]]:
    """Every class of the SDK whose `type` is one word."""
    found: dict[str, type[BaseModel]] = {}
    for name in dir(known):
        one = getattr(known, name)
        if isinstance(one, type) and issubclass(one, BaseModel) and "type" in one.model_fields:
            annotation = one.model_fields["type"].annotation
            if get_origin(annotation) is Literal:
                found[get_args(annotation)[0]] = one
    return found


def faults(card: Card, largest: int = LARGEST) -> list[str]:
    """Everything that is not as Teams wants it; empty when the card is fine."""
    return [*_object(card, "card", str(card.get("type"))), *_whole(card, largest)]


def _whole(card: Card, largest: int) -> Iterator[str]:
    ids = [one.get("id") for one in walk(card) if str(one.get("type")).startswith("Input.")]
    if None in ids or "" in ids:
        yield "an input without id"
    if len(set(ids)) < len(ids):
        yield "two inputs with one id"
    for needed in ("$schema", "version", "lang", "fallbackText", "speak", "body"):
        if not card.get(needed):
            yield f"no {needed}"
    heavy = utf16(card)
    if heavy > largest:
        yield f"{heavy} bytes"


def utf16(card: object) -> int:
    """Bytes of the card as JSON in UTF-16, counted sign by sign."""
    match card:
        case dict():
            return 4 + sum(utf16(name) + utf16(inner) + 4 for name, inner in card.items())
        case list() | tuple():
            return 4 + sum(utf16(inner) + 2 for inner in card)
        case str():
            escaped = card.count('"') + card.count("\\") + card.count("\n") + card.count("\t")
            return len(card.encode("utf-16-le")) + 2 * escaped + 4
        case bool():
            return 10
        case _:
            return 2 * len(repr(card))


def walk(held: object) -> Iterator[Card]:
    """Every object of a card, but for what its actions carry."""
    if isinstance(held, dict):
        yield held
        for name, inner in held.items():
            if name not in SEALED or isinstance(inner, list):
                yield from walk(inner)
    elif isinstance(held, list | tuple):
        for inner in held:
            yield from walk(inner)


def _object(one: Card, where: str, kind: str) -> Iterator[str]:
    cls = registry().get(kind) or getattr(known, kind, None)
    if cls is None:
        yield f"{where}: Teams knows no {kind}"
        return
    for name in one.keys() - _names(cls, kind):
        yield f"{where}: {kind} has no {name}"
    plain = {name: inner for name, inner in one.items() if not isinstance(inner, dict | list)}
    try:
        cls.model_validate(plain)
    except ValidationError as refused:
        yield from (f"{where}: {kind}.{error['loc'][0]}: {error['msg']}" for error in refused.errors())
    for name, inner in one.items():
        if name in SEALED and kind.startswith("Action."):
            continue
        for at, child in enumerate(inner if isinstance(inner, list) else [inner]):
            if isinstance(child, dict):
                inside = str(child.get("type") or UNTYPED.get((kind, name)))
                yield from _object(child, f"{where}.{name}[{at}]", inside)
            elif isinstance(inner, list):
                yield f"{where}.{name}[{at}]: no object"


@cache
def _names(cls: type[BaseModel], kind: str) -> frozenset[str]:
    """What may stand in an object of a kind."""
    names = {"$schema"} if kind == "AdaptiveCard" else set()
    for name, field in cls.model_fields.items():
        alias = field.serialization_alias or field.alias or _camel(name)
        names |= {alias, "choices.data" if name == "choices_data" else alias}
    return frozenset(names)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.title() for part in rest)

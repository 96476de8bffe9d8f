"""What a sentence is: text whose placeholders are known, so that nothing is left unfilled."""

from string import Formatter
from typing import Any, Self

from pydantic import model_validator

from bot.domain.value import Value


class Fills:
    """Names the placeholders a sentence may hold: `Annotated[str, Fills("done", "of")]`."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)


class Plural(Value):
    """One sentence for one, another for every other number. The number is `{n}`."""

    one: str
    other: str

    def of(self, n: int, **values: object) -> str:
        return fill(self.one if n == 1 else self.other, n=n, **values)


def fill(sentence: str, **values: object) -> str:
    """Fill a sentence of ours. What people wrote only ever comes in as a value, never as a sentence."""
    return sentence.format_map({name: str(value) for name, value in values.items()})


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


class TextSection(Value):
    """The sentences of one topic. A placeholder that nothing fills is refused with the field's name."""

    @model_validator(mode="after")
    def _only_known_placeholders(self) -> Self:
        for name, field in type(self).model_fields.items():
            allowed = frozenset[str]().union(
                *(mark.names for mark in field.metadata if isinstance(mark, Fills))
            )
            for sentence in _sentences(getattr(self, name)):
                plural = {"n"} if isinstance(getattr(self, name), Plural) else set[str]()
                if unknown := placeholders(sentence) - allowed - plural:
                    raise ValueError(f"{name}: nothing fills {{{'}, {'.join(sorted(unknown))}}}")
        return self


def _sentences(value: Any) -> tuple[str, ...]:
    match value:
        case str():
            return (value,)
        case Plural(one=one, other=other):
            return (one, other)
        case tuple():
            return tuple(sentence for part in value for sentence in _sentences(part))
        case dict():
            return tuple(sentence for part in value.values() for sentence in _sentences(part))
        case _:
            return ()

"""What a sentence is: text whose placeholders are known, so that nothing is left unfilled."""

from collections.abc import Mapping
from string import Formatter
from typing import Annotated, Any, get_args, get_origin

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

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


class TextSection:
    """The sentences of one topic. A placeholder that nothing fills is refused with the field's name.

    Hundreds of fields that are nearly all plain text: `Texts` checks them by one schema. Were each section a
    pydantic model of its own, every start would take a twentieth longer.
    """

    def __init__(self, said: Mapping[str, Any]) -> None:
        """Raises ValueError, naming the field."""
        vars(self).update(said)
        for name, kind in type(self).__annotations__.items():
            try:
                filled = frozenset[str]().union(*map(placeholders, _sentences(said[name])))
            except ValueError as stray:
                raise ValueError(f"{name}: en klammer hör inte till någon {{platshållare}}") from stray
            if unknown := filled and filled - _fills(kind):
                raise ValueError(f"{name}: ingenting fyller i {{{'}, {'.join(sorted(unknown))}}}")

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        text = core_schema.str_schema()
        plain = {name: _plain(kind) for name, kind in cls.__annotations__.items()}
        fields = {
            name: core_schema.typed_dict_field(text if kind is str else handler.generate_schema(kind))
            for name, kind in plain.items()
        }
        said = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        written = core_schema.wrap_serializer_function_ser_schema(lambda section, write: write(vars(section)))
        return core_schema.no_info_after_validator_function(cls, said, serialization=written)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} stays as it is")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # as of every value that holds a dict


def _plain(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _fills(kind: Any) -> frozenset[str]:
    marks = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    names = (mark.names for mark in marks if isinstance(mark, Fills))
    return frozenset({"n"} if _plain(kind) is Plural else ()).union(*names)


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

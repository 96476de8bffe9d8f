"""What is said and asked in two languages side by side, field by field: what stands in one in the other."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from bot.domain.school import Skolform
from bot.domain.value import Value
from bot.messages.texts import Texts
from bot.messages.texts.base import TextSection, placeholders
from tests.play import prompts

SHORTEST = 8
"""Literal characters that a sentence must hold to be found inside another text."""


UNDERSTOOD = re.compile(r"\.also\b|\.also_")
"""Fields that nobody reads: words that are understood when somebody writes them."""


WRITTEN = re.compile(r"\.times\.(days|workdays|nth|every|weeks|parity)\b")
"""Fields with the words of a time: in a form they stand as they are to be written, in Swedish."""


class Pair(NamedTuple):
    """One sentence in Swedish and in English, with its placeholders; `name` is its field."""

    name: str
    sv: str
    en: str


def sentences(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of some texts, by the path of its field."""
    match value:
        case Value():
            for key in type(value).model_fields:
                yield from sentences(getattr(value, key), f"{name}.{key}")
        case TextSection():
            yield from sentences(vars(value), name)
        case dict():
            for key, one in value.items():
                yield from sentences(one, f"{name}.{key}")
        case tuple():
            for number, one in enumerate(value):
                yield from sentences(one, f"{name}.{number}")
        case str():
            yield name, value
        case _:  # a number, a flag, a function: no sentence
            pass


@cache
def english() -> Texts:
    return prompts().said_in("en")


@cache
def pairs() -> tuple[Pair, ...]:
    """Everything the bot says or asks."""
    return tuple(_beside(prompts().texts, english())) + asked_pairs()


@cache
def asked_pairs() -> tuple[Pair, ...]:
    """What the packs ask and what the phases of the year are called; what is no word is the same in both."""
    found: list[Pair] = []
    for key, pack in prompts().packs.items():
        found += _beside(pack, prompts().asked_in("en")[key], f".packs.{key}")
    for wheel in prompts().wheels:
        other = prompts().wheel_for(next(iter(wheel.skolformer), Skolform.GRUNDSKOLA), "en")
        assert other.key == wheel.key
        found += _beside(wheel, other, f".wheels.{wheel.key}")
    return tuple(pair for pair in found if pair.sv != pair.en and not UNDERSTOOD.search(pair.name))


def _beside(house: Value, other: Value, name: str = "") -> Iterator[Pair]:
    sv, en = dict(sentences(house, name)), dict(sentences(other, name))
    assert sv.keys() == en.keys()
    return (Pair(one, sv[one], en[one]) for one in sv)


@cache
def _words() -> dict[str, str]:
    """Weekdays and months, English to Swedish."""
    dates = (pair for pair in pairs() if re.match(r"\.dates\.(weekdays|months)\.", pair.name))
    return {pair.en: pair.sv for pair in dates}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern(pair.en)), pair.sv) for pair in pairs())


def pattern(sentence: str) -> str:
    """A sentence as a regular expression, each placeholder as something."""
    escaped = re.escape(sentence)
    for name in placeholders(sentence):
        once = f"(?P<{name}>.+?)"
        escaped = escaped.replace(re.escape(f"{{{name}}}"), once, 1)
        escaped = escaped.replace(re.escape(f"{{{name}}}"), f"(?P={name})")
    return escaped


@cache
def swedish(text: str) -> frozenset[str]:
    """What an English text may be in Swedish, itself among it: a label, a choice, a line."""
    found = {text}
    for known, sv in _patterns():
        if match := known.fullmatch(text):
            found.add(sv.format_map({name: _dated(value) for name, value in match.groupdict().items()}))
    return frozenset(found)


def _dated(text: str) -> str:
    for en, sv in _words().items():
        text = re.sub(rf"\b{en}\b", sv, text)
    return text.replace(" at ", " kl. ")


@cache
def _only_swedish() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Fields, the longest piece of their Swedish sentence and all of it; without words English uses too."""
    every = "\n".join(pair.en for pair in pairs()).casefold()
    found = []
    for pair in pairs():
        longest = max(re.split(r"\{\w+\}", pair.sv), key=len)
        if (
            len(longest) >= SHORTEST
            and not WRITTEN.match(pair.name)
            and longest.strip().casefold() not in every
        ):
            found.append((pair.name, longest, re.compile(rf"(?<!\w){pattern(pair.sv)}(?!\w)")))
    return tuple(found)


def swedish_in(text: str) -> list[str]:
    """The fields whose Swedish sentence stands in a text."""
    return [name for name, longest, known in _only_swedish() if longest in text and known.search(text)]

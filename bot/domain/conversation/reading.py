"""From what somebody pressed or wrote to the values that are stored."""

import re
import unicodedata
from datetime import date
from typing import Literal, assert_never

from bot.domain.questions.kinds import (
    ChoiceQuestion,
    DateQuestion,
    LinkQuestion,
    Option,
    PersonQuestion,
    Question,
    ScaleQuestion,
    SeveralQuestion,
    TextQuestion,
    YesNoQuestion,
)

Reason = Literal[
    "not_a_choice",
    "not_a_date",
    "not_a_link",
    "too_long",
    "too_many",
    "empty",
    "required",
    "other_question",
]
"""Why an answer could not be taken. `other_question`: the button belongs to a question not asked now."""

_LONGEST_LINK = 2_000
_LONGEST_NUMBER = 2
"""Digits: no list is longer than 99."""
_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN = re.compile(r"[,;\n]|\b(?:och|and)\b")


def folded(text: str) -> str:
    """How words are compared: NFC, without case, outer blanks and a closing mark."""
    return unicodedata.normalize("NFC", text).strip().rstrip(".!").strip().casefold()


def read(question: Question, given: tuple[str, ...], options: tuple[Option, ...]) -> tuple[str, ...] | Reason:
    """The values to store, or why not. `options` are those offered now."""
    if not "".join(given).strip():
        return "empty"
    match question:
        case ChoiceQuestion() | ScaleQuestion() | YesNoQuestion():
            key = _chosen(given[0], options) if len(given) == 1 else None
            return "not_a_choice" if key is None else (key,)
        case SeveralQuestion():
            return _several(question, given, options)
        case TextQuestion() | DateQuestion() | PersonQuestion() | LinkQuestion():
            return _written(question, given[0]) if len(given) == 1 else "too_many"
        case _:
            assert_never(question)


def _written(
    question: TextQuestion | DateQuestion | PersonQuestion | LinkQuestion, given: str
) -> tuple[str, ...] | Reason:
    text = unicodedata.normalize("NFC", given)
    match question:
        case TextQuestion(longest=longest):
            return (text,) if len(text) <= longest else "too_long"
        case DateQuestion():
            return _day(text.strip())
        case PersonQuestion():
            return (text.strip(),)
        case LinkQuestion():
            link = text.strip().strip("<>")
            return (link,) if len(link) <= _LONGEST_LINK and _LINK.fullmatch(link) else "not_a_link"
        case _:
            assert_never(question)


def _day(text: str) -> tuple[str, ...] | Reason:
    if not _DAY.fullmatch(text):
        return "not_a_date"
    try:
        return (date.fromisoformat(text).isoformat(),)
    except ValueError:
        return "not_a_date"


def _several(
    question: SeveralQuestion, given: tuple[str, ...], options: tuple[Option, ...]
) -> tuple[str, ...] | Reason:
    found: set[str] = set()
    for value in given:
        whole = _chosen(value, options)
        parts = [value] if whole else [part for part in _BETWEEN.split(value) if part.strip()]
        for part in parts:
            key = whole or _chosen(part, options)
            if key is None:
                return "not_a_choice"
            found.add(key)
    if question.at_most is not None and len(found) > question.at_most:
        return "too_many"
    return tuple(option.key for option in options if option.key in found)


def _chosen(given: str, options: tuple[Option, ...]) -> str | None:
    """The one option meant: its key, a label, its number in the list, or how only its labels begin."""
    for option in options:
        if option.key == given:
            return given
    words = folded(given)
    if not words:
        return None
    if words.isdecimal():
        number = int(words) if len(words) <= _LONGEST_NUMBER else 0
        return options[number - 1].key if 1 <= number <= len(options) else None
    labels = [
        (folded(label), option.key) for option in options for label in (option.label, option.also) if label
    ]
    same = {key for label, key in labels if label == words}
    begun = same or {key for label, key in labels if label.startswith(words)}
    return begun.pop() if len(begun) == 1 else None

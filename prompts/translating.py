"""The same questions in another language: only words are given, so that what is asked stays the same.

A file beside the school's own, `<language>/packs/<key of the pack>.yaml`, holds words by the question's key.
What is not words (which questions, in which order and when, what is stored) is taken from the school's pack.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from bot.domain.calendar.year_wheel import Phase, YearWheel
from bot.domain.questions.pack import QuestionPack, Words
from bot.domain.value import Value

_OF_A_PACK = ("title", "why", "readers")
_OF_A_STEP = ("text", "help", "why", "readers", "more", "more_help")
_LABELS = ("options", "steps")
_MISSING = "orden saknas"
_NOTHING = "det finns inget att säga det om"
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class StepWords(Value):
    """What a question says; a group and the question of its own name stand together under their key."""

    text: str = ""
    help: str = ""
    why: str = ""
    readers: str = ""
    more: str = ""
    more_help: str = ""
    options: dict[str, str] = Field(default_factory=dict)
    steps: dict[str, str] = Field(default_factory=dict)


class PackWords(Value):
    """All that a pack says."""

    title: str = ""
    why: str = ""
    readers: str = ""
    sentences: dict[str, str] = Field(default_factory=dict)
    questions: dict[str, StepWords]


class NotTheSame(Exception):
    """The words do not fit what they stand for. Says which, and why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def pack_in(words: PackWords, shared: Words, pack: QuestionPack) -> QuestionPack:
    """The pack in other words. Raises `NotTheSame`, or ValidationError where a word itself cannot stand."""
    exchange = _Exchange()
    content = pack.model_dump(by_alias=True, exclude={"words"})
    for field in _OF_A_PACK:
        content[field] = exchange.word(field, content[field], getattr(words, field))
    content["sentences"] = exchange.all("sentences", content["sentences"], words.sentences)
    given = {key: one.model_dump() for key, one in words.questions.items()}
    exchange.steps(content["steps"], given)
    exchange.left_over(given)
    if exchange.problems:
        raise NotTheSame(exchange.problems)
    return QuestionPack.model_validate({**content, "words": shared})


def wheel_in(phases: Mapping[str, Phase], wheel: YearWheel) -> YearWheel:
    """The wheel with other words for its phases. Raises `NotTheSame`."""
    differ = sorted(phases.keys() ^ wheel.phases.keys())
    if differ:
        raise NotTheSame([f"{key}: fasen finns bara på ett av språken" for key in differ])
    return wheel.model_copy(update={"phases": {key: phases[key] for key in wheel.phases}})


class _Exchange:
    """Puts words in place of words, and remembers what does not fit."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def word(self, where: str, was: str, now: str) -> str:
        """One in place of the other: both say something or neither does, with the same filled in."""
        wanted = set(_PLACEHOLDER.findall(was))
        if bool(was) is not bool(now):
            self.problems.append(f"{where}: {_MISSING if was else _NOTHING}")
        elif wanted != set(_PLACEHOLDER.findall(now)):
            self.problems.append(f"{where}: ska fyllas med {', '.join(sorted(wanted)) or 'ingenting'}")
        return now

    def all(self, where: str, was: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
        """The same by key; a key that only one of them has is refused."""
        self.problems += [f"{where}.{key}: {_NOTHING}" for key in now if key not in was]
        return {key: self.word(f"{where}.{key}", text, now.get(key, "")) for key, text in was.items()}

    def steps(self, steps: list[dict[str, Any]], given: dict[str, dict[str, Any]]) -> None:
        """Exchange the words of every step in place; what was used is taken out of `given`."""
        for step in steps:
            own, where = given.get(step["key"], {}), f"questions.{step['key']}"
            for field in _OF_A_STEP:
                if field in step:
                    step[field] = self.word(f"{where}.{field}", step[field], own.pop(field, ""))
            if step["kind"] == "group":
                self.steps(step["steps"], given)
                continue
            for field in _LABELS:
                if field in step:
                    labels = {one["key"]: one["label"] for one in step[field]}
                    said = self.all(f"{where}.{field}", labels, own.pop(field, {}))
                    step[field] = [{"key": key, "label": said[key], "also": labels[key]} for key in labels]

    def left_over(self, given: dict[str, dict[str, Any]]) -> None:
        """Words for which no question asked."""
        self.problems += [
            f"questions.{key}.{field}: {_NOTHING}"
            for key, fields in given.items()
            for field, text in fields.items()
            if text
        ]

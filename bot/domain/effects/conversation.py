"""What a step of a conversation led to. Phrasing turns each into a message; nothing here is words of ours."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.conversation.reading import Reason
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import Option, Question
from bot.domain.value import PersonId


class Known(NamedTuple):
    """An earlier answer that the question's text points to, whole and as people read it."""

    path: str
    text: str


class Line(NamedTuple):
    """One line of a summary: the question as asked and the answer as people read it.

    Without `texts`: skipped, or `unknown`.
    """

    path: str
    question: Question
    text: str
    texts: tuple[str, ...]
    unknown: bool


class Ask(NamedTuple):
    """Ask this question now.

    `number` of about `of`: later questions may come and go. `options` are those to choose from,
    `suggested` the key of the one the bot suggests. `before` is what stands there since before.
    """

    path: str
    question: Question
    text: str
    number: int
    of: int
    options: tuple[Option, ...] = ()
    known: tuple[Known, ...] = ()
    suggested: str | None = None
    before: Answer | None = None


class AskMore(NamedTuple):
    """One more round of the group? Answered with yes or no at `path`; `rounds` of `at_most` are done."""

    path: str
    group: str
    text: str
    help: str
    rounds: int
    at_most: int
    options: tuple[Option, ...] = ()
    before: Answer | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing was stored; the question still stands."""

    path: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class WroteAtOnce:
    """Somebody answered `path` after this person last saw it: show both texts, store nothing."""

    path: str
    theirs: Answer
    yours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An earlier answer was changed.

    `no_longer` are the answered paths that ceased to apply by it: kept, and back if it is changed back.
    """

    path: str
    before: Answer
    now: Answer
    no_longer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PenMoved:
    """Somebody else writes for the arbetslag from here on. Told once; it never blocks anyone."""

    before: PersonId
    now: PersonId


@dataclass(frozen=True, slots=True)
class PausedNow:
    """The conversation rests at `path`, in this `version` of it."""

    path: str | None
    version: int


@dataclass(frozen=True, slots=True)
class ReadyToConfirm:
    """Every question that holds is answered: "Är ni överens?"."""

    summary: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MovedOn:
    """The step was taken before, or is from before: nothing happens, and this is what waits now."""

    waits: Ask | AskMore | ReadyToConfirm


@dataclass(frozen=True, slots=True)
class Completed:
    """Confirmed. The answers that apply, by path."""

    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True)
class ClosedNow:
    """Closed before or after it was done. What was answered still counts."""

    answers: dict[str, Answer]
    complete: bool


@dataclass(frozen=True, slots=True)
class AlreadyClosed:
    """The round was closed before this came."""


Effect = (
    Ask
    | AskMore
    | NotUnderstood
    | WroteAtOnce
    | Changed
    | PenMoved
    | PausedNow
    | ReadyToConfirm
    | MovedOn
    | Completed
    | ClosedNow
    | AlreadyClosed
)

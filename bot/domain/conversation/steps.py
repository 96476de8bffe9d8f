"""A conversation as it stands, and the steps that can be taken in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field

from bot.domain.effects.conversation import Effect
from bot.domain.questions.answers import Answer
from bot.domain.value import ArbetslagId, PersonId, Value

State = Literal["open", "paused", "done", "closed"]


class Conversation(Value):
    """`at` is the path being asked; None when all is answered. `version` rises by one with each change.

    `together`: the respondent is an arbetslag, whoever of it writes (`scribe` wrote last).
    Answers are never taken away: one that does not apply now stays, and is not counted.
    """

    id: str
    pack: str
    pack_version: int
    respondent: PersonId | ArbetslagId
    together: bool
    scribe: PersonId | None = None
    answers: dict[str, Answer] = Field(default_factory=dict)
    state: State = "open"
    at: str | None = None
    version: int = 1


class Gave(NamedTuple):
    """Values pressed or words typed. In every step `by` did something at `at`, which is aware.

    `seen` is the version of the answer this person had before them (0: none). None means that
    whatever stands there is to be replaced.
    """

    at: datetime
    by: PersonId
    path: str
    values: tuple[str, ...]
    seen: int | None = None


class FilledIn(NamedTuple):
    """A whole page of the form at once, by path; `seen` as in `Gave`, by path."""

    at: datetime
    by: PersonId
    values: Mapping[str, tuple[str, ...]]
    seen: Mapping[str, int] | None = None


class SkippedQuestion(NamedTuple):
    at: datetime
    by: PersonId
    path: str


class DidNotKnow(NamedTuple):
    at: datetime
    by: PersonId
    path: str


class WentBack(NamedTuple):
    """`seen` is the path whose button was pressed; None when it is not known."""

    at: datetime
    by: PersonId
    seen: str | None = None


class Paused(NamedTuple):
    at: datetime
    by: PersonId


class Resumed(NamedTuple):
    """`seen` is the version of the conversation whose button was pressed; None when it is not known."""

    at: datetime
    by: PersonId
    seen: int | None = None


class TookPen(NamedTuple):
    at: datetime
    by: PersonId


class Confirmed(NamedTuple):
    at: datetime
    by: PersonId


class Closed(NamedTuple):
    at: datetime
    by: PersonId


ConversationStep = (
    Gave
    | FilledIn
    | SkippedQuestion
    | DidNotKnow
    | WentBack
    | Paused
    | Resumed
    | TookPen
    | Confirmed
    | Closed
)


class Turn(NamedTuple):
    conversation: Conversation
    effects: tuple[Effect, ...]

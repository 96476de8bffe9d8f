"""A conversation as it stands, and the steps that can be taken in it."""

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


class _Taken(Value):
    """Somebody did something. `at` is aware."""

    at: datetime
    by: PersonId


class Gave(_Taken):
    """Values pressed or words typed.

    `seen` is the version of the answer this person had before them (0: none). None means that
    whatever stands there is to be replaced.
    """

    path: str
    values: tuple[str, ...]
    seen: int | None = None


class FilledIn(_Taken):
    """A whole page of the form at once, by path; `seen` as in `Gave`, by path."""

    values: dict[str, tuple[str, ...]]
    seen: dict[str, int] | None = None


class SkippedQuestion(_Taken):
    path: str


class DidNotKnow(_Taken):
    path: str


class WentBack(_Taken):
    """`seen` is the path whose button was pressed; None when it is not known."""

    seen: str | None = None


class Paused(_Taken):
    pass


class Resumed(_Taken):
    """`seen` is the version of the conversation whose button was pressed; None when it is not known."""

    seen: int | None = None


class TookPen(_Taken):
    pass


class Confirmed(_Taken):
    pass


class Closed(_Taken):
    pass


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

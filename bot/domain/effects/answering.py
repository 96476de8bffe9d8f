"""What became of an answer, before it is worded."""

from datetime import datetime
from typing import Literal

from bot.domain.check_in import How, Standing
from bot.domain.privacy.guard import CaseKind, Kind
from bot.domain.value import Value


class SavedLine(Value):
    """One answered question as people read it."""

    question: str
    text: str


class AnswerSaved(Value):
    """The receipt. `masked` and `mended` say what is not as it was written.

    `since`: when the answer before a change was given, so that the change can be undone.
    """

    check_in: str
    how: Literal["new", "changed", "addition"]
    lines: tuple[SavedLine, ...]
    standing: Standing
    together: bool = False
    masked: tuple[Kind, ...] = ()
    mended: bool = False
    since: datetime | None = None


class RoundPassed(Value):
    """Somebody said that there is nothing to write, now or here."""

    check_in: str
    how: How
    arbetslag: str
    standing: Standing


class AnswerUndone(Value):
    check_in: str
    had_text: bool


class AnswerRestored(Value):
    check_in: str
    lines: tuple[SavedLine, ...]


class TogetherShown(Value):
    """What one wrote for all, in the round's thread, where all may change it and agree.

    `changed_at` is wall time as people read it ("15.20"), "" when nothing was changed.
    """

    check_in: str
    who: str
    arbetslag: str
    lines: tuple[SavedLine, ...]
    changed_at: str = ""
    state: Literal["open", "agreed", "withdrawn"] = "open"


class GuardedInChat(Value):
    """Words already in the chat held something; they were stored without it. `note` can be rewritten."""

    kinds: tuple[Kind, ...]
    note: str = ""


class CasePointedAway(Value):
    case: CaseKind


AnsweringEffect = (
    AnswerSaved
    | RoundPassed
    | AnswerUndone
    | AnswerRestored
    | TogetherShown
    | GuardedInChat
    | CasePointedAway
)

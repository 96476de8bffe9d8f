"""A note: one observation about the teaching and the group, never about a single child or pupil."""

from datetime import datetime, timedelta
from typing import Literal

from bot.domain.access import Written
from bot.domain.calendar.school_year import school_week
from bot.domain.value import ArbetslagId, PersonId, SchoolId, Value

Aspect = Literal["resultat", "process", "forutsattning"]
Sign = Literal["fungerar", "bekymrar", "neutral"]
Perspective = Literal["personal", "barn_elever", "vardnadshavare"]
NoteState = Literal["shared", "raised", "raised_read", "removed"]
"""`raised`: lifted to the rektor and not read yet, so it can be taken back."""

FIND_OUT = "-fraga-"
"""What tells the id of such a note from every other; it stands in notes that are kept."""

BIN_FOR = timedelta(days=30)
"""How long removed words can be had back; then they are forgotten."""


class Note(Value):
    """What one person wrote for one arbetslag; `version` rises with each change, and all are kept.

    `week` is ISO year × 100 + ISO week of the school's local day. `source` is the platform's reference
    to the chat message it was written in ("" for a form). An answer's note has the id that
    `answer_note_id` gives. `kept_reason` says why a false alarm was kept (DOMAIN C8).
    """

    id: str
    school: SchoolId
    arbetslag: ArbetslagId
    author: PersonId
    week: int
    text: str
    aspect: Aspect = "process"
    sign: Sign = "neutral"
    perspective: Perspective = "personal"
    group: str = ""
    link: str = ""
    question: str = ""
    check_in: str | None = None
    source: str = ""
    state: NoteState = "shared"
    kept_reason: str = ""
    created_at: datetime
    version: int = 1

    @property
    def written(self) -> Written:
        """Who wrote it where, for `bot.domain.access`."""
        return Written(author=self.author, arbetslag=self.arbetslag, school=self.school)


class NoteVersion(Value):
    """How a note stood from `at`, and who made it so; `marks` is all of it but its words, by field."""

    version: int
    text: str
    marks: dict[str, str]
    state: NoteState
    by: PersonId
    at: datetime


def answer_note_id(conversation: str, path: str) -> str:
    """The id of the note that the answer at `path` becomes: one answer, one note."""
    return f"{conversation}~{path}"


def answer_of(note: str) -> tuple[str, str] | None:
    """The conversation and path of the answer that a note's id comes from; None when it was no answer."""
    conversation, given, path = note.partition("~")
    return (conversation, path) if given else None


def find_out_note_id(analysis: str, number: int, version: int) -> str:
    """The id of the note that is left to find out about a cause, in each version of it that says so anew."""
    return f"{analysis}{FIND_OUT}{number}-{version}"


def is_to_find_out(note: str) -> bool:
    """Whether a note, by its id, is no sign of how it goes but what an orsaksanalys left to find out."""
    return FIND_OUT in note


def week_number(local: datetime) -> int:
    """The school year week a local moment lies in, as ISO year × 100 + ISO week."""
    year, week = school_week(local.date())
    return year * 100 + week

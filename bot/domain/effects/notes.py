"""What became of a note, before it is worded."""

from typing import Literal

from bot.domain.notes import Note
from bot.domain.privacy.guard import Kind
from bot.domain.value import Value


class NoteSaved(Value):
    """Words from a thread or a direct message became a note. `late`: the round was closed."""

    note: Note
    late: bool = False
    masked: tuple[Kind, ...] = ()
    mended: bool = False


class NoteChanged(Value):
    note: Note
    masked: tuple[Kind, ...] = ()
    mended: bool = False


class NoteFollowed(Value):
    """The message in the chat was changed or removed, or came `back`, and the note with it."""

    note: Note
    back: bool = False


class NoteUndone(Value):
    """`what`: a new note went to the bin, or a change was taken back."""

    note: Note
    what: Literal["removed", "reverted"]


class NoteRestored(Value):
    note: Note


class RaiseAsked(Value):
    """The exact text that will go to the rektor, before it goes. `as_of` is the version shown."""

    note: Note
    arbetslag: str


class RaiseTold(Value):
    """To the author: it is on its way."""

    note: Note


class RaisedForRektor(Value):
    """To the rektor. `changed_at` is wall time when the text was changed after it was raised."""

    note: Note
    arbetslag: str
    changed_at: str = ""
    read: bool = False


class RaiseTakenBack(Value):
    """To the rektor, in place of what was raised."""

    arbetslag: str


class WordsOffered(Value):
    """Direct words that belong to nothing: they can become a note.

    `teams` are the ids and names of the arbetslag to choose among; none where there is no choice. `asks`:
    they were rather a question to the bot.
    """

    note: str
    teams: tuple[tuple[str, str], ...] = ()
    asks: bool = False


NotesEffect = (
    NoteSaved
    | NoteChanged
    | NoteFollowed
    | NoteUndone
    | NoteRestored
    | RaiseAsked
    | RaiseTold
    | RaisedForRektor
    | RaiseTakenBack
    | WordsOffered
)

"""Notes: kept, changed, removed, raised."""

from datetime import UTC, datetime

from bot.domain.effects.notes import (
    NoteChanged,
    NoteFollowed,
    NoteRestored,
    NoteSaved,
    NotesEffect,
    NoteUndone,
    RaiseAsked,
    RaisedForRektor,
    RaiseTakenBack,
    RaiseTold,
    WordsOffered,
)
from bot.domain.notes import Note
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from bot.messages.gallery.base import Example
from bot.messages.model import Message, Small
from bot.messages.phrasing.note_form import NotePage, note_form
from bot.messages.phrasing.notes import kept_in, phrase, unsaved
from bot.messages.phrasing.raising import which_form
from bot.messages.texts import Texts, fill

TEAM = "Arbetslag 4–6"
NOTE = Note(
    id="01a2087dec80000000000001",
    school=SchoolId("bjorkskolan"),
    arbetslag=ArbetslagId("arbetslag-4-6"),
    author=PersonId("lena"),
    week=202648,
    text="Halvklass i matematik gav mer samtal.",
    created_at=datetime(2026, 11, 23, 13, 0, tzinfo=UTC),
)
ASKED = NOTE.model_copy(update={"id": f"{NOTE.id[:-1]}2", "question": "Vad skulle behöva ändras?"})
GONE = NOTE.model_copy(update={"state": "removed"})


TEAMS = ((NOTE.arbetslag, TEAM), ("fritids", "Fritids Eken"))
LONG_TEAMS = ((NOTE.arbetslag, "Arbetslag årskurs 4–6"), ("f-3", "Arbetslag årskurs F–3"))


def _said(name: str, effect: NotesEffect) -> Example:
    return Example(f"notes/{name}", lambda texts: phrase(effect, texts))


def _line(name: str, **values: str) -> Example:
    return Example(f"notes/{name}", lambda texts: Message(title=fill(getattr(texts.notes, name), **values)))


def _help(texts: Texts) -> Message:
    return Message(title=texts.notes.direct_help, blocks=(Small(text=texts.notes.direct_hint),))


EXAMPLES = (
    _said("saved", NoteSaved(note=NOTE)),
    _said("saved_late", NoteSaved(note=NOTE, late=True, masked=("namn",), mended=True)),
    _said("changed", NoteChanged(note=NOTE)),
    _said("followed", NoteFollowed(note=NOTE)),
    _said("followed_away", NoteFollowed(note=GONE)),
    _said("followed_back", NoteFollowed(note=NOTE, back=True)),
    _said("undone", NoteUndone(note=GONE, what="removed")),
    _said("reverted", NoteUndone(note=NOTE, what="reverted")),
    _said("restored", NoteRestored(note=NOTE)),
    _said("raise_asked", RaiseAsked(note=ASKED, arbetslag=TEAM)),
    _said("raise_told", RaiseTold(note=NOTE)),
    _said("raised_for_rektor", RaisedForRektor(note=ASKED, arbetslag=TEAM)),
    _said("raised_changed", RaisedForRektor(note=NOTE, arbetslag=TEAM, changed_at="15.20")),
    _said("raised_read", RaisedForRektor(note=NOTE, arbetslag=TEAM, read=True)),
    _said("raise_taken_back", RaiseTakenBack(arbetslag=TEAM)),
    _said("words_offered", WordsOffered(note=NOTE.id)),
    _said("words_offered_asked", WordsOffered(note=NOTE.id, asks=True)),
    _said("words_offered_where", WordsOffered(note=NOTE.id, teams=TEAMS)),
    _said("words_offered_by_number", WordsOffered(note=NOTE.id, teams=LONG_TEAMS)),
    Example("notes/words_kept_in", lambda texts: kept_in(NOTE, TEAM, texts)),
    Example("notes/direct_unsaved", lambda texts: unsaved(texts.notes.direct_unsaved, texts)),
    Example("notes/direct_help", _help),
    Example("notes/form", lambda texts: note_form(NotePage(note=NOTE), texts)),
    Example(
        "notes/form_two_at_once",
        lambda texts: note_form(
            NotePage(
                note=NOTE,
                values={"text": ("Halvklass gav lugn.",)},
                errors={"text": texts.notes.at_once_field},
                someone="Sara Lind",
            ),
            texts,
        ),
    ),
    Example("notes/raise_which", lambda texts: which_form((NOTE, ASKED), "answer:1", texts)),
    _line("not_in_arbetslag", arbetslag=TEAM),
    _line("too_long_here", longest="10 000"),
    _line("read_already", day="måndag 23 november"),
    *(
        _line(name)
        for name in (
            "empty",
            "gone",
            "not_yours",
            "undo_late",
            "undo_nothing",
            "restore_late",
            "raise_changed",
            "taken_back",
            "already_raised",
            "not_raised",
            "nothing_to_raise",
            "no_rektor",
            "marked_read",
        )
    ),
)

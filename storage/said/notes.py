"""Notes and every version of them; what is removed stays in the bin until it is purged."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.sql import ColumnElement

from bot.domain.notes import Note, NoteVersion, answer_note_id
from bot.domain.value import ArbetslagId, PersonId, SchoolId
from storage.moments import from_text, to_text
from storage.tables import note as notes
from storage.tables import note_version as versions
from storage.unit import UnitOfWork

READABLE = ("shared", "raised", "raised_read")
MARKS = ("aspect", "sign", "perspective", "group", "link", "kept_reason")


def add_note(unit: UnitOfWork, note: Note) -> None:
    """Save a new note as its version 1."""
    _keep(unit, note, by=note.author, at=note.created_at, was=None)


def change_note(unit: UnitOfWork, before: Note, by: PersonId, at: datetime, **changes: object) -> Note:
    """Save a note's next version and return it. Raises `StaleVersion` at flush if it was changed since."""
    note = Note.model_validate({**before.model_dump(), **changes, "version": before.version + 1})
    _keep(unit, note, by=by, at=at, was=before.version)
    return note


def remove_note(unit: UnitOfWork, note: Note, by: PersonId, at: datetime) -> Note:
    """Put a note in the bin."""
    return change_note(unit, note, by, at, state="removed")


def restore_note(unit: UnitOfWork, note: Note, by: PersonId, at: datetime) -> Note:
    """Take a note out of the bin."""
    return change_note(unit, note, by, at, state="shared")


def was_taken_back(unit: UnitOfWork, note: Note) -> bool:
    """Whether it was removed by whoever wrote the words, when somebody else saved them."""
    return note.state == "removed" and versions_of(unit, note.id)[-1].by != note.author


def load_note(unit: UnitOfWork, key: str) -> Note | None:
    """Read one note, whatever its state; what this unit has saved is known without asking."""
    seen: Note | None = unit.seen.get(("note", key))
    if seen is None:
        row = unit.look(select(notes).where(notes.c.id == key))
        if row is None:
            return None
        seen = _note(row)
        unit.seen["note", key] = seen
    return seen


def notes_from(unit: UnitOfWork, source: str, arbetslag: ArbetslagId) -> tuple[Note, ...]:
    """The notes an arbetslag wrote in one chat message, whatever their state; "" is no message."""
    return () if not source else _all(unit, notes.c.source == source, notes.c.arbetslag_id == arbetslag)


def notes_by_source(unit: UnitOfWork, source: str, author: PersonId) -> tuple[Note, ...]:
    """The notes a person wrote in one chat message, whatever their state; "" is no message."""
    return () if not source else _all(unit, notes.c.source == source, notes.c.author_id == author)


def notes_of_answer(unit: UnitOfWork, check_in: str, conversation: str) -> dict[str, Note]:
    """The notes that the answers of one conversation became, whatever their state, by id."""
    begins = answer_note_id(conversation, "")
    found = _all(unit, notes.c.check_in_id == check_in)
    return {note.id: note for note in found if note.id.startswith(begins)}


def notes_of_check_in(unit: UnitOfWork, check_in: str) -> tuple[Note, ...]:
    """The readable notes of one round, oldest first."""
    return _all(unit, notes.c.check_in_id == check_in, notes.c.state.in_(READABLE))


def versions_of(unit: UnitOfWork, note: str) -> tuple[NoteVersion, ...]:
    """Every version of a note, the first first."""
    rows = unit.rows(select(versions).where(versions.c.note_id == note).order_by(versions.c.version))
    return tuple(
        NoteVersion(
            version=row["version"],
            text=row["text"],
            marks=json.loads(row["marks"]),
            state=row["state"],
            by=PersonId(row["by"]),
            at=from_text(row["at"]),
        )
        for row in rows
    )


def _all(unit: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Note, ...]:
    rows = unit.rows(select(notes).where(*conditions).order_by(notes.c.created_at, notes.c.id))
    return tuple(_note(row) for row in rows)


def _keep(unit: UnitOfWork, note: Note, *, by: PersonId, at: datetime, was: int | None) -> None:
    unit.seen["note", note.id] = note
    unit.keep(notes, _row(note), was=was)
    unit.add(
        versions,
        {
            "note_id": note.id,
            "version": note.version,
            "text": note.text,
            "marks": json.dumps({name: getattr(note, name) for name in MARKS}, ensure_ascii=False),
            "state": note.state,
            "by": by,
            "at": to_text(at),
        },
    )


def _row(note: Note) -> dict[str, object]:
    return {
        "id": note.id,
        "school_id": note.school,
        "week": note.week,
        "arbetslag_id": note.arbetslag,
        "author_id": note.author,
        "aspect": note.aspect,
        "sign": note.sign,
        "perspective": note.perspective,
        "group_label": note.group,
        "link": note.link,
        "text": note.text,
        "question": note.question,
        "check_in_id": note.check_in,
        "source": note.source,
        "state": note.state,
        "kept_reason": note.kept_reason,
        "created_at": to_text(note.created_at),
        "version": note.version,
    }


def _note(row: RowMapping) -> Note:
    return Note(
        id=row["id"],
        school=SchoolId(row["school_id"]),
        arbetslag=ArbetslagId(row["arbetslag_id"]),
        author=PersonId(row["author_id"]),
        week=row["week"],
        text=row["text"],
        aspect=row["aspect"],
        sign=row["sign"],
        perspective=row["perspective"],
        group=row["group_label"],
        link=row["link"],
        question=row["question"],
        check_in=row["check_in_id"],
        source=row["source"],
        state=row["state"],
        kept_reason=row["kept_reason"],
        created_at=from_text(row["created_at"]),
        version=row["version"],
    )

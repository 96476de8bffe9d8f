"""Words in a round's thread become a note; what happens to the message happens to the note."""

from collections.abc import Iterable

from bot.domain.access import may
from bot.domain.effects.notes import NoteFollowed, NoteSaved
from bot.domain.events import Rewritten
from bot.domain.notes import Note, NoteVersion, week_number
from bot.domain.privacy.free_text import clean
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.messages.model import Quiet, Response, Say
from bot.messages.phrasing.notes import phrase
from bot.messages.texts import fill
from handlers.answering.rounds import Round, round_of
from handlers.answering.taking_part import follow
from handlers.notes import guard, raising
from handlers.notes.binned import why_not_restored
from handlers.scene import Scene, say
from storage.moments import new_id
from storage.said.notes import (
    add_note,
    change_note,
    notes_by_source,
    notes_from,
    remove_note,
    restore_note,
    versions_of,
)


def in_thread(scene: Scene, check_in: str, text: str) -> Response:
    """A reply in the thread of a round: saved masked, with a private receipt."""
    asked = round_of(scene, check_in)
    if asked is None:
        return say(scene.texts.answering.round_gone)
    if not may(scene.me, "answer", asked.team):
        return say(fill(scene.texts.notes.not_in_arbetslag, arbetslag=asked.team.name))
    if notes_from(scene.unit, scene.reference, asked.team.id):
        return Quiet()  # an edit of these words came before them, and is newer
    if len(text) > LONGEST_ANSWER:
        return say(fill(scene.texts.notes.too_long_here, longest=LONGEST_ANSWER))
    heard = guard.hear(text)
    if heard.case:
        return guard.point_away(scene, heard.case, asked.subject)
    return _save(scene, asked, heard) if heard.text else Quiet()


def _save(scene: Scene, asked: Round, heard: guard.Heard) -> Response:
    note = Note(
        id=new_id(scene.at),
        school=asked.check_in.school,
        arbetslag=asked.team.id,
        author=scene.me.id,
        week=week_number(scene.calendar.local(scene.at)),
        text=heard.text,
        check_in=asked.check_in.id,
        source=scene.reference,
        created_at=scene.at,
    )
    add_note(scene.unit, note)
    follow(scene, note)
    if heard.kinds:
        guard.tell_author(scene, heard.kinds, key=f"{scene.event_id}", note=note.id)
    late = asked.check_in.state == "closed"
    told = NoteSaved(note=note, late=late, masked=heard.kinds, mended=heard.mended)
    return Say(message=phrase(told, scene.texts))


def rewritten(scene: Scene, event: Rewritten, check_in: str | None) -> Response:
    """A message was changed or removed in the chat. The newest wins, in whatever order they come.

    `check_in` is the round whose thread it stands in, when it is known: an edit that came before its
    original is kept there, and the original is then passed by.
    """
    notes = notes_by_source(scene.unit, event.reference, scene.me.id)
    if notes:
        return _follow(scene, notes[0], event)
    asked = round_of(scene, check_in) if check_in else None
    if asked is None or not may(scene.me, "answer", asked.team):
        return Quiet()
    if notes_from(scene.unit, event.reference, asked.team.id):
        return Quiet()  # somebody else's words
    if event.text is not None:
        return in_thread(scene, asked.check_in.id, event.text)
    add_note(scene.unit, _never_read(scene, asked))
    return Quiet()


def _follow(scene: Scene, note: Note, event: Rewritten) -> Response:
    if not may(scene.me, "edit_note", note.written):
        return Quiet()
    versions = versions_of(scene.unit, note.id)
    if versions[-1].at > scene.at:
        return Quiet()
    text, back = clean(event.text or ""), event.back and not _only_offered(note, versions)
    unread = note.state == "removed" and note.version == 1
    if back and text and not unread:
        return _brought_back(scene, note)
    if not text:
        if note.state == "removed":
            return Quiet()
        raising.withdraw_if_raised(scene, note)
        removed = remove_note(scene.unit, note, scene.me.id, scene.at)
        follow(scene, removed)
        return Say(message=phrase(NoteFollowed(note=removed), scene.texts))
    if len(text) > LONGEST_ANSWER:
        return say(fill(scene.texts.notes.too_long_here, longest=LONGEST_ANSWER))
    heard = guard.hear(text)
    if heard.case:
        return guard.point_away(scene, heard.case, f"note:{note.id}")
    if note.text in {heard.text, text}:
        return Quiet()
    state = "shared" if back else note.state
    new = {"text": heard.text, "kept_reason": "", "state": state}
    changed = change_note(scene.unit, note, scene.me.id, scene.at, **new)
    if changed.state == "removed":
        return Quiet()  # in the bin it waits with the newest words, should it be wanted back
    follow(scene, changed)
    raising.refresh_if_raised(scene, changed)
    if heard.kinds:
        guard.tell_author(scene, heard.kinds, key=f"{scene.event_id}", note=note.id)
    return Say(message=phrase(NoteFollowed(note=changed, back=back), scene.texts))


def _only_offered(note: Note, versions: Iterable[NoteVersion]) -> bool:
    """Whether it was never a note: words outside every question wait in the bin until they are wanted."""
    return not note.check_in and all(one.state == "removed" for one in versions)


def _brought_back(scene: Scene, note: Note) -> Response:
    """What became of the message becomes of the note, where *Återställ* would bring that back too."""
    if note.state != "removed":
        change_note(scene.unit, note, scene.me.id, scene.at)  # its removal may still come, and is older
        return Quiet()
    if stays := why_not_restored(scene, note):
        return stays
    restored = restore_note(scene.unit, note, scene.me.id, scene.at)
    follow(scene, restored)
    return Say(message=phrase(NoteFollowed(note=restored, back=True), scene.texts))


def _never_read(scene: Scene, asked: Round) -> Note:
    """A mark that a message was removed before it reached us: no words, so nothing comes back."""
    return Note(
        id=new_id(scene.at),
        school=asked.check_in.school,
        arbetslag=asked.team.id,
        author=scene.me.id,
        week=week_number(scene.calendar.local(scene.at)),
        text="",
        check_in=asked.check_in.id,
        source=scene.reference,
        state="removed",
        created_at=scene.at,
    )

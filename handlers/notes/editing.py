"""A note of one's own, changed at any time: its words and what they are about."""

from typing import get_args

from bot.domain.access import may
from bot.domain.effects.notes import NoteChanged
from bot.domain.notes import Aspect, Note, Perspective, Sign, answer_of
from bot.domain.privacy.free_text import clean
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.messages.model import Open, Response, Say
from bot.messages.phrasing.note_form import LONGEST_GROUP, NotePage, note_form
from bot.messages.phrasing.notes import phrase
from bot.messages.texts import Texts
from bot.messages.tokens import Token
from handlers.answering import buttons as answering
from handlers.answering.taking_part import follow
from handlers.notes import guard, raising
from handlers.notes.binned import why_not_restored
from handlers.scene import Forms, Presses, Scene, Values, say
from storage.said.notes import change_note, load_note, versions_of

LONGEST = {"text": LONGEST_ANSWER, "group": LONGEST_GROUP}
MARKS = {"aspect": get_args(Aspect), "sign": get_args(Sign), "perspective": get_args(Perspective)}


def edit(scene: Scene, token: Token) -> Response:
    """`edit_note`: the form of one note; a note that is an answer is changed where it was answered."""
    note = _own(scene, token)
    if not isinstance(note, Note):
        return note
    if answer_of(note.id) and note.check_in:
        return answering.answer(scene, Token(verb="answer", subject=note.check_in))
    return Open(form=note_form(NotePage(note=note), scene.texts))


def submitted(scene: Scene, token: Token, values: Values) -> Response:
    """`edit_note_form`: guarded, and never over a version that was not seen."""
    note = _own(scene, token)
    if not isinstance(note, Note):
        return note
    given = {key: tuple(map(clean, value)) for key, value in values.items()}
    known = {"text": note.text, "group": note.group}
    screened = guard.screen(scene, values, ("text", "group"), f"note:{note.id}", known)
    errors = dict(screened.errors)
    if not any(given.get("text", ())):
        errors["text"] = scene.texts.notes.empty
    errors |= too_long(given, scene.texts)
    someone, mine = "", False
    if token.argument != str(note.version):
        last = versions_of(scene.unit, note.id)[-1]
        person = scene.roster.persons.get(last.by)
        someone, mine = person.name if person else "", last.by == scene.me.id
        errors.setdefault("text", scene.texts.notes.at_once_field)
    if errors:
        page = NotePage(note, given, errors, screened.extra, someone, mine)
        return Open(form=note_form(page, scene.texts))
    return _keep(scene, note, given, screened)


def too_long(given: Values, texts: Texts) -> dict[str, str]:
    """Say which of a note's fields must be shorter."""
    over = (key for key, longest in LONGEST.items() if sum(map(len, given.get(key, ()))) > longest)
    return dict.fromkeys(over, texts.forms.reasons["too_long"])


def _keep(scene: Scene, note: Note, given: dict[str, tuple[str, ...]], screened: guard.Screened) -> Response:
    marks = {key: value for key in MARKS if (value := "".join(given.get(key, ()))) in MARKS[key]}
    changed = change_note(
        scene.unit,
        note,
        scene.me.id,
        scene.at,
        text=screened.texts["text"],
        group=screened.texts["group"],
        kept_reason=_reason(note, screened),
        state="shared" if note.state == "removed" else note.state,
        **marks,
    )
    follow(scene, changed)
    raising.refresh_if_raised(scene, changed)
    told = NoteChanged(note=changed, masked=tuple(screened.masked), mended=screened.mended)
    return Say(message=phrase(told, scene.texts))


def _reason(note: Note, screened: guard.Screened) -> str:
    """Why a false alarm was kept; the old reason follows the old words."""
    kept = "; ".join(screened.reasons.values())
    return kept or (note.kept_reason if screened.texts["text"] == note.text else "")


def _own(scene: Scene, token: Token) -> Note | Response:
    note = load_note(scene.unit, token.subject)
    if note is None:
        return say(scene.texts.notes.gone)
    if not may(scene.me, "edit_note", note.written):
        return say(scene.texts.notes.not_yours)
    return why_not_restored(scene, note) or note


PRESSES: Presses = {"edit_note": edit}
FORMS: Forms = {"edit_note_form": submitted}

"""*Ångra* within ten minutes, *Återställ* within thirty days; what can be undone says so by its kind."""

from datetime import datetime

from bot.domain.access import may
from bot.domain.check_in import Participation
from bot.domain.check_in_round import UNDO_FOR
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.steps import State
from bot.domain.effects.answering import AnswerRestored, AnswerUndone
from bot.domain.effects.notes import NoteRestored, NoteUndone
from bot.domain.notes import Note
from bot.domain.questions.answers import Answer
from bot.messages.model import Response, Say
from bot.messages.phrasing import answering as answers_said
from bot.messages.phrasing import notes as notes_said
from bot.messages.tokens import Token
from handlers.answering.rounds import Round, claimed_round, dialogue_of, lines_of, my_part
from handlers.answering.saving import show_together, sync_notes
from handlers.answering.taking_part import follow, has_answer, has_words, took_no_part, took_part
from handlers.notes import raising
from handlers.notes.binned import is_forgotten, why_not_restored
from handlers.scene import OnPress, Presses, Scene, say
from storage.asked import conversations
from storage.asked.answering import answer_history, kept_reasons, latest_answers
from storage.asked.check_ins import participations, take_part
from storage.said.notes import (
    change_note,
    load_note,
    notes_of_answer,
    remove_note,
    restore_note,
    versions_of,
)


def undo(scene: Scene, token: Token) -> Response:
    """`undo`: the kind before the colon says what."""
    kind, _, _ = token.subject.partition(":")
    on_undo = UNDO.get(kind)
    return on_undo(scene, token) if on_undo else say(scene.texts.common.forged)


def restore(scene: Scene, token: Token) -> Response:
    """`restore`: out of the bin again."""
    kind, _, _ = token.subject.partition(":")
    on_restore = RESTORE.get(kind)
    return on_restore(scene, token) if on_restore else say(scene.texts.common.forged)


def _undo_answer(scene: Scene, token: Token) -> Response:
    """A whole answer is taken back, or, with the moment of the one before, only its last change."""
    asked = claimed_round(scene, token.subject.partition(":")[2])
    if isinstance(asked, Say):
        return asked
    dialogue, was = dialogue_of(scene, asked)
    mine = my_part(scene, asked)
    if mine is None or mine.how != "answered" or was is None:
        return say(scene.texts.answering.undo_nothing)
    if scene.at - mine.at > UNDO_FOR:
        return say(scene.texts.answering.undo_late)
    since = _moment(token.argument)
    if since is not None:
        undoable = since < mine.at
        return (
            _undo_change(scene, asked, dialogue, since)
            if undoable
            else say(scene.texts.answering.undo_nothing)
        )
    if asked.together and _others_answered(scene, asked):
        return say(scene.texts.answering.undo_shared)
    notes = notes_of_answer(scene.unit, asked.check_in.id, dialogue.id).values()
    for note in notes:
        if note.state != "removed" and note.author == scene.me.id:
            raising.withdraw_if_raised(scene, note)
            remove_note(scene.unit, note, scene.me.id, scene.at)
    if not has_words(scene, asked):
        took_no_part(scene, asked)
    if asked.together:
        show_together(scene, asked, _with_answers(scene, dialogue, {}), withdrawn=True)
    else:
        _in_state(scene, dialogue, "closed")
    told = AnswerUndone(check_in=asked.check_in.id, had_text=True)
    return Say(message=answers_said.phrase(told, scene.texts))


def _undo_change(scene: Scene, asked: Round, dialogue: Dialogue, since: datetime) -> Response:
    """Put back every answer of this person's that was given after `since`."""
    conversation = dialogue.conversation
    answers, put_back = dict(conversation.answers), dict[str, Answer]()
    for path, answer in conversation.answers.items():
        if answer.by != scene.me.id or answer.at <= since:
            continue
        given = reversed(answer_history(scene.unit, dialogue.id, path))
        stood = next((one for one in given if one.by != scene.me.id or one.at <= since), None)
        if stood is None:
            del answers[path]
            continue
        put_back[path] = stood
        answers[path] = _again(scene, stood, answer.version + 1)
        conversations.record_answer(scene.unit, dialogue.id, path, answers[path])
    if answers == conversation.answers:
        return say(scene.texts.answering.undo_nothing)
    dialogue = _with_answers(scene, dialogue, answers)
    changed = dialogue.conversation
    take_part(scene.unit, asked.check_in.id, Participation(person=scene.me.id, how="answered", at=since))
    sync_notes(scene, asked, dialogue, kept_reasons(scene.unit, dialogue.id, put_back))
    if not (has_words(scene, asked) or has_answer(scene, asked)):
        took_no_part(scene, asked)
    if asked.together:
        show_together(scene, asked, dialogue, changed=True, withdrawn=not answers)
    said = scene.texts.answering.undo_changed
    told = answers_said.phrase(
        AnswerRestored(check_in=asked.check_in.id, lines=lines_of(changed, asked.own)), scene.texts
    )
    return Say(message=told.model_copy(update={"title": said}))


def _with_answers(scene: Scene, dialogue: Dialogue, answers: dict[str, Answer]) -> Dialogue:
    return _changed(scene, dialogue, {"answers": answers})


def _in_state(scene: Scene, dialogue: Dialogue, state: State) -> Dialogue:
    """An answer of one's own that is undone is closed, so that nobody takes it for one that stands."""
    return _changed(scene, dialogue, {"state": state})


def _changed(scene: Scene, dialogue: Dialogue, changes: dict[str, object]) -> Dialogue:
    before = dialogue.conversation
    now = before.model_copy(update={**changes, "version": before.version + 1})
    changed = dialogue.model_copy(update={"conversation": now})
    conversations.save(scene.unit, changed, was=before.version)
    return changed


def _others_answered(scene: Scene, asked: Round) -> bool:
    took = participations(scene.unit, asked.check_in.id)
    return any(one.how == "answered" and one.person != scene.me.id for one in took)


def _again(scene: Scene, before: Answer, version: int) -> Answer:
    return before.model_copy(update={"at": scene.at, "by": scene.me.id, "version": version})


def _undo_passed(scene: Scene, token: Token) -> Response:
    """*Inget nytt* and its siblings: as if the button was never pressed."""
    asked = claimed_round(scene, token.subject.partition(":")[2])
    if isinstance(asked, Say):
        return asked
    mine = my_part(scene, asked)
    if mine is None or mine.how == "answered":
        return say(scene.texts.answering.undo_nothing)
    if scene.at - mine.at > UNDO_FOR:
        return say(scene.texts.answering.undo_late)
    took_no_part(scene, asked)
    told = AnswerUndone(check_in=asked.check_in.id, had_text=False)
    return Say(message=answers_said.phrase(told, scene.texts))


def _undo_note(scene: Scene, token: Token) -> Response:
    """A note of one's own: a new one goes to the bin, a changed one stands as before."""
    note = _own_note(scene, token)
    if not isinstance(note, Note):
        return note
    if note.state == "removed" or token.argument != str(note.version):
        return say(scene.texts.notes.undo_nothing)
    versions = versions_of(scene.unit, note.id)
    if scene.at - versions[-1].at > UNDO_FOR:
        return say(scene.texts.notes.undo_late)
    if len(versions) == 1 or versions[-2].state == "removed":
        raising.withdraw_if_raised(scene, note)
        removed = remove_note(scene.unit, note, scene.me.id, scene.at)
        follow(scene, removed)
        told = NoteUndone(note=removed, what="removed")
    else:
        before = versions[-2]
        reverted = change_note(scene.unit, note, scene.me.id, scene.at, text=before.text, **before.marks)
        raising.refresh_if_raised(scene, reverted)
        told = NoteUndone(note=reverted, what="reverted")
    return Say(message=notes_said.phrase(told, scene.texts))


def _restore_note(scene: Scene, token: Token) -> Response:
    note = _own_note(scene, token)
    if not isinstance(note, Note):
        return note
    if note.state != "removed":
        return Say(message=notes_said.phrase(NoteRestored(note=note), scene.texts))
    if stays := why_not_restored(scene, note):
        return stays
    restored = restore_note(scene.unit, note, scene.me.id, scene.at)
    follow(scene, restored)
    return Say(message=notes_said.phrase(NoteRestored(note=restored), scene.texts))


def _restore_answer(scene: Scene, token: Token) -> Response:
    asked = claimed_round(scene, token.subject.partition(":")[2])
    if isinstance(asked, Say):
        return asked
    dialogue, was = dialogue_of(scene, asked)
    notes = notes_of_answer(scene.unit, asked.check_in.id, dialogue.id).values()
    removed = [note for note in notes if note.state == "removed"]
    if was is None or (removed and all(is_forgotten(scene, note) for note in removed)):
        return say(scene.texts.answering.restore_late)
    if asked.together and not dialogue.conversation.answers:
        given = latest_answers(scene.unit, dialogue.id, scene.me.id)
        put_back = {path: _again(scene, answer, answer.version + 1) for path, answer in given.items()}
        dialogue = _with_answers(scene, dialogue, put_back)
    elif not asked.together and dialogue.conversation.state == "closed":
        dialogue = _in_state(scene, dialogue, "done")
    sync_notes(scene, asked, dialogue, {})
    took_part(scene, asked)
    if asked.together:
        show_together(scene, asked, dialogue)
    told = AnswerRestored(check_in=asked.check_in.id, lines=lines_of(dialogue.conversation, asked.own))
    return Say(message=answers_said.phrase(told, scene.texts))


def _own_note(scene: Scene, token: Token) -> Note | Response:
    note = load_note(scene.unit, token.subject.partition(":")[2])
    if note is None:
        return say(scene.texts.notes.gone)
    return note if may(scene.me, "edit_note", note.written) else say(scene.texts.notes.not_yours)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


UNDO: dict[str, OnPress] = {"answer": _undo_answer, "passed": _undo_passed, "note": _undo_note}
RESTORE: dict[str, OnPress] = {"answer": _restore_answer, "note": _restore_note}
PRESSES: Presses = {"undo": undo, "restore": restore}

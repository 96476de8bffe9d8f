"""An answer is complete: its notes, who took part, what the channel shows, and the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from bot.domain.check_in import Participation, anchor_key
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.effects.answering import AnswerSaved, TogetherShown
from bot.domain.note_making import Draft, drafts
from bot.domain.notes import Aspect, Note, Sign, answer_note_id, week_number
from bot.domain.privacy.guard import Kind
from bot.messages.model import Message
from bot.messages.phrasing.answering import phrase
from handlers.answering.rounds import Round, lines_of, my_part, standing_now
from handlers.answering.taking_part import took_part
from handlers.notes import raising
from handlers.scene import Scene
from storage.asked.answering import kept_reasons
from storage.post.outbox import Promised, promise, reference_of
from storage.said.notes import add_note, change_note, notes_of_answer, remove_note


@dataclass(frozen=True)
class Told:
    """What the guard did to the words on their way in."""

    masked: Sequence[Kind] = ()
    mended: bool = False


def finish(scene: Scene, asked: Round, dialogue: Dialogue, told: Told = Told()) -> Message:
    """Keep what a complete answer means, and word the receipt."""
    part = my_part(scene, asked)
    before = part if part is not None and part.how == "answered" else None
    reasons = kept_reasons(scene.unit, dialogue.id, dialogue.conversation.answers)
    sync_notes(scene, asked, dialogue, reasons)
    took_part(scene, asked)
    if asked.together:
        show_together(scene, asked, dialogue, changed=before is not None or _others_wrote(dialogue))
    return receipt(scene, asked, dialogue, before, told)


def receipt(
    scene: Scene, asked: Round, dialogue: Dialogue, before: Participation | None, told: Told
) -> Message:
    """Word what is kept; `before` is how this person had answered already."""
    closed = asked.check_in.state == "closed"
    return phrase(
        AnswerSaved(
            check_in=asked.check_in.id,
            how="changed" if before else "addition" if closed else "new",
            since=before.at if before else None,
            lines=lines_of(dialogue.conversation, asked.own),
            standing=standing_now(scene, asked),
            together=asked.together,
            masked=tuple(told.masked),
            mended=told.mended,
        ),
        scene.texts,
    )


def sync_notes(scene: Scene, asked: Round, dialogue: Dialogue, reasons: Mapping[str, str]) -> None:
    """Let the notes say what the answers say: new ones added, changed ones versioned, the rest removed."""
    conversation = dialogue.conversation
    known = notes_of_answer(scene.unit, asked.check_in.id, dialogue.id)
    for draft in drafts(asked.pack, conversation.answers):
        key = answer_note_id(dialogue.id, draft.path)
        note = known.pop(key, None)
        if note is None:
            add_note(scene.unit, _note(scene, asked, key, draft, reasons.get(draft.path, "")))
        else:
            _bring_up_to_date(scene, note, draft, reasons.get(draft.path))
    for left in known.values():
        if left.state != "removed":
            raising.withdraw_if_raised(scene, left)
            remove_note(scene.unit, left, scene.me.id, scene.at)


def _note(scene: Scene, asked: Round, key: str, draft: Draft, reason: str) -> Note:
    return Note(
        id=key,
        school=asked.check_in.school,
        arbetslag=asked.team.id,
        author=draft.by,
        week=week_number(scene.calendar.local(scene.at)),
        text=draft.text,
        aspect=cast("Aspect", draft.aspect),
        sign=cast("Sign", draft.sign),
        perspective=draft.perspective,
        group=draft.group,
        link=draft.link,
        question=draft.question,
        check_in=asked.check_in.id,
        kept_reason=reason,
        created_at=scene.at,
    )


def _bring_up_to_date(scene: Scene, note: Note, draft: Draft, reason: str | None) -> None:
    wanted = {
        "text": draft.text,
        "perspective": draft.perspective,
        "group": draft.group,
        "link": draft.link,
        "state": "shared" if note.state == "removed" else note.state,
    }
    if note.text != draft.text:
        wanted["kept_reason"] = reason or ""
    if any(getattr(note, name) != value for name, value in wanted.items()):
        changed = change_note(scene.unit, note, scene.me.id, scene.at, **wanted)
        raising.refresh_if_raised(scene, changed)


def show_together(
    scene: Scene, asked: Round, dialogue: Dialogue, *, changed: bool = False, withdrawn: bool = False
) -> None:
    """In the round's thread: what one wrote for all, where all may change it and agree."""
    conversation = dialogue.conversation
    state = "withdrawn" if withdrawn else "agreed" if conversation.state == "done" else "open"
    writer = scene.roster.persons.get(conversation.scribe or scene.me.id, scene.me)
    local = scene.calendar.local(scene.at)
    shown = TogetherShown(
        check_in=asked.check_in.id,
        who=writer.name,
        arbetslag=asked.team.name,
        lines=lines_of(conversation, asked.pack),
        changed_at=f"{local.hour}.{local.minute:02}" if changed else "",
        state=state,
    )
    if asked.team.place is None:
        return
    first = f"together:{dialogue.id}"
    posted = reference_of(scene.unit, first) is not None
    promise(
        scene.unit,
        Promised(
            key=f"{first}:{scene.event_id}" if posted else first,
            message_class="replaceable" if posted else "critical",
            concerns=asked.subject,
            place=asked.team.place,
            message=phrase(shown, scene.ours),
            thread_of=None if posted else anchor_key(asked.check_in.id),
            replacing=first if posted else None,
            not_before=scene.at,
        ),
    )


def _others_wrote(dialogue: Dialogue) -> bool:
    return any(answer.version > 1 for answer in dialogue.conversation.answers.values())

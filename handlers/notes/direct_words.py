"""Words written directly to the bot that belong to no question: they can become a note."""

from bot.domain.access import may
from bot.domain.effects.notes import NoteSaved, WordsOffered
from bot.domain.notes import Note, week_number
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.messages.model import Message, Response, Say, Small
from bot.messages.phrasing.notes import phrase
from bot.messages.tokens import Token
from handlers.notes import guard
from handlers.scene import Presses, Scene, say
from storage.moments import new_id
from storage.said.notes import add_note, load_note, notes_by_source, restore_note


def offer(scene: Scene, text: str) -> Response:
    """Say how to be helped; from somebody with one arbetslag, the words lie in the bin until wanted.

    Nobody but the author can see them there, and they are purged with the rest of the bin.
    """
    said = scene.texts.notes
    heard = guard.hear(text)
    if heard.case:
        return guard.point_away(scene, heard.case, f"direct:{scene.me.id}")
    if len(scene.me.arbetslag) != 1 or not heard.text or len(text) > LONGEST_ANSWER:
        return Say(message=Message(title=said.direct_help, blocks=(Small(text=said.direct_hint),)))
    if known := notes_by_source(scene.unit, scene.reference, scene.me.id):
        return Say(message=phrase(WordsOffered(note=known[0].id), scene.texts))
    note = Note(
        id=new_id(scene.at),
        school=scene.me.school,
        arbetslag=scene.me.arbetslag[0],
        author=scene.me.id,
        week=week_number(scene.calendar.local(scene.at)),
        text=heard.text,
        source=scene.reference,
        state="removed",
        created_at=scene.at,
    )
    add_note(scene.unit, note)
    if heard.kinds:
        guard.tell_author(scene, heard.kinds, key=scene.event_id, note=note.id)
    return Say(message=phrase(WordsOffered(note=note.id), scene.texts))


def keep(scene: Scene, token: Token) -> Response:
    """`keep_words`: out of the bin, and shared with the arbetslag."""
    note = load_note(scene.unit, token.subject)
    if note is None or not may(scene.me, "edit_note", note.written):
        return say(scene.texts.notes.gone)
    if note.state == "removed":
        note = restore_note(scene.unit, note, scene.me.id, scene.at)
    return Say(message=phrase(NoteSaved(note=note), scene.texts))


PRESSES: Presses = {"keep_words": keep}

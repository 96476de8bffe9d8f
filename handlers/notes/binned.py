"""A removed note lies in the bin, and can be put back from there: not by everybody, nor for ever."""

from bot.domain.notes import BIN_FOR, Note
from bot.messages.model import Say
from handlers.scene import Scene, say
from storage.said.notes import versions_of, was_taken_back


def why_not_restored(scene: Scene, note: Note) -> Say | None:
    """Why its words stay in the bin; None when they need not, or are not there."""
    if note.state != "removed":
        return None
    if was_taken_back(scene.unit, note):
        return say(scene.texts.saved.not_restored)
    return say(scene.texts.notes.restore_late) if is_forgotten(scene, note) else None


def is_forgotten(scene: Scene, note: Note) -> bool:
    """Whether a removed note has lain in the bin for so long that its words are gone, or will be."""
    return not note.text or scene.at - versions_of(scene.unit, note.id)[-1].at > BIN_FOR

"""What is asked next stands where the button sat, on platforms that can show it there."""

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.questions.answers import Answer
from bot.messages.model import Small
from bot.messages.phrasing.conversation_asking import Frame, labelled
from bot.messages.texts import fill
from handlers.conversations.doors import texts_of
from handlers.conversations.options import options_of
from handlers.scene import Scene
from storage.post.outbox import reference_of


def stays(scene: Scene, was: Dialogue) -> bool:
    """Whether the pressed button sat on the very message that asks now."""
    if not scene.in_place or not was.asked:
        return False
    asking = reference_of(scene.unit, was.asked)
    return asking is not None and asking.reference == scene.reference


def just_answered(scene: Scene, was: Dialogue, given: Answer | None, frame: Frame) -> tuple[Small, ...]:
    """What was just answered, for above what is asked next: the thread's readers see it there."""
    if given is None:
        return ()
    said, name = texts_of(scene, was).conversation, frame.name(given.by)
    if given.values:
        chosen = labelled(options_of(frame.pack, was.conversation, was.asked_path), given.values)
        line = fill(said.just_answered, question=was.asked_text, name=name, answer=chosen)
        return (Small(text=line),)
    how = fill(said.unknown_by if given.unknown else said.passed_by, name=name)
    return (Small(text=f"{was.asked_text} {how}"),)

"""Somebody wrote, changed or removed words in the chat."""

from bot.domain.events import Replied, Rewritten
from bot.messages.model import Quiet, Response
from handlers import direct_words, thread_notes
from handlers.conversations import asking as conversations
from handlers.scene import Scene, say, scene_of
from prompts.book import Prompts
from storage import conversations as stored
from storage.outbox import concern_of
from storage.unit import UnitOfWork


def on_replied(event: Replied, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Words in a thread of ours become a note or an answer; other words are none of our business."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return say(prompts.texts.common.unknown_person) if event.direct else Quiet()
    if event.direct:
        return _directly(scene, event.text)
    kind, key = _concern(scene)
    match kind:
        case "check_in":
            return thread_notes.in_thread(scene, key, event.text)
        case "conversation":
            return _typed(scene, key, event.text)
        case "analysis":
            return _about(scene, f"analysis:{key}", event.text)
        case _:
            return Quiet()


def on_rewritten(event: Rewritten, unit: UnitOfWork, prompts: Prompts) -> Response:
    """What a person changes in the chat changes in the note, as a new version."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return Quiet()
    kind, key = _concern(scene)
    return thread_notes.rewritten(scene, event, key if kind == "check_in" else None)


def _concern(scene: Scene) -> tuple[str, str]:
    """What the thread these words stand in is about."""
    thread = scene.where.thread
    concern = concern_of(scene.unit, scene.where, thread) if thread else None
    kind, _, key = (concern or "").partition(":")
    return kind, key


def _directly(scene: Scene, text: str) -> Response:
    """To the bot alone: an answer while a dialogue is going on, else words of their own."""
    listening = stored.listening_for(scene.unit, scene.me.id)
    if listening and (dialogue := stored.load(scene.unit, listening)):
        return conversations.on_typed(scene, dialogue, text)
    return direct_words.offer(scene, text)


def _typed(scene: Scene, key: str, text: str) -> Response:
    dialogue = stored.load(scene.unit, key)
    return conversations.on_typed(scene, dialogue, text) if dialogue else Quiet()


def _about(scene: Scene, subject: str, text: str) -> Response:
    """A thread whose first message is about something: its newest conversation hears the words."""
    held = stored.by_subject(scene.unit, subject)
    return conversations.on_typed(scene, held[-1], text) if held else Quiet()

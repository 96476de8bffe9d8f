"""Somebody wrote, changed or removed words in the chat."""

from bot.domain.events import Replied, Rewritten
from bot.domain.school import Place
from bot.messages.model import Quiet, Response
from handlers.answering import edits as answer_edits
from handlers.notes import direct_words
from handlers.notes import in_thread as thread_notes
from handlers.people import strangers
from handlers.scene import Scene, scene_of
from prompts.book import Prompts
from storage.asked import conversations as stored
from storage.asked.check_ins import latest_check_in
from storage.post.inbox import NotYet
from storage.post.outbox import concern_of, is_leaving
from storage.said.analyses import analyses_of
from storage.unit import UnitOfWork

OURS = frozenset({"check_in", "conversation", "analysis"})
"""What a thread is about when words in it are heard."""


def on_replied(event: Replied, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Words in a thread of ours become a note or an answer; others only when they are said to us by name."""
    scene = scene_of(event, unit, prompts)
    kind, key = _concern(unit, event.where)
    if event.where.thread and not kind and is_leaving(unit, event.where):
        raise NotYet("it may be the thread of a message that is on its way")
    if scene is None:
        ours = event.direct or event.addressed or kind in OURS
        return strangers.turn_away(strangers.stranger_of(event, unit, prompts), "words") if ours else Quiet()
    if event.direct:
        return _directly(scene, event.text)
    if event.addressed and not event.where.thread:
        kind, key = _asked_here(scene, event.text)
    match kind:
        case "check_in":
            return thread_notes.in_thread(scene, key, event.text)
        case "conversation":
            return _typed(scene, key, event.text)
        case "analysis":
            return _about(scene, f"analysis:{key}", event.text)
        case _:
            return direct_words.offer(scene, event.text) if event.addressed else Quiet()


def _asked_here(scene: Scene, text: str) -> tuple[str, str]:
    """The newest that is still open of what was asked in this place: words without a thread belong to it.

    But what asks the bot something is no sign from the teaching.
    """
    team = scene.roster.arbetslag_at(scene.where)
    if team is None:
        return "", ""
    asked = latest_check_in(scene.unit, team.id)
    if asked and (asked.state != "open" or not _is_here(scene, asked.place or team.place)):
        asked = None
    for led in analyses_of(scene.unit, team.id):
        if asked and asked.opened_at > led.created_at:
            break
        if led.together and led.state == "open" and _goes_on_here(scene, f"analysis:{led.id}"):
            return "analysis", led.id
    return ("check_in", asked.id) if asked and not direct_words.is_question(text) else ("", "")


def _goes_on_here(scene: Scene, subject: str) -> bool:
    held = stored.by_subject(scene.unit, subject)
    return bool(held) and held[-1].conversation.state == "open" and _is_here(scene, held[-1].place)


def _is_here(scene: Scene, place: Place | None) -> bool:
    here = scene.where
    return place is not None and (place.platform, place.address) == (here.platform, here.address)


def on_rewritten(event: Rewritten, unit: UnitOfWork, prompts: Prompts) -> Response:
    """What a person changes in the chat changes in the note or the answer, as a new version."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return Quiet()
    kind, key = _concern(unit, event.where)
    answered = None if kind == "check_in" else answer_edits.rewritten(scene, event)
    return answered or thread_notes.rewritten(scene, event, key if kind == "check_in" else None)


def _concern(unit: UnitOfWork, where: Place) -> tuple[str, str]:
    """What the thread these words stand in is about."""
    concern = concern_of(unit, where, where.thread) if where.thread else None
    kind, _, key = (concern or "").partition(":")
    return kind, key


def _directly(scene: Scene, text: str) -> Response:
    """To the bot alone: an answer while a dialogue is going on, else words of their own."""
    listening = stored.listening_for(scene.unit, scene.me.id)
    if listening and (dialogue := stored.load(scene.unit, listening)):
        return answer_edits.typed(scene, dialogue, text)
    return direct_words.offer(scene, text)


def _typed(scene: Scene, key: str, text: str) -> Response:
    dialogue = stored.load(scene.unit, key)
    return answer_edits.typed(scene, dialogue, text) if dialogue else Quiet()


def _about(scene: Scene, subject: str, text: str) -> Response:
    """A thread whose first message is about something: its newest conversation hears the words."""
    held = stored.by_subject(scene.unit, subject)
    return answer_edits.typed(scene, held[-1], text) if held else Quiet()

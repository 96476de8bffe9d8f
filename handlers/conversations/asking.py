"""One question at a time: how a conversation starts, and what a button or typed words do to it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple, assert_never

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.interpreter import advance, begin
from bot.domain.conversation.reading import folded
from bot.domain.conversation.steps import (
    Closed,
    Confirmed,
    Conversation,
    ConversationStep,
    DidNotKnow,
    Gave,
    Paused,
    Resumed,
    SkippedQuestion,
    TookPen,
    Turn,
    WentBack,
)
from bot.domain.effects.conversation import PausedNow
from bot.domain.privacy.free_text import clean
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId
from bot.messages.model import Quiet, Response, Say
from bot.messages.phrasing.conversation import phrase
from bot.messages.tokens import Token
from handlers.conversations.doors import enter, pack_of, texts_of
from handlers.conversations.forms import change_answer, open_form, pick_answer, submit_form
from handlers.conversations.turns import WHEN_DONE, WHEN_READY, carry_on, frame_of
from handlers.conversations.two_at_once import keep_theirs, merge_texts, open_merge, use_mine
from handlers.notes import guard
from handlers.scene import Forms, Presses, Scene, say
from storage.asked.conversations import listen_for, load, save
from storage.moments import new_id
from storage.post.inbox import take

__all__ = ["FORMS", "PRESSES", "WHEN_DONE", "WHEN_READY", "Held", "on_step", "on_typed", "resumed", "start"]

AT_ONCE = timedelta(seconds=10)
"""Words that come this soon after somebody else's were written without having seen them."""


class Held(NamedTuple):
    """Where a conversation is held, with whom, and what is already known of its answers.

    `id` when something said before it must know it.
    """

    subject: str
    respondent: PersonId | ArbetslagId
    together: bool
    place: Place
    thread_of: str | None = None
    known: Mapping[str, Answer] = {}
    id: str = ""


def start(scene: Scene, pack: QuestionPack, held: Held) -> Conversation:
    """Begin a conversation and promise its first question that is not known already."""
    conversation = Conversation(
        id=held.id or new_id(scene.at),
        pack=pack.key,
        pack_version=pack.version,
        respondent=held.respondent,
        together=held.together,
        scribe=scene.me.id if held.together else None,
        answers=dict(held.known),
        version=0,
    )
    dialogue = Dialogue(
        conversation=conversation, subject=held.subject, place=held.place, thread_of=held.thread_of
    )
    save(scene.unit, dialogue, was=None)
    if not held.together:
        listen_for(scene.unit, scene.me.id, conversation.id)
    turn = begin(conversation, pack)
    first = turn.conversation.model_copy(update={"version": 1})
    carry_on(scene, dialogue, Turn(first, turn.effects))
    found = load(scene.unit, conversation.id)
    return found.conversation if found else first


def on_step(scene: Scene, token: Token) -> Response:
    """A button of a conversation was pressed, perhaps long ago, twice, or by the wrong person."""
    dialogue = enter(scene, token.subject)
    if not isinstance(dialogue, Dialogue):
        return dialogue
    pack = pack_of(scene, dialogue)
    path, key, _ = _argument(token)
    if token.verb == "choose" and not key:
        return open_form(scene, dialogue, path)
    step = _pressed(scene, token)
    if step is None:
        return say(scene.texts.common.forged)
    if isinstance(step, Resumed) and dialogue.thread_of is None and not dialogue.conversation.together:
        listen_for(scene.unit, scene.me.id, dialogue.id)
    response = carry_on(scene, dialogue, advance(dialogue.conversation, step, pack))
    elsewhere = isinstance(step, Resumed) and isinstance(response, Quiet) and not scene.where.thread
    if elsewhere and dialogue.thread_of is not None:
        return say(scene.texts.conversation.in_thread)
    return response


def _argument(token: Token) -> tuple[str, str, str]:
    """What stands behind a button: the question's path, the answer, and the version it was shown with."""
    path, _, rest = token.argument.partition("~")
    key, _, seen = rest.partition("~")
    return path, key, seen


def _pressed(scene: Scene, token: Token) -> ConversationStep | None:
    path, key, seen = _argument(token)
    at, by = scene.at, scene.me.id
    match token.verb:
        case "choose":
            version = int(seen) if seen.isdecimal() else 0
            return Gave(at=at, by=by, path=path, values=(key,), seen=version)
        case "skip_question":
            return SkippedQuestion(at=at, by=by, path=path)
        case "dont_know":
            return DidNotKnow(at=at, by=by, path=path)
        case "back":
            return WentBack(at=at, by=by, seen=path or None)
        case "pause":
            return Paused(at=at, by=by)
        case "resume":
            return resumed(scene, token.subject, path)
        case "take_pen":
            return TookPen(at=at, by=by)
        case "confirm":
            return Confirmed(at=at, by=by)
        case "close":
            return Closed(at=at, by=by)
        case _:
            return None


def resumed(scene: Scene, what: str, seen: str = "") -> Resumed:
    """Go on with `what`, from a button shown with version `seen`; one without holds for a while at a time."""
    version = int(seen) if seen.isdecimal() else None
    if version is None and scene.again(f"resume:{what}"):
        version = 0
    return Resumed(at=scene.at, by=scene.me.id, seen=version)


def on_typed(scene: Scene, held: Conversation | Dialogue, text: str) -> Response:
    """Words in the conversation's thread, or directly to the bot while it is going on."""
    dialogue = enter(scene, held.id)
    if not isinstance(dialogue, Dialogue):
        return dialogue
    conversation, pack = dialogue.conversation, pack_of(scene, dialogue)
    match conversation.state:
        case "done" | "closed":
            return _after_end(scene, conversation)
        case "paused":
            rests = PausedNow(conversation.at, conversation.version)
            return Say(message=phrase(rests, scene.texts, frame_of(scene, dialogue)))
        case "open":
            step = _meant(scene, dialogue, pack, clean(text))
        case _:
            assert_never(conversation.state)
    if step is None:
        return say(scene.texts.conversation.all_answered)
    if not isinstance(step, Gave) or len(step.values[0]) > LONGEST_ANSWER:
        return carry_on(scene, dialogue, advance(conversation, step, pack))
    return _guarded(scene, dialogue, step, pack)


def _after_end(scene: Scene, conversation: Conversation) -> Response:
    """Say once that the words are no answer any more; people may go on talking in the thread."""
    if not take(scene.unit, f"ended:{conversation.id}:{scene.me.id}", scene.at):
        return Quiet()
    return say(scene.texts.conversation.after_end)


def _meant(scene: Scene, dialogue: Dialogue, pack: QuestionPack, text: str) -> ConversationStep | None:
    """What typed words mean here; None when nothing is asked and they confirm nothing."""
    conversation, said = dialogue.conversation, texts_of(scene, dialogue).conversation
    words = folded(text) if len(text) <= len(said.confirm) + len(said.back) else ""
    at, by = scene.at, scene.me.id
    if words == folded(said.back):
        return WentBack(at=at, by=by)
    if words == folded(said.pause):
        return Paused(at=at, by=by)
    if conversation.at is None:
        yes = (pack.words.yes, *pack.words.also_yes, said.confirm, said.confirm_alone)
        return Confirmed(at=at, by=by) if words in map(folded, yes) else None
    missed = _missed(scene, conversation, pack)
    if missed:
        return Gave(at=at, by=by, path=missed, values=(text,), seen=0)
    before = conversation.answers.get(conversation.at)
    return Gave(at=at, by=by, path=conversation.at, values=(text,), seen=before.version if before else 0)


def _missed(scene: Scene, conversation: Conversation, pack: QuestionPack) -> str | None:
    """The text question that somebody else answered just now, while these words were being written."""
    # At version 1 nobody has answered anything here: what is known was known before.
    if not conversation.together or conversation.version == 1 or not conversation.answers:
        return None
    path, last = max(conversation.answers.items(), key=lambda one: one[1].at)
    if last.by == scene.me.id or scene.at - last.at > AT_ONCE or not last.values:
        return None
    leaf = pack.plan.leaf_at(path)
    return path if leaf and leaf.question.kind == "text" and last.version == 1 else None


def _guarded(scene: Scene, dialogue: Dialogue, step: Gave, pack: QuestionPack) -> Response:
    """Words already in the chat are stored masked, and only their author is told (DOMAIN C8)."""
    conversation = dialogue.conversation
    leaf = pack.plan.leaf_at(step.path)
    if leaf is None or leaf.question.kind not in guard.FREE_KINDS:
        return carry_on(scene, dialogue, advance(conversation, step, pack))
    heard = guard.hear(step.values[0])
    if heard.case:
        return guard.point_away(scene, heard.case, f"conversation:{conversation.id}")
    if heard.kinds:
        step = step._replace(values=(heard.text,))
        guard.tell_author(scene, heard.kinds, key=f"{conversation.id}:{scene.event_id}")
    return carry_on(scene, dialogue, advance(conversation, step, pack))


PRESSES: Presses = {
    "choose": on_step,
    "skip_question": on_step,
    "dont_know": on_step,
    "back": on_step,
    "pause": on_step,
    "resume": on_step,
    "take_pen": on_step,
    "confirm": on_step,
    "close": on_step,
    "change_answer": change_answer,
    "keep_theirs": keep_theirs,
    "use_mine": use_mine,
    "merge_texts": open_merge,
}
FORMS: Forms = {"choose": submit_form, "change_answer": pick_answer, "merge_texts": merge_texts}

"""After each step of a conversation: keep what changed, and promise what is said next.

1. The question that was asked is replaced by itself with its answer, so that no button is stale.
2. What is asked next goes to the same thread, with keys that follow from the version.
   On a platform that can, it stands where the pressed button sat, with the answer above it instead.
3. When all is confirmed, whoever the conversation is about decides what that means (`WHEN_DONE`).
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.domain.conversation.dialogue import Aside, Dialogue
from bot.domain.conversation.steps import Conversation, Turn
from bot.domain.effects.conversation import (
    Ask,
    AskMore,
    ClosedNow,
    Completed,
    Effect,
    ReadyToConfirm,
    WroteAtOnce,
)
from bot.domain.questions.answers import Answer
from bot.domain.value import PersonId
from bot.messages.delivery import MessageClass, Worded
from bot.messages.model import Block, Message, Quiet, Response, Say, Small
from bot.messages.phrasing import once as worded_once
from bot.messages.phrasing.conversation import at_once, phrase, ready
from bot.messages.phrasing.conversation_asking import Frame
from bot.messages.texts import Texts, fill
from handlers.conversations.doors import pack_of, texts_of
from handlers.conversations.in_place import just_answered, stays
from handlers.conversations.options import options_of
from handlers.conversations.resting import AFTER_LINES, FIRST_LINE, rests_no_more
from handlers.scene import Scene, say
from storage.asked.answering import keep_reason
from storage.asked.conversations import listen_for, record_answer, save
from storage.post.outbox import Promised, promise

WhenDone = Callable[[Scene, Dialogue], Message | None]
WhenReady = Callable[[Scene, Dialogue], tuple[Block, ...]]

WHEN_DONE: dict[str, WhenDone] = {}
"""By kind of subject: what is done when all is confirmed or closed; the message ends the thread."""

WHEN_READY: dict[str, WhenReady] = {}
"""By kind of subject: what is shown before "Är ni överens?", instead of every answer."""


ASKS = (Ask, AskMore, ReadyToConfirm)
"""The effects that ask for something."""


def _key(turn: Conversation, number: int) -> str:
    return f"conv:{turn.id}:{turn.version}:{number}"


class _Said(NamedTuple):
    """Where the messages of one turn go, and what it leads to."""

    scene: Scene
    dialogue: Dialogue
    after: Conversation

    @property
    def texts(self) -> Texts:
        return texts_of(self.scene, self.dialogue)

    def promise(
        self,
        number: int,
        message: Message | Worded,
        kind: MessageClass = "critical",
        replacing: str | None = None,
        *,
        once: bool = True,
    ) -> str:
        """`once`: what it replaces was never replaced, and never will be again."""
        scene, dialogue, after = self
        key = _key(after, number)
        promised = Promised(
            key=key,
            message_class=kind,
            concerns=f"conversation:{after.id}",
            place=dialogue.place,
            message=message,
            thread_of=None if replacing else dialogue.thread_of,
            replacing=replacing,
            not_before=scene.at,
        )
        promise(scene.unit, promised, once=once)
        return key


def frame_of(scene: Scene, dialogue: Dialogue) -> Frame:
    """What the phrasing needs to know around each effect."""
    held, persons = dialogue.conversation, scene.roster.persons
    pack, somebody = pack_of(scene, dialogue), texts_of(scene, dialogue).conversation.somebody
    return Frame(held.id, pack, held.together, persons, somebody)


def carry_on(scene: Scene, dialogue: Dialogue, turn: Turn, reason: str = "") -> Response:
    """Keep one turn of a conversation; the Response says only what nobody else needs to know."""
    before, after, effects = dialogue.conversation, turn.conversation, turn.effects
    frame = frame_of(scene, dialogue)
    if effects and isinstance(effects[0], WroteAtOnce):
        return _set_aside(scene, dialogue, effects[0], frame)
    asks = next((one for one in effects if isinstance(one, ASKS)), None)
    if after is before and asks is None:
        texts = scene.texts
        if effects:
            return Say(message=phrase(effects[0], texts, frame))
        done = after.state == "done"
        return say(texts.conversation.all_done if done else texts.conversation.already_answered)
    was = before.version
    if after is before:
        after = after.model_copy(update={"version": was + 1})
    known = before.answers
    news = {path: given for path, given in after.answers.items() if known.get(path) is not given}
    for path, given in news.items():
        record_answer(scene.unit, after.id, path, given)
        if reason:
            keep_reason(scene.unit, scene.me.id, reason, f"conversation:{after.id}:{path}", scene.at)
    if not after.together and (before.state == "open") is not (after.state == "open"):
        hearing = after.id if after.state == "open" else None
        listen_for(scene.unit, PersonId(after.respondent), hearing)
    said = _Said(scene, dialogue, after)
    moved = _promise_turn(said, effects, frame)
    if before.state != after.state:
        moved = _at_rest(said, moved)
    save(scene.unit, moved, was=was)
    told = bool(effects) or dialogue.asked_path in news
    return Quiet() if told else say(scene.texts.common.saved)


def _promise_turn(said: _Said, effects: tuple[Effect, ...], frame: Frame) -> Dialogue:
    """Promise everything a turn says, and return the dialogue as it stands then."""
    scene, was, after = said
    asks: Ask | AskMore | ReadyToConfirm | None = None
    ended: Completed | ClosedNow | None = None
    lines: list[Message] = []
    for effect in effects:
        match effect:
            case Ask() | AskMore() | ReadyToConfirm():
                asks = effect
            case Completed() | ClosedNow():
                ended = effect
            case _:
                lines.append(phrase(effect, said.texts, frame))
    given = after.answers.get(was.asked_path)
    news = given is not was.conversation.answers.get(was.asked_path)
    in_place = asks is not None and stays(scene, was)
    leaves = was.asked and not in_place and (asks or ended or news)
    if leaves:
        left = _left_behind(scene, was, given, frame, ended=ended is not None)
        once_asked = was.asked == _key(was.conversation, 1)
        said.promise(0, left, "replaceable", replacing=was.asked, once=once_asked)
    if asks is not None:
        given_now = just_answered(scene, was, given, frame) if in_place and news else ()
        above = (*given_now, *(Small(text=line.title) for line in lines))
        message = _asking(said, asks, above, frame)
        path = "" if isinstance(asks, ReadyToConfirm) else asks.path
        key = said.promise(1, message, replacing=was.asked if in_place else None, once=not in_place)
        asked = was.asked if in_place else key
        return was.but(conversation=after, asked=asked, asked_path=path, asked_text=message.title)
    dialogue = was.but(conversation=after)
    if leaves:
        dialogue = dialogue.but(asked="", asked_path="")
    if ended is not None:
        lines.append(_ending(scene, dialogue, ended, frame))
    for number, line in enumerate(lines, start=FIRST_LINE):
        said.promise(number, line)
    return dialogue


def _at_rest(said: _Said, moved: Dialogue) -> Dialogue:
    """Keep which line says that it rests; when it no longer does, the line says what is, without a button."""
    state = moved.conversation.state
    if state == "paused":
        return moved.but(paused=_key(said.after, FIRST_LINE))
    if not moved.paused:
        return moved
    said.promise(AFTER_LINES, rests_no_more(state, said.texts), "replaceable", replacing=moved.paused)
    return moved.but(paused="")


def _asking(
    said: _Said, asks: Ask | AskMore | ReadyToConfirm, above: tuple[Small, ...], frame: Frame
) -> Message | Worded:
    """Word what is asked next, with what happened in small `above` it."""
    scene, was, after = said
    if isinstance(asks, Ask) and not above:
        return worded_once.asked(asks, said.texts, frame)
    hook = WHEN_READY.get(was.about[0]) if isinstance(asks, ReadyToConfirm) else None
    if hook is None:
        message = phrase(asks, said.texts, frame)
    else:
        message = ready(hook(scene, was.model_copy(update={"conversation": after})), said.texts, frame)
    return message.model_copy(update={"blocks": (*above, *message.blocks)})


def _ending(scene: Scene, now: Dialogue, ended: Completed | ClosedNow, frame: Frame) -> Message:
    hook = WHEN_DONE.get(now.about[0])
    said = hook(scene, now) if hook else None
    return said or phrase(ended, texts_of(scene, now), frame)


def _left_behind(
    scene: Scene, was: Dialogue, given: Answer | None, frame: Frame, *, ended: bool
) -> Message | Worded:
    texts = texts_of(scene, was)
    if ended and not was.asked_path:
        line = fill(texts.conversation.confirmed_by, name=scene.me.name)
        return Message(title=was.asked_text, blocks=(Small(text=line),))
    options = options_of(frame.pack, was.conversation, was.asked_path) if given else ()
    who = frame.name(given.by) if given else ""
    if ended and given is None:
        return Message(title=was.asked_text, blocks=(Small(text=texts.conversation.unanswered),))
    return worded_once.left_behind(was.asked_text, given, options, texts, who)


def _set_aside(scene: Scene, dialogue: Dialogue, effect: WroteAtOnce, frame: Frame) -> Response:
    """Keep the second answer beside the first, and show both in the thread."""
    before = dialogue.conversation
    after = before.but(version=before.version + 1)
    mark = str(after.version)
    said = _Said(scene, dialogue, after)
    aside = Aside(
        path=effect.path,
        text=", ".join(effect.yours),
        by=scene.me.id,
        theirs=effect.theirs.by,
        key=_key(after, 0),
    )
    options = options_of(frame.pack, before, effect.path)
    said.promise(0, at_once(effect, aside, mark, options, said.texts, frame))
    kept = dialogue.but(conversation=after, aside={**dialogue.aside, mark: aside})
    save(scene.unit, kept, was=before.version)
    return Quiet()

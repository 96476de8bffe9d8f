"""After each step of a conversation: keep what changed, and promise what is said next.

1. The question that was asked is replaced by itself with its answer, so that no button is stale.
2. What is asked next goes to the same thread, with keys that follow from the version.
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
from bot.domain.questions.kinds import Option
from bot.domain.questions.pack import QuestionPack
from bot.domain.value import PersonId
from bot.messages.delivery import MessageClass
from bot.messages.model import Block, Message, Quiet, Response, Say, Small
from bot.messages.phrasing.conversation import at_once, phrase, ready
from bot.messages.phrasing.conversation_asking import Frame, answered
from bot.messages.texts import fill
from handlers.scene import Scene, say
from storage.asked.answering import record
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


class _Said(NamedTuple):
    """Where the messages of one turn go, and their number so far."""

    scene: Scene
    dialogue: Dialogue
    version: int

    def key(self, number: int) -> str:
        return f"conv:{self.dialogue.conversation.id}:{self.version}:{number}"

    def promise(
        self, number: int, message: Message, kind: MessageClass = "critical", replacing: str | None = None
    ) -> str:
        dialogue, scene, key = self.dialogue, self.scene, self.key(number)
        promised = Promised(
            key=key,
            message_class=kind,
            concerns=f"conversation:{dialogue.conversation.id}",
            place=dialogue.place,
            message=message,
            thread_of=None if replacing else dialogue.thread_of,
            replacing=replacing,
            not_before=scene.at,
            expires_at=None,
            hours_of=None,
        )
        promise(scene.unit, promised, once=True)
        return key


def frame_of(scene: Scene, dialogue: Dialogue) -> Frame:
    """What the phrasing needs to know around each effect."""
    held, persons = dialogue.conversation, scene.roster.persons
    pack, somebody = scene.prompts.packs[held.pack], scene.texts.conversation.somebody
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
    news = [path for path, given in after.answers.items() if before.answers.get(path) is not given]
    for path in news:
        record_answer(scene.unit, after.id, path, after.answers[path])
        if reason:
            record(
                scene.unit, scene.me.id, f"kept_words:{reason}", f"conversation:{after.id}:{path}", scene.at
            )
    if not after.together and (before.state == "open") is not (after.state == "open"):
        hearing = after.id if after.state == "open" else None
        listen_for(scene.unit, PersonId(after.respondent), hearing)
    moved = _promise_turn(_Said(scene, dialogue, after.version), after, effects, frame)
    save(scene.unit, moved, was=was)
    told = asks is not None or any(path == dialogue.asked_path for path in news) or bool(effects)
    return Quiet() if told else say(scene.texts.common.saved)


def _promise_turn(said: _Said, after: Conversation, effects: tuple[Effect, ...], frame: Frame) -> Dialogue:
    """Promise everything a turn says, and return the dialogue as it stands then."""
    scene, was = said.scene, said.dialogue
    now: dict[str, object] = {"conversation": after}
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
                lines.append(phrase(effect, scene.texts, frame))
    given = after.answers.get(was.asked_path)
    if was.asked and (asks or ended or given is not was.conversation.answers.get(was.asked_path)):
        left = _left_behind(scene, was, given, frame, ended=ended is not None)
        said.promise(0, left, "replaceable", replacing=was.asked)
        now |= {"asked": "", "asked_path": ""}
    if asks is not None:
        message = _asking(scene, was, after, asks, frame)
        if lines:
            notices = tuple(Small(text=line.title) for line in lines)
            message = message.model_copy(update={"blocks": (*notices, *message.blocks)})
        path = "" if isinstance(asks, ReadyToConfirm) else asks.path
        now |= {"asked": said.promise(1, message), "asked_path": path, "asked_text": message.title}
        return was.but(**now)
    dialogue = was.but(**now)
    if ended is not None:
        lines.append(_ending(scene, dialogue, ended, frame))
    for number, line in enumerate(lines, start=2):
        said.promise(number, line)
    return dialogue


def _asking(
    scene: Scene, was: Dialogue, after: Conversation, asks: Ask | AskMore | ReadyToConfirm, frame: Frame
) -> Message:
    hook = WHEN_READY.get(was.about[0]) if isinstance(asks, ReadyToConfirm) else None
    if hook is None:
        return phrase(asks, scene.texts, frame)
    shown = hook(scene, was.model_copy(update={"conversation": after}))
    return ready(shown, scene.texts, frame)


def _ending(scene: Scene, now: Dialogue, ended: Completed | ClosedNow, frame: Frame) -> Message:
    hook = WHEN_DONE.get(now.about[0])
    said = hook(scene, now) if hook else None
    return said or phrase(ended, scene.texts, frame)


def _left_behind(scene: Scene, was: Dialogue, given: Answer | None, frame: Frame, *, ended: bool) -> Message:
    if ended and not was.asked_path:
        line = fill(scene.texts.conversation.confirmed_by, name=scene.me.name)
        return Message(title=was.asked_text, blocks=(Small(text=line),))
    options = options_of(frame.pack, was.conversation, was.asked_path) if given else ()
    who = frame.name(given.by) if given else ""
    if ended and given is None:
        return Message(title=was.asked_text, blocks=(Small(text=scene.texts.conversation.unanswered),))
    return answered(was.asked_text, given, options, scene.texts, who)


def options_of(pack: QuestionPack, conversation: Conversation, path: str) -> tuple[Option, ...]:
    """What the values at `path` are called: the options' labels, or the things an earlier group named."""
    leaf = pack.plan.leaf_at(path)
    if leaf is None:
        return ()
    if leaf.options_from is None:
        return leaf.options
    return tuple(
        Option.model_construct(key=at, label=answer.values[0])
        for at, answer in conversation.answers.items()
        if at.startswith(f"{leaf.options_from.key}.") and at.count(".") == 1 and answer.values
    )


def _set_aside(scene: Scene, dialogue: Dialogue, effect: WroteAtOnce, frame: Frame) -> Response:
    """Keep the second answer beside the first, and show both in the thread."""
    before = dialogue.conversation
    version = before.version + 1
    mark = str(version)
    said = _Said(scene, dialogue, version)
    aside = Aside(
        path=effect.path,
        text=", ".join(effect.yours),
        by=scene.me.id,
        theirs=effect.theirs.by,
        key=said.key(0),
    )
    options = options_of(frame.pack, before, effect.path)
    said.promise(0, at_once(effect, aside, mark, options, scene.texts, frame))
    kept = dialogue.model_copy(
        update={
            "conversation": before.model_copy(update={"version": version}),
            "aside": {**dialogue.aside, mark: aside},
        }
    )
    save(scene.unit, kept, was=before.version)
    return Quiet()

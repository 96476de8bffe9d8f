"""Words that were taken as an answer and are changed in the chat change the answer, as a new version."""

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.interpreter import advance
from bot.domain.conversation.steps import Conversation, Gave
from bot.domain.effects.conversation import NotUnderstood
from bot.domain.events import Rewritten
from bot.domain.privacy.free_text import clean
from bot.domain.questions.kinds import LONGEST_ANSWER
from bot.messages.model import Quiet, Response
from handlers.conversations.asking import on_typed
from handlers.conversations.doors import enter, pack_of
from handlers.conversations.turns import carry_on
from handlers.notes import guard
from handlers.scene import Scene, say
from storage.asked.answering import Typed, remember_typed, typed_as
from storage.asked.conversations import load


def typed(scene: Scene, held: Conversation | Dialogue, text: str) -> Response:
    """Words in a conversation; which message an answer came with is remembered."""
    before = load(scene.unit, held.id)
    response = on_typed(scene, held, text)
    if before is not None:
        _remember(scene, before)
    return response


def _remember(scene: Scene, before: Dialogue) -> None:
    known, after = before.conversation.answers, load(scene.unit, before.id)
    for path, given in after.conversation.answers.items() if after else ():
        if known.get(path) is not given and given.by == scene.me.id and scene.reference:
            remember_typed(scene.unit, scene.me.id, _message(scene), Typed(before.id, path, given.at))


def rewritten(scene: Scene, event: Rewritten) -> Response | None:
    """What a person changes in the chat changes the answer it was; None when it was no answer."""
    was = typed_as(scene.unit, scene.me.id, _message(scene))
    if was is None:
        return None
    dialogue, said = enter(scene, was.conversation), scene.texts.conversation
    if not isinstance(dialogue, Dialogue):
        return dialogue
    text = clean(event.text or "")
    if not text:
        return say(said.removed_stays)
    if len(text) > LONGEST_ANSWER:
        return say(said.too_long)
    now = dialogue.conversation.answers.get(was.path)
    theirs = now is None or now.by != scene.me.id or now.at != was.at
    if theirs or dialogue.conversation.state in {"done", "closed"}:
        return Quiet() if event.back else say(said.edit_by_button)  # a removal took no answer away
    return _change(scene, dialogue, was.path, text)


def _change(scene: Scene, dialogue: Dialogue, path: str, text: str) -> Response:
    """Give the answer anew; free text goes through the same gate as the first time (DOMAIN C8)."""
    pack = pack_of(scene, dialogue)
    leaf = pack.plan.leaf_at(path)
    heard = guard.hear(text)
    if leaf is not None and leaf.question.kind in guard.FREE_KINDS:
        if heard.case:
            return guard.point_away(scene, heard.case, f"conversation:{dialogue.id}")
        if heard.kinds:
            guard.tell_author(scene, heard.kinds, key=f"{dialogue.id}:{scene.event_id}")
        text = heard.text
    turn = advance(dialogue.conversation, Gave(at=scene.at, by=scene.me.id, path=path, values=(text,)), pack)
    if turn.effects and isinstance(wrong := turn.effects[0], NotUnderstood):
        return say(scene.texts.forms.reasons[wrong.reason])
    response = carry_on(scene, dialogue, turn)
    _remember(scene, dialogue)
    return response


def _message(scene: Scene) -> str:
    return f"message:{scene.where.platform}:{scene.where.address}:{scene.reference}"

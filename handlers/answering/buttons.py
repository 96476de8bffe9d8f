"""The buttons under a round: answer, say that there is nothing, agree."""

from bot.domain.check_in import How, Participation
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.interpreter import Confirmed, advance
from bot.domain.effects.answering import RoundPassed
from bot.messages.model import Message, Quiet, Response, Say
from bot.messages.phrasing.answering import phrase
from bot.messages.tokens import Token
from handlers.answering.form import open_form
from handlers.answering.rounds import (
    Round,
    claimed_round,
    dialogue_of,
    my_part,
    round_of,
    standing_now,
)
from handlers.answering.saving import finish, show_together
from handlers.asking.rounds import refresh_anchor
from handlers.conversations.asking import Held, resumed, start
from handlers.conversations.turns import WHEN_DONE, carry_on
from handlers.scene import OnPress, Presses, Scene, say
from storage.asked import conversations
from storage.asked.check_ins import clear_reminder, participations, take_part
from storage.asked.conversations import listen_for


def answer(scene: Scene, token: Token) -> Response:
    """*Svara*: a form in the channel; one question at a time in a direct message."""
    asked = claimed_round(scene, token.subject)
    if isinstance(asked, Say):
        return asked
    if scene.in_own_chat:
        return _one_at_a_time(scene, asked)
    return open_form(scene, asked)


def _one_at_a_time(scene: Scene, asked: Round) -> Response:
    """Begin or take up the dialogue; an answer that is complete, or the arbetslag's, comes as a form."""
    dialogue, was = dialogue_of(scene, asked)
    if asked.together:
        return open_form(scene, asked)
    step = resumed(scene, asked.subject)
    if was is None:
        held = Held(asked.subject, scene.me.id, together=False, place=scene.where)
        start(scene, asked.own, held)
        return Quiet()
    if dialogue.conversation.state == "done" or not dialogue.asked:
        return open_form(scene, asked)
    listen_for(scene.unit, scene.me.id, dialogue.id)
    return carry_on(scene, dialogue, advance(dialogue.conversation, step, asked.own))


def on_completed(scene: Scene, dialogue: Dialogue) -> Message | None:
    """The last question of a dialogue about a round is answered; its receipt."""
    kind, key = dialogue.about
    asked = round_of(scene, key) if kind == "check_in" else None
    answers = dialogue.conversation.answers.values()
    if asked is None or not any(given.values or given.unknown for given in answers):
        return None
    return finish(scene, asked, dialogue)


def passing(how: How) -> OnPress:
    """*Inget nytt*, *Ta det på mötet*, *Hoppa över*: recorded, and nobody is reminded."""

    def press(scene: Scene, token: Token) -> Response:
        asked = claimed_round(scene, token.subject)
        if isinstance(asked, Say):
            return asked
        mine = my_part(scene, asked)
        if mine is not None and mine.how == "answered":
            return say(scene.texts.answering.already_answered)
        if asked.check_in.state == "closed":
            return say(scene.texts.answering.already_closed)
        key = asked.check_in.id
        if mine is None or mine.how != how:
            take_part(scene.unit, key, Participation(person=scene.me.id, how=how, at=scene.at))
            clear_reminder(scene.unit, key, scene.me.id)
            refresh_anchor(scene.unit, scene.prompts, asked.check_in, scene.at)
        told = RoundPassed(
            check_in=key, how=how, arbetslag=asked.team.name, standing=standing_now(scene, asked)
        )
        return Say(message=phrase(told, scene.texts))

    return press


def agree(scene: Scene, token: Token) -> Response:
    """*Ja, vi är överens*: anyone in the arbetslag closes what one wrote for all."""
    asked = claimed_round(scene, token.subject)
    if isinstance(asked, Say):
        return asked
    dialogue, was = dialogue_of(scene, asked)
    answered = [one for one in participations(scene.unit, asked.check_in.id) if one.how == "answered"]
    if was is None or not asked.together or not answered:
        return say(scene.texts.answering.nothing_to_agree)
    turn = advance(dialogue.conversation, Confirmed(at=scene.at, by=scene.me.id), asked.pack)
    if turn.conversation.state != "done":
        return say(scene.texts.answering.nothing_to_agree)
    if turn.conversation.version != was:
        dialogue = dialogue.model_copy(update={"conversation": turn.conversation})
        conversations.save(scene.unit, dialogue, was=was)
        show_together(scene, asked, dialogue)
    return say(scene.texts.answering.agreed_receipt)


PRESSES: Presses = {
    "answer": answer,
    "nothing_new": passing("nothing_new"),
    "at_meeting": passing("at_meeting"),
    "skip_round": passing("skipped"),
    "agree": agree,
}
WHEN_DONE["check_in"] = on_completed

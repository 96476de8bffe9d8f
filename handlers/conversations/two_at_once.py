"""Two wrote at once: both texts are kept until somebody chooses, or writes them together."""

from bot.domain.conversation.dialogue import Aside, Dialogue
from bot.domain.conversation.interpreter import advance
from bot.domain.conversation.steps import Gave
from bot.domain.effects.conversation import NotUnderstood
from bot.domain.value import PersonId
from bot.messages.model import Open, Quiet, Response
from bot.messages.phrasing.conversation import chosen, merge_form
from bot.messages.tokens import Token
from handlers.conversations.doors import enter, pack_of, texts_of
from handlers.conversations.turns import carry_on, frame_of
from handlers.notes.guard import screen
from handlers.scene import Scene, Values, say
from storage.asked.conversations import load, save


def keep_theirs(scene: Scene, token: Token) -> Response:
    """The first text stands; the second is let go by choice."""
    found = _found(scene, token)
    if not isinstance(found, tuple):
        return found
    dialogue, _ = found
    _settle(scene, dialogue, token.argument)
    return Quiet()


def use_mine(scene: Scene, token: Token) -> Response:
    """The second text takes the place of the first, as its author's."""
    found = _found(scene, token)
    if not isinstance(found, tuple):
        return found
    dialogue, aside = found
    return _take(scene, dialogue, token.argument, aside.text, aside.by)


def open_merge(scene: Scene, token: Token) -> Response:
    """Open both texts in one field."""
    found = _found(scene, token)
    if not isinstance(found, tuple):
        return found
    dialogue, aside = found
    theirs = dialogue.conversation.answers[aside.path].values
    return Open(form=merge_form(dialogue.id, token.argument, "\n".join(theirs), aside, scene.texts))


def merge_texts(scene: Scene, token: Token, values: Values) -> Response:
    """Take what was written together, looked through like any form."""
    found = _found(scene, token)
    if not isinstance(found, tuple):
        return found
    dialogue, aside = found
    screened = screen(scene, values, (aside.path,), f"conversation:{dialogue.id}")
    if not screened.errors:
        text, reason = screened.texts[aside.path], screened.reasons.get(aside.path, "")
        return _take(scene, dialogue, token.argument, text, scene.me.id, reason)
    form = merge_form(dialogue.id, token.argument, "", aside, scene.texts)
    written = tuple(
        field.model_copy(update={"value": "\n".join(values.get(aside.path, ()))}) for field in form.fields
    )
    fields = (*written, *screened.extra.get(aside.path, ()))
    return Open(form=form.model_copy(update={"fields": fields, "errors": screened.errors}))


def _take(scene: Scene, dialogue: Dialogue, mark: str, text: str, by: PersonId, reason: str = "") -> Response:
    pack = pack_of(scene, dialogue)
    path = dialogue.aside[mark].path
    step = Gave(at=scene.at, by=by, path=path, values=(text,))
    turn = advance(dialogue.conversation, step, pack)
    if any(isinstance(effect, NotUnderstood) for effect in turn.effects):
        return carry_on(scene, dialogue, turn)  # both texts stay where they are until one can stand
    _settle(scene, dialogue, mark)
    now = load(scene.unit, dialogue.id) or dialogue
    return carry_on(scene, now, advance(now.conversation, step, pack), reason)


def _settle(scene: Scene, dialogue: Dialogue, mark: str) -> None:
    """Nothing lies aside under this mark any more, and the message with both texts loses its buttons."""
    conversation = dialogue.conversation
    aside = dialogue.aside[mark]
    kept = dialogue.model_copy(
        update={
            "conversation": conversation.model_copy(update={"version": conversation.version + 1}),
            "aside": {key: one for key, one in dialogue.aside.items() if key != mark},
        }
    )
    save(scene.unit, kept, was=conversation.version)
    message = chosen(aside, scene.me.id, texts_of(scene, dialogue), frame_of(scene, dialogue))
    key, about = f"{aside.key}:chosen", f"conversation:{dialogue.id}"
    scene.tell(message, dialogue.place, key=key, concerns=about, replacing=aside.key)


def _found(scene: Scene, token: Token) -> tuple[Dialogue, Aside] | Response:
    entered = enter(scene, token.subject)
    if not isinstance(entered, Dialogue):
        return entered
    aside = entered.aside.get(token.argument)
    return (entered, aside) if aside else say(scene.texts.conversation.aside_gone)

"""A conversation's question as a form of one field: checked before anything is stored.

A form is one person's and in their language, wherever the conversation is held and in whichever.
"""

from dataclasses import replace

from bot.domain.conversation.back import ask_again
from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.interpreter import advance
from bot.domain.conversation.path import asking, spot_at, summary
from bot.domain.conversation.steps import Gave
from bot.domain.effects.conversation import Ask, AskMore, NotUnderstood
from bot.domain.school import Person
from bot.domain.value import ArbetslagId
from bot.messages.model import Open, Response
from bot.messages.phrasing.conversation import change_form
from bot.messages.phrasing.forms import Page, form_of
from bot.messages.tokens import Token
from handlers.conversations.doors import enter, pack_of
from handlers.conversations.turns import carry_on
from handlers.notes.guard import FREE_KINDS, screen
from handlers.scene import Scene, Values, first, say


def open_form(scene: Scene, dialogue: Dialogue, path: str) -> Response:
    """Open the question at `path`, with what stands there now."""
    ask = _ask(scene, dialogue, path)
    if ask is None:
        return say(scene.texts.forms.reasons["other_question"])
    return Open(form=form_of(_page(scene, dialogue, ask), scene.texts, token=_token(dialogue, ask)))


def submit_form(scene: Scene, token: Token, values: Values) -> Response:
    """Take what was written in the form of one question."""
    dialogue = enter(scene, token.subject)
    if not isinstance(dialogue, Dialogue):
        return dialogue
    path, _, seen = token.argument.partition("~~")
    ask = _ask(scene, dialogue, path)
    if ask is None:
        return say(scene.texts.forms.reasons["other_question"])
    given = values.get(path, ())
    free = isinstance(ask, Ask) and ask.question.kind in FREE_KINDS
    screened = screen(scene, values, (path,) if free and given else (), f"conversation:{dialogue.id}")
    page = replace(
        _page(scene, dialogue, ask), values={path: given}, errors=screened.errors, extra=screened.extra
    )
    if screened.errors:
        return Open(form=form_of(page, scene.texts, token=token.pack()))
    if free and given:
        given = (screened.texts[path],)
    step = Gave(
        at=scene.at, by=scene.me.id, path=path, values=given, seen=int(seen) if seen.isdecimal() else 0
    )
    turn = advance(dialogue.conversation, step, pack_of(scene, dialogue))
    if turn.effects and isinstance(wrong := turn.effects[0], NotUnderstood):
        page = replace(page, errors={path: scene.texts.forms.reasons[wrong.reason]})
        return Open(form=form_of(page, scene.texts, token=token.pack()))
    return carry_on(scene, dialogue, turn, screened.reasons.get(path, ""))


def change_answer(scene: Scene, token: Token) -> Response:
    """Let somebody pick the answer to change."""
    dialogue = enter(scene, token.subject)
    if not isinstance(dialogue, Dialogue):
        return dialogue
    pack = scene.packs[dialogue.conversation.pack]
    rows = summary(pack.plan.walk(dialogue.conversation.answers), pack)
    if not rows or dialogue.conversation.state == "closed":
        return say(scene.texts.conversation.already_closed if rows else scene.texts.conversation.none_yet)
    return Open(form=change_form(dialogue.id, rows, scene.texts))


def pick_answer(scene: Scene, token: Token, values: Values) -> Response:
    """Ask the picked question once more, in the thread."""
    dialogue = enter(scene, token.subject)
    if not isinstance(dialogue, Dialogue):
        return dialogue
    pack = pack_of(scene, dialogue)
    return carry_on(scene, dialogue, ask_again(dialogue.conversation, first(values, "path"), pack))


def _ask(scene: Scene, dialogue: Dialogue, path: str) -> Ask | AskMore | None:
    pack = scene.packs[dialogue.conversation.pack]
    way = pack.plan.walk(dialogue.conversation.answers)
    spot = spot_at(way, path)
    return None if spot is None else asking(spot, way, pack)


def _page(scene: Scene, dialogue: Dialogue, ask: Ask | AskMore) -> Page:
    pack = scene.packs[dialogue.conversation.pack]
    return Page(pack, (ask,), people=_people(scene, dialogue))


def _people(scene: Scene, dialogue: Dialogue) -> tuple[Person, ...]:
    """Whom a question may name: those of the arbetslag that answers, or of one's own."""
    held = dialogue.conversation
    teams = (ArbetslagId(held.respondent),) if held.together else scene.me.arbetslag
    members = [person for team in teams for person in scene.roster.members(team)]
    return tuple({person.id: person for person in members}.values())


def _token(dialogue: Dialogue, ask: Ask | AskMore) -> str:
    seen = ask.before.version if ask.before else 0
    return Token(verb="choose", subject=dialogue.id, argument=f"{ask.path}~~{seen}").pack()

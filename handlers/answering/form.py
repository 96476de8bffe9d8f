"""A round answered by form: page by page, guarded, and never over somebody else's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.conversation.dialogue import Dialogue
from bot.domain.conversation.form import form_page
from bot.domain.conversation.interpreter import Confirmed, Conversation, FilledIn, advance
from bot.domain.conversation.path import is_dealt_with
from bot.domain.conversation.seen import from_argument, shown_on_page, to_argument
from bot.domain.effects.conversation import Ask, AskMore, NotUnderstood, WroteAtOnce
from bot.domain.privacy.free_text import clean
from bot.domain.questions.answers import Answer
from bot.messages.model import Block, Form, Open, Paragraph, Quote, Response, Say, Small
from bot.messages.phrasing.answering import moved_to_form
from bot.messages.phrasing.forms import Page, form_of, introduction
from bot.messages.texts import fill
from bot.messages.tokens import Token
from handlers.answering.rounds import Round, claimed_round, dialogue_of, my_part
from handlers.answering.saving import Told, finish, receipt
from handlers.conversations.doors import texts_of
from handlers.notes import guard
from handlers.scene import Forms, Scene, Values
from storage.asked import conversations
from storage.asked.answering import keep_reason
from storage.asked.conversations import listen_for


@dataclass(frozen=True)
class Shown:
    """What the form says besides its questions."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    screened: guard.Screened = field(default_factory=guard.Screened)
    intro: tuple[Block, ...] = ()


class _Read(NamedTuple):
    """The dialogue as it was before the page came, its version (None: it is new), and what the guard did."""

    before: Dialogue
    was: int | None
    told: Told


def open_form(scene: Scene, asked: Round) -> Response:
    """The form with what this person (or this arbetslag) has answered so far."""
    dialogue, _ = dialogue_of(scene, asked)
    intro = introduction(asked.own, scene.texts, asked.check_in.minutes)
    paths = [ask.path for ask in form_page(asked.own, dialogue.conversation.answers)]
    return Open(form=_form(scene, asked, dialogue.conversation, paths, Shown(intro=intro)))


def submitted(scene: Scene, token: Token, values: Values) -> Response:
    """A page came back.

    1. The guard reads what is free text; 2. `advance` reads the page and sees whether somebody wrote
    meanwhile. Anything wrong: the page goes back with all that was written, and nothing is stored.
    3. More questions hold now: they come as the next page, and what was answered is kept as a draft.
    """
    asked = claimed_round(scene, token.subject)
    if isinstance(asked, Say):
        return asked
    dialogue, was = dialogue_of(scene, asked)
    conversation = _reopened(dialogue.conversation)
    shown = from_argument(token.argument)
    given = {path: tuple(map(clean, values.get(path, ()))) for path in shown}
    free = _free(asked, shown)
    known = {path: "\n".join(answer.values) for path, answer in conversation.answers.items()}
    screened = guard.screen(scene, values, free, asked.subject, known)
    fit = {**given, **{path: (text,) for path, text in screened.texts.items()}}
    step = FilledIn(at=scene.at, by=scene.me.id, values=fit, seen=shown)
    turn = advance(conversation, step, asked.own)
    texts = scene.texts.forms
    errors = {one.path: texts.reasons[one.reason] for one in turn.effects if isinstance(one, NotUnderstood)}
    errors |= screened.errors
    if not errors and not _says_anything(turn.conversation):
        errors = dict.fromkeys(list(shown)[:1], scene.texts.answering.blank)
    at_once = [one for one in turn.effects if isinstance(one, WroteAtOnce)]
    if errors or at_once:
        errors |= {one.path: scene.texts.answering.at_once_field for one in at_once}
        told = Shown(given, errors, screened, _both_texts(scene, asked, conversation, at_once))
        return Open(form=_form(scene, asked, conversation, shown, told))
    before, dialogue = dialogue, _kept(scene, asked, dialogue, turn.conversation)
    for path, reason in screened.reasons.items():
        keep_reason(scene.unit, scene.me.id, reason, f"conversation:{dialogue.id}:{path}", scene.at)
    read = _Read(before, was, Told(screened.masked, screened.mended))
    return _onward(scene, asked, dialogue, read)


def _onward(scene: Scene, asked: Round, dialogue: Dialogue, read: _Read) -> Response:
    """The next page when more questions hold now, else the receipt. What came before changes nothing."""
    waiting = _waiting(asked, dialogue.conversation)
    if waiting:
        _save(scene, dialogue, read)
        intro = (Paragraph(text=scene.texts.forms.more_questions),)
        return Open(form=_form(scene, asked, dialogue.conversation, waiting, Shown(intro=intro)))
    mine = my_part(scene, asked)
    settled = not dialogue.asked and (asked.together or dialogue.conversation.state == "done")
    if settled and dialogue == read.before and mine is not None and mine.how == "answered":
        return Say(message=receipt(scene, asked, dialogue, mine, read.told))
    dialogue = _quieted(scene, confirmed(scene, asked, dialogue))
    _save(scene, dialogue, read)
    return Say(message=finish(scene, asked, dialogue, read.told))


def confirmed(scene: Scene, asked: Round, dialogue: Dialogue) -> Dialogue:
    """Done, when each answers for themselves; together it stays open until somebody says they agree."""
    conversation = dialogue.conversation
    if asked.together:
        turned = conversation.model_copy(update={"state": "open", "scribe": scene.me.id})
    else:
        turned = advance(conversation, Confirmed(at=scene.at, by=scene.me.id), asked.own).conversation
    return dialogue.model_copy(update={"conversation": turned})


def _quieted(scene: Scene, dialogue: Dialogue) -> Dialogue:
    """End a dialogue that was going on about the same questions: its last one loses its buttons."""
    if not dialogue.asked:
        return dialogue
    listen_for(scene.unit, scene.me.id, None)
    message = moved_to_form(dialogue.asked_text, texts_of(scene, dialogue))
    key, about = f"{dialogue.asked}:form", f"conversation:{dialogue.id}"
    scene.tell(message, dialogue.place, key=key, concerns=about, replacing=dialogue.asked)
    return dialogue.model_copy(update={"asked": "", "asked_path": ""})


def _says_anything(conversation: Conversation) -> bool:
    return any(answer.values or answer.unknown for answer in conversation.answers.values())


def _reopened(conversation: Conversation) -> Conversation:
    """An answer may always be changed, also when its round is closed."""
    return (
        conversation.model_copy(update={"state": "open"}) if conversation.state == "closed" else conversation
    )


def _free(asked: Round, shown: Iterable[str]) -> list[str]:
    leaves = {path: asked.own.plan.leaf_at(path) for path in shown}
    return [
        path for path, leaf in leaves.items() if leaf is not None and leaf.question.kind in guard.FREE_KINDS
    ]


def _waiting(asked: Round, conversation: Conversation) -> list[str]:
    way = asked.own.plan.walk(conversation.answers)
    return [spot.path for spot in way.spots if not is_dealt_with(spot, way.live)]


def _kept(scene: Scene, asked: Round, dialogue: Dialogue, after: Conversation) -> Dialogue:
    """Write down each new answer in the history."""
    before = dialogue.conversation.answers
    for path, answer in after.answers.items():
        if _is_new(before.get(path), answer):
            conversations.record_answer(scene.unit, dialogue.id, path, answer)
    return dialogue.model_copy(update={"conversation": after, "subject": asked.subject})


def _is_new(before: Answer | None, now: Answer) -> bool:
    return before is None or before.version != now.version


def _save(scene: Scene, dialogue: Dialogue, read: _Read) -> None:
    conversation, was = dialogue.conversation, read.was
    if was is not None and dialogue == read.before:
        return
    if was is not None and conversation.version == was:
        conversation = conversation.model_copy(update={"version": was + 1})
        dialogue = dialogue.model_copy(update={"conversation": conversation})
    conversations.save(scene.unit, dialogue, was=was)


def _both_texts(
    scene: Scene, asked: Round, conversation: Conversation, at_once: list[WroteAtOnce]
) -> tuple[Block, ...]:
    """Somebody was first, also oneself in another window: that stands above, what came now in the fields."""
    if not at_once:
        return introduction(asked.own, scene.texts, asked.check_in.minutes)
    asks = {ask.path: ask for ask in form_page(asked.own, conversation.answers)}
    persons, words = scene.roster.persons, scene.texts.answering
    blocks: list[Block] = []
    for one in at_once:
        author = persons.get(one.theirs.by)
        name = author.name if author else asked.team.name
        if not blocks:
            mine = one.theirs.by == scene.me.id
            blocks.append(Paragraph(text=words.at_once_yours if mine else fill(words.at_once, who=name)))
        ask = asks.get(one.path)
        blocks.append(Small(text=ask.text if ask else one.path))
        said = _said(ask, one.theirs, asked.own.words.dont_know)
        blocks.append(Quote(text=said or words.at_once_empty, source=name))
    return tuple(blocks)


def _said(ask: Ask | AskMore | None, answer: Answer, unsure: str) -> str:
    labels = {option.key: option.label for option in ask.options} if ask else {}
    return unsure if answer.unknown else ", ".join(labels.get(value, value) for value in answer.values)


def _form(scene: Scene, asked: Round, conversation: Conversation, paths: Iterable[str], told: Shown) -> Form:
    shown = shown_on_page(paths, conversation.answers)
    asks = tuple(ask for ask in form_page(asked.own, conversation.answers) if ask.path in shown)
    page = Page(
        pack=asked.own,
        asks=asks,
        values=told.values,
        errors=told.errors,
        extra=told.screened.extra,
        people=scene.roster.members(asked.team.id),
    )
    token = Token(verb="answer_form", subject=asked.check_in.id, argument=to_argument(shown))
    return form_of(page, scene.texts, token=token.pack(), intro=told.intro)


FORMS: Forms = {"answer_form": submitted}

"""One question as a message: its place, what is known, and every way to answer it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, assert_never

from bot.domain.effects.conversation import Ask, AskMore
from bot.domain.questions.answers import Answer
from bot.domain.questions.kinds import (
    ChoiceQuestion,
    DateQuestion,
    LinkQuestion,
    Option,
    PersonQuestion,
    ScaleQuestion,
    SeveralQuestion,
    TextQuestion,
    YesNoQuestion,
)
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Person
from bot.domain.value import PersonId
from bot.messages.model import Block, Bullets, Button, Choices, Message, Paragraph, Progress, Quote, Small
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Verb

Look = Literal["plain", "main"]

MOST_BUTTONS = 5
"""Answers that fit as buttons on every platform, beside the four that lead elsewhere."""


class Frame(NamedTuple):
    """Around every effect of one conversation: which one it is, its pack, and what people are called."""

    conversation: str
    pack: QuestionPack
    together: bool
    persons: Mapping[PersonId, Person]
    somebody: str

    def name(self, person: PersonId) -> str:
        found = self.persons.get(person)
        return found.name if found else self.somebody


def ask(effect: Ask | AskMore, texts: Texts, frame: Frame) -> Message:
    """Word a question, with its buttons."""
    blocks: list[Block] = []
    if isinstance(effect, Ask):
        blocks += _about(effect, texts, frame)
    elif effect.help:
        blocks.append(Small(text=effect.help))
    if effect.before is not None:
        blocks += _stands(effect, effect.before, texts, frame)
    blocks += _ways(effect, texts, frame)
    return Message(title=effect.text, blocks=tuple(blocks))


def _about(effect: Ask, texts: Texts, frame: Frame) -> Iterator[Block]:
    say, question, pack = texts.conversation, effect.question, frame.pack
    for known in effect.known:
        if known.text.rstrip(".") not in effect.text:
            yield Quote(text=known.text, source="", link=None)
    if question.help:
        yield Small(text=question.help)
    if effect.number == 1:
        minutes = texts.forms.minutes.of(pack.minutes)
        small = say.small.format(
            why=question.why or pack.why, readers=question.readers or pack.readers, minutes=minutes
        )
        yield Small(text=small)
    if effect.of > 1:
        yield _progress(say.progress, effect.number, effect.of)
    if effect.suggested is not None:
        label = next((one.label for one in effect.options if one.key == effect.suggested), effect.suggested)
        yield Paragraph(text=say.suggested.format(label=label))


@lru_cache
def _progress(sentence: str, number: int, of: int) -> Progress:
    return Progress(done=number - 1, of=of, text=fill(sentence, n=number, of=of))


def _stands(effect: Ask | AskMore, before: Answer, texts: Texts, frame: Frame) -> Iterator[Block]:
    text = labelled(effect.options, before.values)
    if before.unknown:
        text = frame.pack.words.dont_know
    if text:
        yield Small(text=texts.conversation.stands)
        yield Quote(text=text, source="", link=None)


def _ways(effect: Ask | AskMore, texts: Texts, frame: Frame) -> Iterator[Block]:
    """How to answer, and the ways round it: apart, where each answer is a button of its own."""
    say, path = texts.conversation, effect.path
    seen = 0 if effect.before is None else effect.before.version
    here = f"{path}~~{seen}"
    buttons: list[Button] = []
    listed = len(effect.options) > MOST_BUTTONS or (
        isinstance(effect, Ask) and isinstance(effect.question, SeveralQuestion)
    )
    if listed:
        rows = tuple(f"{number}. {one.label}" for number, one in enumerate(effect.options, start=1))
        yield Bullets(items=rows)
        several = isinstance(effect, Ask) and isinstance(effect.question, SeveralQuestion)
        yield Small(text=say.write_numbers if several else say.write_number)
        buttons.append(_button(say.choose, "choose", frame, here))
    elif effect.options:
        suggested = effect.suggested if isinstance(effect, Ask) else None
        for one in effect.options:
            look: Look = "main" if one.key == suggested else "plain"
            buttons.append(_button(one.label, "choose", frame, f"{path}~{one.key}~{seen}", look))
    elif isinstance(effect, Ask):
        if not isinstance(effect.question, PersonQuestion):
            yield Small(text=say.write_here)
        buttons.append(_button(_open_label(effect, texts), "choose", frame, here))
    if isinstance(effect, Ask) and effect.question.dont_know:
        buttons.append(_button(frame.pack.words.dont_know, "dont_know", frame, path))
    ways = tuple(_round(effect, texts, frame))
    if effect.options and not listed:
        yield Choices(prompt="", buttons=tuple(buttons))
        yield Choices(prompt="", buttons=ways)
    else:
        yield Choices(prompt="", buttons=(*buttons, *ways))


def _open_label(effect: Ask, texts: Texts) -> str:
    question = effect.question
    match question:
        case TextQuestion() | LinkQuestion():
            return texts.conversation.write
        case (
            DateQuestion()
            | PersonQuestion()
            | ChoiceQuestion()
            | SeveralQuestion()
            | ScaleQuestion()
            | YesNoQuestion()
        ):
            return texts.conversation.choose
        case _:
            assert_never(question)


def _round(effect: Ask | AskMore, texts: Texts, frame: Frame) -> Iterator[Button]:
    say = texts.conversation
    if isinstance(effect, Ask) and effect.question.skippable:
        yield _button(frame.pack.words.skip, "skip_question", frame, effect.path)
    if isinstance(effect, AskMore) or effect.number > 1:
        yield _button(say.back, "back", frame, effect.path)
    yield _button(say.pause, "pause", frame)


def _button(label: str, verb: Verb, frame: Frame, argument: str = "", look: Look = "plain") -> Button:
    """Make a button; a verb, an id and a path are plain letters that stand in a token as they are."""
    return Button(label=label, token=f"{verb}|{frame.conversation}|{argument}", look=look)


def answered(
    asked: str, answer: Answer | None, options: tuple[Option, ...], texts: Texts, who: str
) -> Message:
    """The question's own message once it is answered, or left: no buttons, so that none is stale."""
    left = Small(text=texts.conversation.left)
    return Message(title=asked, blocks=(given(answer, options, texts, who) if answer else left,))


def given(answer: Answer, options: tuple[Option, ...], texts: Texts, who: str) -> Block:
    """An answer as people read it, and who gave it."""
    say = texts.conversation
    if answer.values:
        source = fill(say.answered_by, name=who)
        return Quote(text=labelled(options, answer.values), source=source, link=None)
    return Small(text=fill(say.unknown_by if answer.unknown else say.passed_by, name=who))


def labelled(options: tuple[Option, ...], values: tuple[str, ...]) -> str:
    """The answer as people read it."""
    if not options:
        return ", ".join(values)
    labels = {option.key: option.label for option in options}
    return ", ".join(labels.get(value, value) for value in values)

"""A page of any pack as a form: one renderer, whatever the pack and the platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.domain.effects.conversation import Ask, AskMore
from bot.domain.questions.kinds import (
    ChoiceQuestion,
    DateQuestion,
    LinkQuestion,
    PersonQuestion,
    ScaleQuestion,
    SeveralQuestion,
    TextQuestion,
    YesNoQuestion,
)
from bot.domain.questions.pack import QuestionPack
from bot.domain.school import Person
from bot.messages.model import Block, ChoiceField, DateField, Form, FormField, Option, Small, TextField
from bot.messages.texts import Texts, fill

Asked = Ask | AskMore


@dataclass(frozen=True)
class Page:
    """What to show: the questions, and what is already known of how they are answered.

    All mappings are by path. `values` is what was sent in and came back, `errors` whole sentences,
    `extra` fields that belong under a question. `people` are those a person question may name.
    """

    pack: QuestionPack
    asks: Sequence[Asked]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, tuple[FormField, ...]] = field(default_factory=dict)
    people: Sequence[Person] = ()


def form_of(page: Page, texts: Texts, *, token: str, intro: tuple[Block, ...] = ()) -> Form:
    """Every question of the page as a field, under the pack's title."""
    fields: list[FormField] = []
    for ask in page.asks:
        fields += (_field(ask, page, texts), *page.extra.get(ask.path, ()))
    keys = {one.key for one in fields}
    return Form(
        token=token,
        title=page.pack.title,
        intro=intro,
        fields=tuple(fields),
        submit=texts.forms.submit,
        around=texts.forms.around,
        errors={key: error for key, error in page.errors.items() if key in keys},
    )


def introduction(pack: QuestionPack, texts: Texts, minutes: int | None = None) -> tuple[Block, ...]:
    """Why we ask, who reads it, how long it takes: one small line each."""
    said = texts.forms.minutes.of(pack.minutes if minutes is None else minutes)
    return (Small(text=pack.why), Small(text=pack.readers), Small(text=said))


def _field(ask: Asked, page: Page, texts: Texts) -> FormField:
    if isinstance(ask, AskMore):
        rounds = fill(texts.forms.rounds, n=ask.rounds, of=ask.at_most)
        return _choice(ask, page, " ".join(part for part in (ask.help, rounds) if part))
    question = ask.question
    match question:
        case TextQuestion(lines=lines, longest=longest):
            return TextField(
                key=ask.path,
                label=ask.text,
                help=_help(ask, texts, free=True),
                required=question.required,
                value=_text(ask, page),
                lines=lines,
                longest=longest,
            )
        case LinkQuestion():
            return TextField(
                key=ask.path,
                label=ask.text,
                help=_help(ask, texts),
                required=question.required,
                value=_text(ask, page),
                longest=2_000,
            )
        case DateQuestion():
            return DateField(
                key=ask.path,
                label=ask.text,
                help=_help(ask, texts),
                required=question.required,
                value=_text(ask, page),
            )
        case PersonQuestion():
            people = tuple(Option(value=person.id, label=person.name) for person in page.people)
            return _choice(ask, page, _help(ask, texts), options=people)
        case ChoiceQuestion() | SeveralQuestion() | ScaleQuestion() | YesNoQuestion():
            return _choice(ask, page, _help(ask, texts))
        case _:
            assert_never(question)


def _choice(ask: Asked, page: Page, help_text: str, options: tuple[Option, ...] | None = None) -> ChoiceField:
    question = ask.question if isinstance(ask, Ask) else None
    if options is None:
        options = tuple(Option(value=option.key, label=option.label) for option in ask.options)
    unsure = page.pack.words.dont_know
    if question is not None and question.dont_know:
        options = (*options, Option(value=unsure, label=unsure))
    given = page.values.get(ask.path)
    if given is None and ask.before is not None:
        given = (unsure,) if ask.before.unknown else ask.before.values
    offered = {option.value for option in options}
    return ChoiceField(
        key=ask.path,
        label=ask.text,
        help=help_text,
        required=question is not None and question.required,
        options=options,
        several=isinstance(question, SeveralQuestion),
        value=tuple(value for value in given or () if value in offered),
    )


def _text(ask: Ask, page: Page) -> str:
    given = page.values.get(ask.path)
    if given is None:
        if ask.before is not None and ask.before.unknown:
            return page.pack.words.dont_know
        given = ask.before.values if ask.before is not None else ()
    return given[0] if given else ""


def _help(ask: Ask, texts: Texts, *, free: bool = False) -> str:
    """The question's own help, the words it builds on, and L1 before anything free."""
    said = texts.forms
    labels = {option.key: option.label for option in ask.options}
    parts = [ask.question.help, *(fill(said.known, text=known.text) for known in ask.known)]
    if ask.suggested is not None:
        parts.append(fill(said.suggested, label=labels.get(ask.suggested, ask.suggested)))
    if free and said.l1_said not in ask.question.help:
        parts.append(said.l1)
    return " ".join(part for part in parts if part)

"""How absence is asked about and confirmed: until when, never why."""

from datetime import date
from typing import assert_never

from pydantic import Field

from bot.domain.value import PersonId, Value
from bot.messages.model import (
    ChoiceField,
    Choices,
    DateField,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    Small,
)
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import Token


class AwaySaved(Value):
    """Said to who set it; `name` is empty for oneself."""

    person: PersonId
    name: str
    until: date


class AwayTold(Value):
    """Said to the one somebody else set it for."""

    person: PersonId
    by: str
    until: date


class AwayNow(Value):
    """Somebody asks, and is away already."""

    person: PersonId
    until: date


class AwayAsked(Value):
    """The form: whom one may set it for, oneself first."""

    people: tuple[tuple[PersonId, str], ...]
    values: dict[str, str] = Field(default_factory=dict)
    error: str = ""


AwayEffect = AwaySaved | AwayTold | AwayNow


def phrase(effect: AwayEffect, texts: Texts) -> Message:
    """Word what became of somebody's absence."""
    said = texts.absence
    end = button(said.end, "absence_end", effect.person)
    change = button(said.change, "absence", effect.person)
    day = texts.dates.day(effect.until)
    match effect:
        case AwaySaved(name=name):
            title = fill(said.saved_other, name=name, date=day) if name else fill(said.saved_me, date=day)
            blocks = (Small(text=said.quiet), Choices(buttons=(change, end)))
            return Message(title=title, blocks=blocks)
        case AwayTold(by=by):
            title = fill(said.told, by=by, date=day)
            return Message(
                title=title, blocks=(Paragraph(text=said.told_hint), Choices(buttons=(change, end)))
            )
        case AwayNow():
            title = fill(said.now, date=day)
            return Message(title=title, blocks=(Small(text=said.quiet), Choices(buttons=(change, end))))
        case _ as never:
            assert_never(never)


def absence_form(asked: AwayAsked, texts: Texts) -> Form:
    """Ask until when, and for whom where there is a choice."""
    said = texts.absence
    (me, name), *others = asked.people
    fields: list[FormField] = []
    if others:
        options = (
            Option(value=me, label=fill(said.me, name=name)),
            *(Option(value=key, label=label) for key, label in others),
        )
        chosen = asked.values.get("who", me)
        fields.append(ChoiceField(key="who", label=said.who, required=True, options=options, value=(chosen,)))
    fields.append(
        DateField(key="until", label=said.until, required=True, value=asked.values.get("until", ""))
    )
    return Form(
        token=Token(verb="absence_form").pack(),
        title=said.form_title,
        intro=(Small(text=said.form_intro),),
        fields=tuple(fields),
        submit=said.submit,
        around=texts.forms.around,
        errors={"until": asked.error} if asked.error else {},
    )

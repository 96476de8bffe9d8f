"""The rektor's reply to an arbetslag, and the forms around the summary."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.domain.reports.week_facts import Raised
from bot.messages.model import (
    Block,
    ChoiceField,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    Quote,
    TextField,
)
from bot.messages.phrasing.labels import shorten
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_REPLY = 3000
"""Characters of a reply: what one block holds on every platform."""

MOST_OPTIONS = 100
"""Choices in one list (Slack takes a hundred)."""


class Team(NamedTuple):
    """An arbetslag that may be answered: its id and name."""

    id: str
    name: str


def reply_options(raised: Sequence[Raised], teams: Sequence[Team], texts: Texts) -> tuple[Option, ...]:
    """What a reply may be about: what waits first, then each arbetslag's whole week."""
    words = texts.weekly
    notes = [
        Option(value=f"note:{one.note}", label=shorten(fill(words.reply_note, team=one.name, text=one.text)))
        for one in raised
    ]
    weeks = [
        Option(value=f"team:{team.id}", label=shorten(fill(words.reply_whole_week, team=team.name)))
        for team in teams
    ]
    return (*notes, *weeks)[:MOST_OPTIONS]


def reply_form(
    options: Sequence[Option],
    texts: Texts,
    *,
    about: str = "",
    text: str = "",
    extra: Sequence[FormField] = (),
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form in which a rektor answers; `extra` is what the guard asks under the words."""
    words = texts.weekly
    chosen = about if about in {option.value for option in options} else options[0].value
    concerns = ChoiceField(
        key="about", label=words.reply_about, required=True, options=tuple(options), value=(chosen,)
    )
    reply = TextField(
        key="text",
        label=words.reply_label,
        help=words.reply_help,
        required=True,
        value=text,
        lines=5,
        longest=LONGEST_REPLY,
    )
    return Form(
        token=Token(verb="reply_form").pack(),
        title=words.reply_title,
        fields=(concerns, reply, *extra),
        submit=words.reply_submit,
        around=texts.forms.around,
        errors=dict(errors or {}),
    )


def phrase_reply(
    team: str, text: str, rektor: str, texts: Texts, *, week: date, about: Raised | None = None
) -> Message:
    """The rektor's words to an arbetslag, after the words they answer."""
    words = texts.weekly
    concerns: list[Block] = [Paragraph(text=fill(words.reply_concerns_week, week=texts.dates.week(week)))]
    if about:
        concerns = [
            Paragraph(text=words.reply_concerns),
            Quote(text=about.text, source=team, link=about.link),
        ]
    answer = Quote(text=text, source=fill(words.reply_from, rektor=rektor))
    return Message(title=fill(words.reply_message, team=team), blocks=(*concerns, answer))


def time_form(phrase: str, version: int, texts: Texts, error: str = "") -> Form:
    """The form in which a rektor says when the summary comes."""
    words = texts.weekly
    field = TextField(
        key="phrase", label=words.time_label, help=words.time_help, required=True, value=phrase, longest=200
    )
    return Form(
        token=Token(verb="summary_form", argument=str(version)).pack(),
        title=words.time_title,
        fields=(field,),
        submit=words.time_submit,
        around=texts.forms.around,
        errors={"phrase": error} if error else {},
    )

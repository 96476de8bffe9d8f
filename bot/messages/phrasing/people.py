"""How the bot asks who somebody is, and says what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.domain.school import Arbetslag, Role
from bot.domain.value import PersonId
from bot.messages.model import (
    Block,
    ChoiceField,
    Choices,
    Form,
    Message,
    Option,
    Paragraph,
    Small,
    TextField,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.labels import shorten
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_NAME = 80
ROLES: tuple[Role, ...] = get_args(Role)

Lost = Literal["words", "press", "help"]
"""What an account nobody knows did: wrote, pressed, or asked what the bot is."""


@dataclass(frozen=True)
class LinkAsked:
    """The form in which somebody says who they are; `teams` and `schools` are values and labels.

    `account` is what the platform calls them; "" asks for a name.
    """

    teams: tuple[tuple[str, str], ...]
    schools: tuple[tuple[str, str], ...]
    account: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def door(lost: Lost, texts: Texts) -> Message:
    """To an account nobody knows: what happened, or what the bot is, and the way in."""
    said = texts.people
    what = {"words": said.door_words, "press": said.door_press, "help": texts.common.help_intro}[lost]
    return Message(title=said.door, blocks=(Paragraph(text=what), way_in(texts)))


def nobody_yet(texts: Texts, *, in_channel: bool) -> Message:
    """Before the first school: how to begin, and in a channel the button that does."""
    said = texts.people
    if not in_channel:
        return Message(title=said.no_school, blocks=(Paragraph(text=said.no_school_do),))
    begin = Choices(buttons=(button(texts.onboarding.begin, "begin", look="main"),))
    return Message(title=said.no_school, blocks=(Paragraph(text=said.no_school_here), begin))


def schools_here(schools: tuple[str, ...], texts: Texts) -> Message:
    """The workspace has a school already; who leads one can add another."""
    said = texts.people
    title = fill(said.schools_here, schools=texts.dates.all_of(schools))
    return Message(title=title, blocks=(Paragraph(text=said.schools_here_do), way_in(texts)))


def waiting(deciders: tuple[str, ...], texts: Texts) -> Message:
    """To somebody whom nobody has confirmed yet."""
    said = texts.people
    title = fill(said.waiting, who=texts.dates.one_of(deciders)) if deciders else said.waiting_nobody
    return Message(title=title, blocks=(Paragraph(text=said.waiting_lost),))


def link_form(asked: LinkAsked, texts: Texts) -> Form:
    """*Det är jag*: an arbetslag and a role, and a name where the platform says none."""
    said, values = texts.people, asked.values
    none = ((value, fill(said.no_arbetslag, school=name)) for value, name in asked.schools)
    options = tuple(Option(value=value, label=shorten(label)) for value, label in (*asked.teams, *none))
    known = {option.value for option in options}
    team = values.get("team", "")
    who: tuple[Block, ...] = (
        (Small(text=fill(said.link_account, name=asked.account)),) if asked.account else ()
    )
    name = () if asked.account else (name_field(values.get("name", ""), texts),)
    return Form(
        token=Token(verb="link_form").pack(),
        title=said.link_title,
        intro=(*who, Small(text=said.link_intro)),
        fields=(
            *name,
            ChoiceField(
                key="team",
                label=said.arbetslag,
                required=True,
                options=options,
                value=(team,) if team in known else (),
            ),
            role_field(ROLES, values.get("role", "larare"), texts).model_copy(
                update={"help": said.role_help}
            ),
        ),
        submit=said.link_submit,
        around=texts.forms.around,
        errors=dict(asked.errors),
    )


def name_field(name: str, texts: Texts) -> TextField:
    said = texts.people
    return TextField(
        key="name", label=said.name, help=said.name_help, required=True, value=name, longest=LONGEST_NAME
    )


def role_field(roles: tuple[Role, ...], role: str, texts: Texts) -> ChoiceField:
    said = texts.people
    options = tuple(Option(value=one, label=said.roles[one]) for one in roles)
    return ChoiceField(key="role", label=said.role, required=True, options=options, value=(role,))


def let_in(name: str, arbetslag: str, texts: Texts) -> Message:
    said = texts.people
    return Message(
        title=fill(said.let_in, name=name, arbetslag=arbetslag),
        blocks=(Paragraph(text=said.send_again), who_sees(texts)),
    )


def let_in_told(person: PersonId, name: str, arbetslag: Arbetslag, texts: Texts) -> Message:
    """To the processledare: who came in by the private channel, and the way to undo it."""
    said = texts.people
    title = fill(said.let_in_channel, name=name, arbetslag=arbetslag.name)
    out = Choices(buttons=(button(said.let_out, "let_out", person, arbetslag.id),))
    return Message(title=title, blocks=(Paragraph(text=said.let_in_how), out))


def went(name: str, arbetslag: str, texts: Texts) -> Message:
    """To the processledare: who left the channel that let them in."""
    said = texts.people
    title = fill(said.went, name=name, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.went_kept),))


def stays(person: PersonId, name: str, arbetslag: Arbetslag, texts: Texts) -> Message:
    """To the processledare: who left the channel and is a member still, since somebody chose them."""
    said = texts.people
    title = fill(said.stays, name=name, arbetslag=arbetslag.name)
    out = Choices(buttons=(button(said.let_out, "let_out", person, arbetslag.id),))
    return Message(title=title, blocks=(Paragraph(text=said.stays_do), out))


def you_went(arbetslag: str, texts: Texts) -> Message:
    """To who left the channel that let them in."""
    said = texts.people
    title = fill(said.you_went, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.you_went_do), way_in(texts)))


def added_you(by: str, arbetslag: str, texts: Texts) -> Message:
    """To somebody whom another person put in an arbetslag: that it happened, and what it means."""
    said = texts.people
    title = fill(said.added_you, by=by, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.added_how), who_sees(texts)))


def who_sees(texts: Texts) -> Choices:
    return Choices(buttons=(button(texts.onboarding.who_sees, "who_sees"),))


def way_in(texts: Texts) -> Block:
    """The button that says who one is."""
    return Choices(buttons=(button(texts.people.its_me, "its_me", look="main"),))

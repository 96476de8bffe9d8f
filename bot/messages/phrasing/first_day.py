"""The forms of a first day: a school in a new workspace, and an arbetslag in a new channel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.schedule.ask import AskBack
from bot.domain.school import Role, Skolform
from bot.messages.model import (
    ChoiceField,
    Choices,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    PeopleField,
    Section,
    Small,
    TextField,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.labels import shorten
from bot.messages.phrasing.people import LONGEST_NAME, name_field, role_field, who_sees
from bot.messages.phrasing.schedule_forms import LONGEST_PHRASE, doubted, readings
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

NEW = "new"
"""The choice that makes a new arbetslag; an id is never this short."""

SCHOOL = "school"
"""The choice that makes another school."""

FIRST_ROLES: tuple[Role, ...] = ("processledare", "rektor")


@dataclass(frozen=True)
class FormAsked:
    """What stands in a form already, by field key, and what must change; `doubt` is about its time."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    doubt: AskBack | None = None

    def one(self, key: str) -> str:
        return "".join(self.values.get(key, ())[:1])


def found_form(asked: FormAsked, account: str, texts: Texts) -> Form:
    """The first form of all; `account` is what the platform calls who fills it in, "" asks for a name."""
    said = texts.first_day
    kinds = tuple(Option(value=kind, label=label) for kind, label in said.kinds.items())
    return Form(
        token=Token(verb="found_form").pack(),
        title=said.title,
        intro=(Small(text=said.intro),),
        fields=(
            _line("huvudman", said.huvudman, asked, said.huvudman_help, required=True),
            ChoiceField(
                key="kind", label=said.kind, required=True, options=kinds, value=asked.values.get("kind", ())
            ),
            *_school(asked, texts),
            *(() if account else (name_field(asked.one("name"), texts),)),
            role_field(FIRST_ROLES, asked.one("role"), texts),
            *_members(asked, said.members, said.members_help, texts),
            *_when(asked, texts),
        ),
        submit=said.submit,
        around=texts.forms.around,
        errors={**doubted(asked.doubt, texts), **asked.errors},
    )


def next_school_form(asked: FormAsked, texts: Texts) -> Form:
    """Another school of the huvudman's, and who leads it in the bot; filled in by who leads one already."""
    said = texts.first_day
    return Form(
        token=Token(verb="new_school").pack(),
        title=said.next_title,
        intro=(Small(text=said.next_intro),),
        fields=(
            *_school(asked, texts),
            PeopleField(
                key="head",
                label=said.head,
                help=said.head_help,
                required=True,
                value=asked.values.get("head", ())[:1],
                several=False,
            ),
            role_field(FIRST_ROLES, asked.one("role"), texts).model_copy(update={"label": said.head_role}),
        ),
        submit=said.next_submit,
        around=texts.forms.around,
        errors=dict(asked.errors),
    )


def _school(asked: FormAsked, texts: Texts) -> tuple[FormField, ...]:
    """A school and the arbetslag whose channel it begins in."""
    said = texts.first_day
    return (
        _line("school", said.school, asked, required=True),
        _skolformer("skolformer", said.skolformer, asked, texts, several=True),
        _line("new", said.team, asked, required=True),
        _skolformer("skolform", said.team_skolform, asked, texts),
    )


def adopt_form(teams: Iterable[tuple[str, str]], asked: FormAsked, texts: Texts, *, free: bool) -> Form:
    """Ask which arbetslag the channel belongs to, who is in it, and when the questions shall come.

    `free`: the channel is nobody's yet, so that even another school can begin in it.
    """
    said, words = texts.onboarding, texts.first_day
    known = (*teams, (NEW, words.new_option), *(((SCHOOL, words.school_option),) if free else ()))
    return Form(
        token=Token(verb="adopt_form").pack(),
        title=said.form_title,
        intro=(Small(text=said.form_intro),),
        fields=(
            ChoiceField(
                key="arbetslag",
                label=said.form_arbetslag,
                required=True,
                options=tuple(Option(value=value, label=shorten(label)) for value, label in known),
                value=asked.values.get("arbetslag", ()),
            ),
            _line("new", words.new_name, asked, words.new_help),
            _skolformer("skolform", words.team_skolform, asked, texts, required=False),
            *_members(asked, words.more_members, words.more_help, texts),
            *_when(asked, texts),
        ),
        submit=said.form_submit,
        around=texts.forms.around,
        errors={**doubted(asked.doubt, texts), **asked.errors},
    )


def founded(school: str, arbetslag: str, role: Role, texts: Texts) -> Message:
    """To the first person: what there is now, and what they are."""
    said = texts.first_day
    first = fill(said.first, role=texts.people.role_words[role])
    title = fill(said.founded, school=school, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=first),))


def founded_channel(name: str, school: str, arbetslag: str, texts: Texts) -> Message:
    """To the channel: who began, for which school, and who can change that."""
    said = texts.first_day
    title = fill(said.founded_channel, name=name, school=school, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.founded_wrong),))


def founded_next(school: str, arbetslag: str, head: str, role: Role, texts: Texts) -> Message:
    """To who added another school: it is there, and somebody else's."""
    said = texts.first_day
    title = fill(said.founded, school=school, arbetslag=arbetslag)
    words = fill(said.founded_next, head=head, role=texts.people.role_words[role])
    return Message(title=title, blocks=(Paragraph(text=words),))


def you_lead(by: str, school: str, arbetslag: str, role: Role, texts: Texts) -> Message:
    """To who leads a new school: that it happened, and what to do first."""
    said = texts.first_day
    title = fill(said.you_lead, by=by, school=school, role=texts.people.role_words[role])
    how = Paragraph(text=fill(said.you_lead_do, arbetslag=arbetslag))
    return Message(title=title, blocks=(how, who_sees(texts)))


def quicker(texts: Texts) -> Message:
    """To the second of two who began at once."""
    way_in = Choices(buttons=(button(texts.people.its_me, "its_me", look="main"),))
    return Message(title=texts.first_day.quicker, blocks=(Paragraph(text=texts.first_day.quicker_do), way_in))


def followed_by(receipt: Message, then: Message) -> Message:
    """One answer of two: what was done, and what is asked next."""
    return receipt.model_copy(update={"blocks": (*receipt.blocks, Section(text=then.title), *then.blocks)})


def _members(asked: FormAsked, label: str, help_text: str, texts: Texts) -> tuple[FormField, ...]:
    said = texts.first_day
    return (
        PeopleField(key="members", label=label, help=help_text, value=asked.values.get("members", ())),
        PeopleField(
            key="leader",
            label=said.leader,
            help=said.leader_help,
            value=asked.values.get("leader", ())[:1],
            several=False,
        ),
    )


def _when(asked: FormAsked, texts: Texts) -> tuple[FormField, ...]:
    said = texts.onboarding
    written = TextField(
        key="when",
        label=said.form_when,
        help=said.form_when_help,
        value=asked.one("when"),
        longest=LONGEST_PHRASE,
    )
    return (written, *readings(asked.doubt, texts))


def _line(
    key: str, label: str, asked: FormAsked, help_text: str = "", *, required: bool = False
) -> TextField:
    return TextField(
        key=key, label=label, help=help_text, required=required, value=asked.one(key), longest=LONGEST_NAME
    )


def _skolformer(
    key: str, label: str, asked: FormAsked, texts: Texts, *, several: bool = False, required: bool = True
) -> ChoiceField:
    names = texts.first_day.names
    options = tuple(Option(value=skolform.value, label=names[skolform]) for skolform in Skolform)
    return ChoiceField(
        key=key,
        label=label,
        required=required,
        options=options,
        several=several,
        value=asked.values.get(key, ()),
    )

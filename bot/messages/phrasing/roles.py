"""Who does what, the forms in which that changes hands, and what is said of it."""

from bot.domain.roles import Gap, Roles
from bot.domain.school import Arbetslag, Person, Role
from bot.messages.model import (
    Block,
    Bullets,
    ChoiceField,
    Choices,
    Fact,
    Facts,
    Form,
    Message,
    Option,
    Paragraph,
    Section,
    Small,
)
from bot.messages.phrasing.buttons import button
from bot.messages.phrasing.labels import shorten
from bot.messages.phrasing.people import who_sees
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

GIVEN: tuple[Role, ...] = ("larare", "processledare", "rektor")
"""Roles that are chosen; who leads an arbetslag's talks is samtalsledare."""


def roles(report: Roles, texts: Texts, *, change: bool = False) -> Message:
    """`/roller`: who does what, and what nobody does; `change` is for who may change it."""
    said = texts.roles
    rows = [
        Fact(label=said.rektor, value=texts.dates.all_of(report.rektor) or said.none),
        Fact(label=said.processledare, value=texts.dates.all_of(report.processledare) or said.none),
    ]
    for team in report.teams:
        label = fill(said.samtalsledare, arbetslag=team.name)
        rows.append(Fact(label=fill(said.members, arbetslag=team.name), value=said.people.of(team.members)))
        rows.append(Fact(label=label, value=texts.dates.all_of(team.leaders) or said.none))
    blocks: list[Block] = [Facts(rows=tuple(rows))]
    if report.gaps:
        gaps = tuple(_gap(gap, texts) for gap in report.gaps)
        blocks += [Section(text=said.gaps), Bullets(items=gaps)]
    else:
        blocks.append(Paragraph(text=said.no_gaps))
    if change:
        blocks.append(Choices(buttons=(button(said.change, "change_roles"),)))
    return Message(title=fill(said.title, school=report.school), blocks=tuple(blocks))


def _gap(gap: Gap, texts: Texts) -> str:
    said = texts.roles
    match gap.lack:
        case "rektor":
            return said.gap_rektor
        case "processledare":
            return said.gap_processledare
        case "samtalsledare":
            return fill(said.gap_samtalsledare, arbetslag=gap.arbetslag)
        case "members":
            return fill(said.gap_members, arbetslag=gap.arbetslag)
        case "channel":
            return fill(said.gap_channel, arbetslag=gap.arbetslag)


def person_form(people: tuple[Person, ...], texts: Texts) -> Form:
    """First whom it is about."""
    said = texts.roles
    options = tuple(Option(value=person.id, label=shorten(person.name)) for person in people)
    return Form(
        token=Token(verb="person_form").pack(),
        title=said.person_title,
        fields=(ChoiceField(key="person", label=said.person, required=True, options=options),),
        submit=said.person_submit,
        around=texts.forms.around,
    )


def roles_form(
    person: Person, teams: tuple[Arbetslag, ...], stands: str, texts: Texts, error: str = ""
) -> Form:
    """Then what they are; `stands` marks how it was when the form was made."""
    said = texts.roles
    options = tuple(Option(value=team.id, label=shorten(team.name)) for team in teams)
    given = tuple(Option(value=role, label=texts.people.roles[role]) for role in GIVEN)
    known = {option.value for option in options}
    return Form(
        token=Token(verb="roles_form", subject=person.id, argument=stands).pack(),
        title=said.change_title,
        intro=(Paragraph(text=fill(said.change_intro, name=person.name)), Small(text=said.change_out)),
        fields=(
            ChoiceField(
                key="roles",
                label=said.change_roles,
                options=given,
                several=True,
                value=tuple(role for role in person.roles if role in GIVEN),
            ),
            *(
                ChoiceField(
                    key=key,
                    label=label,
                    options=options,
                    several=True,
                    value=tuple(team for team in chosen if team in known),
                )
                for key, label, chosen in (
                    ("teams", said.change_teams, person.arbetslag),
                    ("leads", said.change_leads, person.leads),
                )
                if options
            ),
        ),
        submit=said.change_submit,
        around=texts.forms.around,
        errors={"": error} if error else {},
    )


def what_is(person: Person, school: str, teams: tuple[str, ...], texts: Texts) -> str:
    """Say what somebody is: "lärare i Arbetslag 4–6"."""
    said = texts.roles
    role = texts.dates.all_of([texts.people.role_words[role] for role in person.roles])
    if teams:
        return fill(said.what_in, role=role, arbetslag=texts.dates.all_of(teams))
    return fill(said.what_plain, role=role, school=school)


def changed(name: str, what: str, texts: Texts) -> Message:
    """The receipt; `what` is "" when the person has left."""
    said = texts.roles
    return Message(
        title=fill(said.changed, name=name, what=what) if what else fill(said.changed_out, name=name)
    )


def you_changed(by: str, what: str, school: str, texts: Texts) -> Message:
    """To the person themselves."""
    said = texts.roles
    if not what:
        return Message(title=fill(said.you_left, by=by, school=school))
    return Message(title=fill(said.you_changed, by=by, what=what), blocks=(who_sees(texts),))

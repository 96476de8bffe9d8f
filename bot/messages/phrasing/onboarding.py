"""How the bot introduces itself, and says who sees and does what."""

from bot.domain.calendar.swedish_dates import say_list
from bot.domain.roles import Gap, Roles
from bot.domain.value import Value
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
    Table,
    TextField,
)
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill
from bot.messages.tokens import Token


class AdoptAsked(Value):
    """The form that ties a channel to an arbetslag."""

    teams: tuple[tuple[str, str], ...]
    arbetslag: str = ""
    when: str = ""


def welcome(arbetslag: str, texts: Texts) -> Message:
    """Two sentences and three buttons; `arbetslag` is whose channel it is already, or ""."""
    said = texts.onboarding
    blocks: list[Block] = [Paragraph(text=said.how)]
    if arbetslag:
        blocks.append(Small(text=fill(said.hello_again, arbetslag=arbetslag)))
    buttons = (
        button(said.begin, "begin", look="main"),
        button(said.example, "show_example"),
        button(said.who_sees, "who_sees"),
    )
    return Message(title=said.hello, blocks=(*blocks, Choices(buttons=buttons)))


def access_table(texts: Texts) -> Message:
    """`Vem ser vad`: the table that `bot.domain.access` keeps, in words."""
    said = texts.onboarding
    table = Table(caption=said.access_caption, header=said.access_header, rows=said.access_rows)
    return Message(title=said.access_title, blocks=(table, Small(text=said.access_note)))


def tied(arbetslag: str, texts: Texts, *, planned: bool) -> Message:
    """The channel has an arbetslag now."""
    said = texts.onboarding
    title = fill(said.tied, arbetslag=arbetslag)
    if planned:
        return Message(title=title)
    plan = Choices(buttons=(button(said.plan, "new_schedule"),))
    return Message(title=title, blocks=(Paragraph(text=said.tied_no_time), plan))


def adopt_form(asked: AdoptAsked, texts: Texts) -> Form:
    """Ask which arbetslag the channel belongs to, and when the questions shall come."""
    said = texts.onboarding
    chosen = (asked.arbetslag,) if asked.arbetslag else ()
    return Form(
        token=Token(verb="adopt_form").pack(),
        title=said.form_title,
        intro=(Small(text=said.form_intro),),
        fields=(
            ChoiceField(
                key="arbetslag",
                label=said.form_arbetslag,
                required=True,
                options=tuple(Option(value=value, label=label) for value, label in asked.teams),
                value=chosen,
            ),
            TextField(
                key="when", label=said.form_when, help=said.form_when_help, value=asked.when, longest=200
            ),
        ),
        submit=said.form_submit,
    )


def roles(report: Roles, texts: Texts) -> Message:
    """`/roller`: who does what, and what nobody does."""
    said = texts.onboarding
    rows = [
        Fact(label=said.rektor, value=say_list(report.rektor) or said.none),
        Fact(label=said.processledare, value=say_list(report.processledare) or said.none),
    ]
    for team in report.teams:
        label = fill(said.samtalsledare, arbetslag=team.name)
        rows.append(Fact(label=fill(said.members, arbetslag=team.name), value=said.people.of(team.members)))
        rows.append(Fact(label=label, value=say_list(team.leaders) or said.none))
    blocks: list[Block] = [Facts(rows=tuple(rows))]
    if report.gaps:
        gaps = tuple(_gap(gap, texts) for gap in report.gaps)
        blocks += [Section(text=said.gaps), Bullets(items=gaps)]
    else:
        blocks.append(Paragraph(text=said.no_gaps))
    return Message(title=fill(said.roles_title, school=report.school), blocks=tuple(blocks))


def _gap(gap: Gap, texts: Texts) -> str:
    said = texts.onboarding
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

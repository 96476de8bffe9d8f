"""How the bot introduces itself, and says who sees and does what."""

from bot.domain.access import allows
from bot.domain.calendar.swedish_dates import say_list
from bot.domain.roles import Gap, Roles
from bot.messages.model import (
    Block,
    Bullets,
    Choices,
    Fact,
    Facts,
    Message,
    Paragraph,
    Section,
    Small,
    Table,
)
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill


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
    """`Vem ser vad`: what `bot.domain.access` holds, row by row, in words."""
    said = texts.onboarding
    header = (said.access_what, *said.access_who.values())
    rows = tuple(
        (label, *(said.access_yes if allows(action, who) else said.access_no for who in said.access_who))
        for action, label in said.access_rows.items()
    )
    table = Table(caption=said.access_caption, header=header, rows=rows)
    return Message(title=said.access_title, blocks=(table, Small(text=said.access_note)))


def tied(arbetslag: str, texts: Texts, *, planned: bool) -> Message:
    """The channel has an arbetslag now."""
    said = texts.onboarding
    title = fill(said.tied, arbetslag=arbetslag)
    if planned:
        return Message(title=title)
    plan = Choices(buttons=(button(said.plan, "new_schedule"),))
    return Message(title=title, blocks=(Paragraph(text=said.tied_no_time), plan))


def roles(report: Roles, texts: Texts, *, change: bool = False) -> Message:
    """`/roller`: who does what, and what nobody does; `change` is for who may change it."""
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
    if change:
        blocks.append(Choices(buttons=(button(texts.people.change, "change_roles"),)))
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

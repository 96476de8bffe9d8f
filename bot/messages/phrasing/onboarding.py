"""How the bot introduces itself, and says who sees what."""

from bot.domain.access import allows
from bot.messages.model import Block, Choices, Message, Paragraph, Small, Table
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts
from bot.messages.texts.base import fill


def welcome(arbetslag: str, texts: Texts) -> Message:
    """Two sentences and three buttons; `arbetslag` is whose channel it is already, or "": then one begins."""
    said = texts.onboarding
    blocks: list[Block] = [Paragraph(text=said.how)]
    if arbetslag:
        blocks.append(Small(text=fill(said.hello_again, arbetslag=arbetslag)))
    buttons = (
        button(said.begin, "begin", look="plain" if arbetslag else "main"),
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


def tied(arbetslag: str, texts: Texts) -> Message:
    """The channel has an arbetslag now."""
    return Message(title=fill(texts.onboarding.tied, arbetslag=arbetslag))


def plan_later(receipt: Message, texts: Texts) -> Message:
    """End a receipt with how a time is set, when none was written."""
    said = texts.onboarding
    more = (Paragraph(text=said.tied_no_time), Choices(buttons=(button(said.plan, "new_schedule"),)))
    return receipt.model_copy(update={"blocks": (*receipt.blocks, *more)})

"""What is said of errands elsewhere: links to a calendar, and where a file lies."""

from collections.abc import Sequence

from bot.messages.model import Link, Message, Paragraph, Small
from bot.messages.texts import Texts, fill


def links(arbetslag: str, times: Sequence[tuple[str, str]], file: str, texts: Texts) -> Message:
    """To who leads the talk: each time, in words, with the link that opens it; `file` holds them all."""
    said = texts.errands
    shown = [Link(text=fill(said.link_time, when=when), link=link) for when, link in times]
    whole = [Link(text=said.link_file, link=file)] if file else []
    title = fill(said.links, arbetslag=arbetslag)
    return Message(title=title, blocks=(Paragraph(text=said.links_do), *whole, *shown))


def stale(arbetslag: str, texts: Texts) -> Message:
    """To whose calendar it is: what stands there is otherwise by now, and we cannot change it."""
    said = texts.errands
    return Message(title=fill(said.stale, arbetslag=arbetslag), blocks=(Paragraph(text=said.stale_do),))


def filed(school: str, week: int, link: str, texts: Texts, *, instead: bool = False) -> Message:
    """To the rektor: the week's summary is a file now, and it is there.

    `instead`: in their own drive, because more than the rektors read the channel that was chosen.
    """
    said = texts.errands
    where = Link(text=fill(said.filed_week, school=school, week=week), link=link)
    why = [Paragraph(text=said.filed_instead)] if instead else []
    return Message(title=said.filed, blocks=(where, *why, Small(text=said.filed_do)))


def beside(school: str, week: int, link: str, texts: Texts) -> Message:
    """To the rektor: the summary was to be written anew, and somebody had written in the file."""
    said = texts.errands
    where = Link(text=fill(said.filed_week, school=school, week=week), link=link)
    return Message(title=said.beside, blocks=(where, Paragraph(text=said.beside_do)))


def report(what: str, link: str, texts: Texts, *, anew: bool = False) -> Message:
    """To the channel, under the post: it is a file now; `anew`: beside one that somebody wrote in."""
    said = texts.errands
    where = Link(text=what, link=link)
    if anew:
        return Message(title=said.report_beside, blocks=(where, Paragraph(text=said.report_beside_do)))
    return Message(title=said.report, blocks=(where, Small(text=said.report_do)))

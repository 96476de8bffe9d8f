"""A message as a file to keep: what it is called, what it says of itself, and how it is handed over."""

from datetime import date

from bot.domain.calendar.school_year import SchoolYear
from bot.domain.errands_files import safe_name
from bot.domain.value import Value
from bot.messages.model import Button, Choices, Document, Fact, Link, Message, Paragraph
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Verb


class Belongs(Value):
    """What a file is about: a school or one arbetslag of it ("" for the whole), and the day it was made."""

    school: str
    arbetslag: str = ""
    day: date


def get_button(verb: Verb, subject: str, texts: Texts) -> Button:
    return button(texts.documents.get, verb, subject)


def as_file(message: Message, belongs: Belongs, texts: Texts, filed: str = "") -> Message:
    """To the asker: a message as a copy to keep, without buttons. `filed`: where it lies as a file too."""
    said = texts.documents
    about = [
        Fact(label=said.year, value=SchoolYear.of(belongs.day).name),
        Fact(label=said.school, value=belongs.school),
        Fact(label=said.day, value=texts.dates.full_date(belongs.day)),
    ]
    if belongs.arbetslag:
        about.insert(2, Fact(label=said.arbetslag, value=belongs.arbetslag))
    words = tuple(block for block in message.blocks if not isinstance(block, Choices))
    held = Document(
        title=message.title,
        filename=f"{safe_name(message.title, 'Nuläge')}.docx",
        about=tuple(about),
        language=texts.forms.language,
        message=Message(title=message.title, blocks=words),
    )
    title = fill(said.ready, what=message.title)
    lies = (Link(text=said.filed, link=filed),) if filed else ()
    return Message(title=title, blocks=(Paragraph(text=said.ready_how), *lies, held))

"""Which language the bot speaks to one person: what holds now, said in words, and the two to choose from."""

from collections.abc import Iterator

from bot.messages.model import Block, Choices, Message, Paragraph, Section, Small
from bot.messages.phrasing.buttons import button
from bot.messages.texts import Texts


def section(texts: Texts) -> Iterator[Block]:
    """For the bot's own page."""
    yield Section(text=texts.language.title)
    yield Paragraph(text=texts.language.now)
    yield _choices(texts)


def choice(texts: Texts, *, unknown: bool = False) -> Message:
    """The same on its own; `unknown`: what was written is no language of ours."""
    said = texts.language
    title = said.unknown if unknown else said.now
    return Message(title=title, blocks=(Small(text=said.stays), _choices(texts)))


def chosen(texts: Texts) -> Message:
    """The receipt, in the language that was chosen."""
    said = texts.language
    return Message(title=said.chosen, blocks=(Small(text=said.stays),))


def _choices(texts: Texts) -> Choices:
    said = texts.language
    pairs = ((said.swedish, "sv"), (said.english, "en"))
    return Choices(buttons=tuple(button(label, "set_language", key) for label, key in pairs))

"""The sentences about a copy to keep: what is in a message, as a Word document where a chat takes files."""

from typing import Annotated

from bot.messages.texts.base import Fills, TextSection


class DocumentTexts(TextSection):
    get: str
    ready: Annotated[str, Fills("what")]
    ready_how: str
    coming: str
    coming_here: str
    is_coming: str
    filed: str
    no_chat: str
    gone: str
    year: str
    school: str
    arbetslag: str
    day: str

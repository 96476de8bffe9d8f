"""A document block as a file, where the extra that writes Word files is installed."""

from functools import cache
from importlib.util import find_spec

from bot.messages.model import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def can_write() -> bool:
    """Whether Word files can be made here: whoever runs the bot chooses the extra `documents`."""
    return all(find_spec(name) for name in ("docx", "resvg_py", "font_source_sans_pro"))


def written(block: Document) -> bytes:
    """Write the file. It takes some hundredths of a second, and a large one more: not in an event loop."""
    from bot.messages.document import document

    about = tuple((fact.label, fact.value) for fact in block.about)
    return document(block.message, title=block.title, about=about, language=block.language)

"""What a reader of any chat takes together, though it stands in several blocks."""

import re
from collections.abc import Iterable

from bot.messages.model import Block, Choices, Paragraph

SOURCE = re.compile(r"^[–—] ")


def attached(read: Iterable[Block]) -> list[Block]:
    """A line that says whose words a quote is, is read together with it; and so are rows of buttons."""
    together: list[Block] = []
    for block in read:
        match together[-1] if together else None, block:
            case Paragraph(text=words), Paragraph(text=whose) if words.endswith("”") and SOURCE.match(whose):
                together[-1] = Paragraph(text=f"{words} {whose}")
            case Choices(buttons=row), Choices(buttons=next_row):
                together[-1] = Choices(buttons=(*row, *next_row))
            case _:
                together.append(block)
    return together

"""The line that says that a talk rests: it has a button as long as that is so, and then says what is."""

from typing import assert_never

from bot.domain.conversation.steps import State
from bot.messages.model import Message
from bot.messages.texts import Texts

FIRST_LINE = 2
"""A turn numbers what it says, and 1 is its question: this line is the first beside it."""
AFTER_LINES = 99
"""The number of what takes this line's place: further on than the lines of any turn go."""


def rests_no_more(state: State, texts: Texts) -> Message:
    """What stands in place of "Samtalet är pausat" once the talk is in this state."""
    said = texts.conversation
    match state:
        case "open" | "paused":
            return Message(title=said.left)
        case "done":
            return Message(title=said.completed)
        case "closed":
            return Message(title=said.closed)
        case _:
            assert_never(state)

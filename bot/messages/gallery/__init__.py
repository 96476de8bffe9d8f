"""An example of everything the bot says. `nulage preview` prints it; tests hold it to every limit.

A topic's file names its `EXAMPLES`; what is not here cannot be trusted to render anywhere.
"""

from collections.abc import Iterator

from bot.messages.gallery import (
    analysis,
    answering,
    check_ins,
    conversation,
    current_state,
    errands,
    home,
    language,
    notes,
    onboarding,
    people,
    rosters,
    schedules,
    search,
    weekly,
)
from bot.messages.gallery.base import Example
from bot.messages.model import Form, Message
from bot.messages.texts import Texts

TOPICS: tuple[tuple[Example, ...], ...] = (
    conversation.EXAMPLES,
    analysis.EXAMPLES,
    check_ins.EXAMPLES,
    schedules.EXAMPLES,
    onboarding.EXAMPLES,
    people.EXAMPLES,
    rosters.EXAMPLES,
    home.EXAMPLES,
    language.EXAMPLES,
    answering.EXAMPLES,
    notes.EXAMPLES,
    current_state.EXAMPLES,
    weekly.EXAMPLES,
    search.EXAMPLES,
    errands.EXAMPLES,
)


def examples(texts: Texts) -> Iterator[tuple[str, Message | Form]]:
    """Every example, by name, worded with these texts."""
    for topic in TOPICS:
        for example in topic:
            yield example.name, example.make(texts)

"""A command written as words, without its slash: to the bot by name, or in one's own chat with it."""

import re

from bot.domain.marks import bare

HELP = "/hjälp"
HELPS = frozenset({"help", "hjalp"})
"""Also as who reads English would say it."""

WITH_WORDS = frozenset({"avstamning", "sok", "franvaro", "sprak"})
"""Commands that take words and can be written without their slash."""

MOST_WORDS = 6
"""How many words may follow such a command; more of them is somebody telling something."""

_SENTENCE = re.compile(r"[.!?…][\"”’)]*$")


def asked_for(text: str, commands: frozenset[str]) -> str:
    """The command with its slash and its words; "" when they are words."""
    if bare(text) in HELPS:
        return HELP
    known = {bare(one) for one in commands}
    if bare(text) in known:
        return f"/{text}"
    first, _, following = text.partition(" ")
    few = 0 < len(following.split()) <= MOST_WORDS and not _SENTENCE.search(text)
    return f"/{first} {following}" if few and bare(first) in WITH_WORDS & known else ""

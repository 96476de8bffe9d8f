"""What people write, made fit to keep: the same letters, nothing taken away, nothing run."""

import re

from bot.domain.marks import composed
from bot.domain.privacy.plain import is_seen

NUL = "\0"
SHOWN_NUL = "␀"
"""PostgreSQL cannot hold U+0000, and nobody can see it: it is kept as its visible picture."""

_HALF = re.compile("[\ud800-\udfff]")
_SHOWN_HALF = "\ufffd"


def clean(text: str) -> str:
    """Return the text in NFC, what no store can hold made visible; "" when there is nothing to see in it."""
    fit = composed(_HALF.sub(_SHOWN_HALF, text).replace(NUL, SHOWN_NUL))
    return fit if is_seen(fit) else ""


def was_mended(text: str) -> bool:
    """Whether `clean` had to put a visible mark in place of something."""
    return NUL in text or _HALF.search(text) is not None

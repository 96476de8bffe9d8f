"""Marks that stand on a letter (accents and their like), taken off, or kept from piling up without an end.

Putting text in a normal form sorts the marks on each letter, in a time that grows with the square of their
number: one message with some thousands on one letter would hold everybody up for seconds.
"""

import re
import unicodedata

MOST = 30
"""Marks in a row; no language comes near it (Unicode Standard Annex 15, Stream-Safe Text Format)."""

JOINER = "\u034f"
"""Combining grapheme joiner: cannot be seen, stands on no letter, and no mark is sorted past it."""

_SUSPECT = re.compile(r"[^\0-\u02ff]{14}")
"""No sign is more than two marks (or a letter and two of them): fewer signs than these are at most 30."""


def spread(text: str) -> str:
    """Return the text with a joiner after every so many marks in a row; any ordinary text as it is.

    Nothing is taken away, and it looks the same. Time is linear. Done again, it changes nothing more.
    """
    if not _SUSPECT.search(text):
        return text
    known = {sign: _marks(sign) for sign in set(text)}
    spread_out: list[str] = []
    row = 0
    for sign in text:
        before, after, alone = known[sign]
        if row + before > MOST:
            spread_out.append(JOINER)
            row = 0
        row = row + before if alone else after
        spread_out.append(sign)
    return "".join(spread_out)


def composed(text: str) -> str:
    """The text in NFC, in a time that is linear whatever it holds."""
    return unicodedata.normalize("NFC", spread(text))


def unmarked(text: str) -> str:
    """The text without rings, dots and accents: "Nuläge" is "Nulage"."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def bare(command: str) -> str:
    """Reduce `/Nuläge`, `NULAGE` and `nula\u0308ge` to the same plain letters."""
    return unmarked(command.strip().lstrip("/").casefold())


def _marks(sign: str) -> tuple[int, int, bool]:
    """How many marks a sign begins with and ends with, taken apart; and whether it is nothing else."""
    if sign < "\u00c0":
        return 0, 0, False
    classes = [unicodedata.combining(part) for part in unicodedata.normalize("NFD", sign)]
    letters = [at for at, of in enumerate(classes) if not of]
    if not letters:
        return len(classes), len(classes), True
    return letters[0], len(classes) - 1 - letters[-1], False

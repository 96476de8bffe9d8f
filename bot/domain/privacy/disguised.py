"""Numbers of persons that are written so that a machine would miss them, and a reader would not.

A letter that looks like a digit ("1212l2-234O"), one digit too many, and odd signs between the digits.
Only what holds as a whole counts: the date exists and so does the checksum.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.patterns import compiled
from bot.domain.privacy.numbers import kind_of
from bot.domain.privacy.words import Hit, Kind

ALIKE: Final = str.maketrans("OoQIl|", "000111")
LOOKS = r"(?<![\w|])[\dOoQIl|](?:[^\w\n|]{0,3}[\dOoQIl|]){9,11}(?![\w|])"
FEWEST_DIGITS: Final = 6
"""Real digits among what looks like some: else it is a word, or a drawn line."""

ODD = (
    r"(?<!\d)(?<!\d[\W_])(?<!\d[\W_]{2})\d(?:(?:[^\w\n]|_){0,4}\d){9,11}"
    r"(?!\d|[\W_]{1,2}\d| ?(?:%|procent|kr))"
)
"""The whole of a run of digits: a longer one is a list, an ISBN or a row of scores."""
ONE_TOO_MANY = r"(?<!\d)\d{13}(?!\d)"


def lookalikes(text: str) -> Iterator[Hit]:
    """A number that holds once its letters are read as the digits they look like."""
    for match in compiled(LOOKS).finditer(text):
        read = re.sub(r"\D", "", match[0].translate(ALIKE))
        letters = any(char.isalpha() or char == "|" for char in match[0])
        if letters and sum(char.isdigit() for char in match[0]) >= FEWEST_DIGITS and (found := _kind(read)):
            yield (found, match.start(), match.end())


def odd(text: str) -> Iterator[Hit]:
    """A number that holds, parted in no usual way or with a digit too many: the author may say it is not."""
    for match in compiled(ODD).finditer(text):
        if _kind(re.sub(r"\D", "", match[0])):
            yield ("near_personnummer", match.start(), match.end())
    for match in compiled(ONE_TOO_MANY).finditer(text):
        if _kind(match[0][1:]) or _kind(match[0][:-1]):
            yield ("near_personnummer", match.start(), match.end())


def _kind(digits: str) -> Kind | None:
    return kind_of(digits) if len(digits) in {10, 12} else None

"""What somebody answered, and what can be seen of it from a later question."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.value import PersonId, Value


class Answer(Value):
    """One answer: `values` as stored (option keys, a day, the words), or why there are none.

    `version` rises by one each time the answer is changed. `at` is aware.
    """

    values: tuple[str, ...] = ()
    at: datetime
    by: PersonId
    version: int = 1
    skipped: bool = False
    unknown: bool = False

    def same_as(self, other: "Answer") -> bool:
        """Whether both say the same, whoever said it and when."""
        return (self.values, self.skipped, self.unknown) == (other.values, other.skipped, other.unknown)


Answers = Mapping[str, Answer]
"""By path: `resultat`, `orsak.1`, `orsak.1.paverkbar`, `orsak.1.varfor.2`."""

Prefixes = tuple[str, ...]
"""Where in the groups a question stands, outermost first: `("", "orsak.1.", "orsak.1.varfor.2.")`."""


def values_at(answers: Answers, path: str) -> tuple[str, ...]:
    answer = answers.get(path)
    return () if answer is None else answer.values

"""What a form showed, carried in its token: which questions, and which version of each answer."""

import re
from collections.abc import Iterable, Mapping

from bot.domain.questions.answers import Answers

MOST = 150
"""Characters that fit in a token beside a verb and an id; more questions go on the next page."""

_PART = re.compile(r"([a-z0-9_.]+)-(\d{1,6})")


def shown_on_page(paths: Iterable[str], answers: Answers) -> dict[str, int]:
    """As many of the questions as a token can carry, with the version that stands there (0: none)."""
    shown: dict[str, int] = {}
    length = 0
    for path in paths:
        version = answers[path].version if path in answers else 0
        length += len(f"{path}-{version}~")
        if shown and length > MOST:
            break
        shown[path] = version
    return shown


def to_argument(shown: Mapping[str, int]) -> str:
    return "~".join(f"{path}-{version}" for path, version in shown.items())


def from_argument(argument: str) -> dict[str, int]:
    """Read it back; what is not of ours is left out, for it is only a claim."""
    found = (_PART.fullmatch(part) for part in argument.split("~"))
    return {match[1]: int(match[2]) for match in found if match}

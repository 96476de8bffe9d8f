"""Labels that hold a name people chose: short enough for a button, and still unlike each other."""

from collections.abc import Sequence

LONGEST = 24
"""Characters on a button (PRODUCT 5)."""

LONGEST_OPTION = 72
"""Characters of a choice in a form; Slack takes 75."""


def shorten(text: str, longest: int = LONGEST_OPTION) -> str:
    """One line that fits, cut with "…" where it does not."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def button_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Cut what is too long; those that look the same after that get a number."""
    found: list[str] = []
    for label in labels:
        short, number = shorten(label, LONGEST), 1
        while short in found:
            number += 1
            short = f"{shorten(label, LONGEST - len(str(number)) - 1)} {number}"
        found.append(short)
    return tuple(found)

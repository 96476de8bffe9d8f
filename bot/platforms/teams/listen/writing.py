"""Where somebody has a form open in the place of a message: that message is not changed under their hands.

A form that an answer put there stands for its reader alone, and goes with what they typed when the message
itself is changed.
"""

from collections.abc import Callable
from datetime import datetime

from bot.domain.school import Place

LONGEST = 300.0
"""Seconds that a form keeps its place; whoever has left it for longer has left."""

AGAIN = 10.0
"""Seconds until whoever waits may ask again: a form is sent long before it must be."""

MOST_KEPT = 2000
"""Open forms; of more than that, the oldest keep their places no longer."""


class Writing:
    """By place and message, who has a form open there and until when it counts."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._open: dict[tuple[str, str, str], float] = {}

    def begin(self, where: Place, reference: str, user: str) -> None:
        """A form stands in the place of this message, for this person."""
        self.end(where, reference, user)
        self._open[where.address, reference, user] = self._now().timestamp() + LONGEST
        while len(self._open) > MOST_KEPT:
            del self._open[next(iter(self._open))]

    def end(self, where: Place, reference: str, user: str) -> None:
        """It was sent or closed, or something else stands there now."""
        self._open.pop((where.address, reference, user), None)

    def wait(self, where: Place, reference: str) -> float:
        """Seconds until it may be asked again whether the message can be changed; 0 when it can be now."""
        now = self._now().timestamp()
        for key in [key for key, until in self._open.items() if until <= now]:
            del self._open[key]
        left = [
            until - now
            for (address, message, _), until in self._open.items()
            if (address, message) == (where.address, reference)
        ]
        return min(AGAIN, max(left)) if left else 0.0

"""Where somebody has a form open in the place of a message: that message is not changed under their hands.

A form that an answer put there stands for its reader alone, and goes with what they typed when the message
itself is changed. Teams has no change for all but one: a card that fetches itself anew for somebody
(`refresh` with their id; Microsoft Learn, user-specific views) brings a form, but nothing of what was typed
in it, since that is sent by a button alone. So the change waits, as long as anybody can be thought to write,
and whoever presses something there meanwhile is shown what holds.

It is known here, and handed over when the bot ends in order: a process that dies, and another beside this
one, know nothing of it.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.domain.school import Place

LONGEST = 1800.0
"""Seconds that a form keeps its place, unless it is sent or closed: a lesson's break, and words that take
their time. Whoever has left it for longer has left."""

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

    def told(self) -> str:
        """What is open now, for whoever comes after this process; "" when nothing is."""
        self._forget()
        return json.dumps([[*key, until] for key, until in self._open.items()]) if self._open else ""

    def go_on(self, told: str) -> None:
        """What was open where this process begins. What cannot be read is as if nobody had written."""
        with suppress(ValueError, TypeError):
            latest = self._now().timestamp() + LONGEST
            for address, reference, user, until in json.loads(told):
                self._open[str(address), str(reference), str(user)] = min(float(until), latest)

    def end(self, where: Place, reference: str, user: str) -> None:
        """It was sent or closed, or something else stands there now."""
        self._open.pop((where.address, reference, user), None)

    def wait(self, where: Place, reference: str) -> float:
        """Seconds until it may be asked again whether the message can be changed; 0 when it can be now."""
        now = self._forget()
        left = [
            until - now
            for (address, message, _), until in self._open.items()
            if (address, message) == (where.address, reference)
        ]
        return min(AGAIN, max(left)) if left else 0.0

    def _forget(self) -> float:
        """Let go of what has been open for too long, and say what time it is."""
        now = self._now().timestamp()
        for key in [key for key, until in self._open.items() if until <= now]:
            del self._open[key]
        return now

"""Check-ins: the plan that says when an arbetslag is asked, and each round of asking."""

from datetime import datetime
from typing import Literal

from bot.domain.schedule.recurrence import Recurrence
from bot.domain.school import Place
from bot.domain.value import ArbetslagId, PersonId, SchoolId, Value

How = Literal["answered", "nothing_new", "at_meeting", "skipped"]
"""What somebody did with a round; all four mean that nobody needs a reminder."""

WhyNotAsked = Literal["late", "away", "no_channel", "no_pack", "restored"]
"""Why a planned question was not asked, as it is noted and as the rektor's summary says it.

`restored`: it came in hours that a restored copy does not know of, so that it may have been asked.
"""

PlanState = Literal["draft", "active", "paused", "stopped"]
"""A `draft` waits for its yes: nothing is ever asked for it."""


class CheckInPlan(Value):
    """When one arbetslag is asked, by whom, and whether each answers or all together.

    `closed_days` says what happens to an occasion on a closed day; `pack` is None when the areas
    take turns; `rounds` counts the rounds so far and decides whose turn it is. `stopped_at` and
    `stopped_from`, what it was before, are there when somebody stopped it. `replaces` is the plan
    a draft will take the place of; `part_of` the plan that one moved occasion belongs to.
    """

    id: str
    school: SchoolId
    arbetslag: ArbetslagId
    owners: tuple[PersonId, ...]
    recurrence: Recurrence
    closed_days: Literal["skip", "move"] = "skip"
    answers: Literal["each", "together"] = "together"
    pack: str | None = None
    state: PlanState = "active"
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    stopped_from: Literal["active", "paused"] | None = None
    replaces: str | None = None
    part_of: str | None = None
    rounds: int = 0
    minutes: int = 2
    created_at: datetime
    version: int = 1

    def is_awake(self, now: datetime) -> bool:
        """Whether it asks now: neither stopped nor paused. A pause that has run out is none."""
        over = self.state == "paused" and self.paused_until is not None and self.paused_until <= now
        return self.state == "active" or over


class SummaryPlan(Value):
    """When a school's rektor gets the week's summary (default Friday 14.00)."""

    id: str
    school: SchoolId
    recurrence: Recurrence
    state: Literal["active", "paused", "stopped"] = "active"
    created_at: datetime
    version: int = 1


class CheckIn(Value):
    """One round: asked once, open until the next one comes. `expected` are those asked, by id.

    `planned` is the local wall time it was planned for; `late` when the bot was away then. `place` is
    the channel it was asked in, wherever the arbetslag talks later.
    """

    id: str
    plan: str | None
    school: SchoolId
    arbetslag: ArbetslagId
    pack: str
    answers: Literal["each", "together"]
    place: Place | None = None
    planned: datetime
    opened_at: datetime
    late: bool = False
    expected: tuple[PersonId, ...]
    minutes: int = 2
    state: Literal["open", "closed"] = "open"
    version: int = 1


class Participation(Value):
    person: PersonId
    how: How
    at: datetime


class Standing(Value):
    """How far a round has come: numbers only, so that it can be shown to anyone."""

    answered: int
    asked: int
    away: int = 0


def anchor_key(check_in: str) -> str:
    """The outbox key of a round's one message in the channel."""
    return f"check_in:{check_in}"

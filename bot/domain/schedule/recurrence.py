"""A rule for when something recurs, as data: never a rule string."""

import operator
from datetime import date, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.calendar.school_year import monday_of
from bot.domain.value import Value


def _sorted(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


WORKDAYS = (0, 1, 2, 3, 4)

Weekday = Annotated[int, Field(ge=0, le=6)]
Weekdays = Annotated[tuple[Weekday, ...], AfterValidator(_sorted)]
Weeks = Annotated[tuple[Annotated[int, Field(ge=1, le=53)], ...], AfterValidator(_sorted)]


class Recurrence(Value):
    """A rule for when: on `days` (Monday is 0) or `once`, always `at` a time on the wall.

    `anchor` is the first agreed date: nothing is asked before it, and "varannan" counts its weeks
    from there, Monday by Monday. `parity` is that of the ISO week, tried per occasion. `skipped_weeks`
    are ISO weeks that are passed over every year; where there are none the stored rule says nothing of
    them, so that an earlier version reads it.
    """

    days: Weekdays = ()
    every: int = Field(default=1, ge=1, le=4)
    anchor: date | None = None
    parity: Literal["even", "odd"] | None = None
    ordinal: Literal[1, 2, 3, 4, -1] | None = None
    once: date | None = None
    at: time
    last: date | None = None
    skipped_weeks: Weeks = Field(default=(), exclude_if=operator.not_)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        anchored = self.anchor is not None and self.anchor.weekday() in self.days
        rules = (
            (self.at.tzinfo is not None or self.at.second or self.at.microsecond, "at is hours and minutes"),
            ((self.once is None) == (not self.days), "either days or once"),
            ((self.every > 1) + (self.parity is not None) + (self.ordinal is not None) > 1, "one pattern"),
            (self.every > 1 and not anchored, "every second week needs an anchor on one of its days"),
            (self.ordinal is not None and len(self.days) != 1, "an ordinal needs exactly one day"),
            (self.once and (self.every > 1 or self.parity or self.ordinal or self.anchor), "once"),
            (self.once and (self.last or self.skipped_weeks), "once has nothing to end or to pass over"),
            (self.anchor and self.last and self.last < self.anchor, "ends before it starts"),
        )
        if broken := [why for wrong, why in rules if wrong]:
            raise ValueError("; ".join(broken))
        return self


def falls_on(recurrence: Recurrence, day: date) -> bool:
    """Tell whether the recurrence has an occasion on this day."""
    anchor, last = recurrence.anchor, recurrence.last
    if recurrence.once is not None or day.weekday() not in recurrence.days:
        return day == recurrence.once
    if (anchor and day < anchor) or (last and day > last):
        return False
    week = day.isocalendar().week
    if week in recurrence.skipped_weeks:
        return False
    if recurrence.parity is not None:
        return (week % 2 == 0) == (recurrence.parity == "even")
    if recurrence.ordinal is not None:
        return _which_in_month(day, last=recurrence.ordinal < 0) == recurrence.ordinal
    # Counted from one Monday to another, so that several days of one week keep together.
    return anchor is None or (monday_of(day) - monday_of(anchor)).days // 7 % recurrence.every == 0


def _which_in_month(day: date, *, last: bool) -> int:
    """Count which Thursday (say) of its month a day is, 1 to 5; or -1 where the last is sought."""
    is_last = (day + timedelta(days=7)).month != day.month
    return -1 if last and is_last else (day.day - 1) // 7 + 1

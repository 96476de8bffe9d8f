"""The question the bot asks when a schedule phrase can be read in no way, or in two.

What is asked stands here, by name and with what fills it; the words of each stand in the texts (`times`).
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal, NamedTuple

from bot.domain.value import Value

LONGEST_SHOWN = 40


class WeekOf(NamedTuple):
    """A week by its number."""

    number: int


class DayOf(NamedTuple):
    """A weekday, Monday 0; with `nth` (1–4, or -1 for the last) that one of a month."""

    weekday: int
    nth: int = 0


class NoDay(NamedTuple):
    """A date as it was said, that no year has: 31 November. `year` may be empty."""

    day: int
    month: int
    year: str


AskName = Literal[
    "no_day_or_time",
    "no_day",
    "no_time",
    "no_days",
    "no_start",
    "no_end",
    "outside_hours",
    "both_outside",
    "has_been",
    "too_long",
    "two_patterns",
    "never",
    "all_closed",
    "not_understood",
    "no_clock",
    "one_clock",
    "one_date",
    "either",
    "which_time",
    "which_day",
    "which_day_and_time",
    "lov_ends",
    "lov_ended",
    "from_when",
    "always_skips",
    "no_exceptions",
    "which_year",
    "two_times",
    "one_at_a_time",
    "two_days",
    "two_dates",
    "two_weeks",
    "workdays",
    "workdays_of",
    "is_not",
    "no_such_date",
    "which_week",
    "which_date",
    "only_that",
    "that_of_month",
    "which_of_month",
    "one_day_of_month",
    "only_or_from",
    "other_week",
    "other_day",
    "example_date",
    "which_of_term",
    "term_ends",
    "term_begins",
    "is_closed",
]
ChoiceName = Literal["right", "take", "yes_take", "take_only", "begin", "take_workdays", "take_monthly"]


class Sentence(NamedTuple):
    """One sentence of the texts, and what fills it: dates, times, weeks, a recurrence, or words as said."""

    name: AskName
    given: Mapping[str, Any]


class Choice(NamedTuple):
    """A button: its label, and the phrase that is said by pressing it. `given` fills the label."""

    label: ChoiceName
    phrase: str
    given: date | time | WeekOf | DayOf | str = ""


class AskBack(Value):
    """One plain question; nothing is saved until it is answered."""

    says: tuple[Sentence, ...]
    choices: tuple[Choice, ...] = ()

    def then(self, name: AskName, /, **given: object) -> "AskBack":
        """The same, with one more sentence at the end."""
        return AskBack(says=(*self.says, Sentence(name, given)), choices=self.choices)


def ask_back(name: AskName, /, *choices: Choice, **given: object) -> AskBack:
    return AskBack(says=(Sentence(name, given),), choices=choices)


NO_DAY_OR_TIME = ask_back("no_day_or_time")
NO_DAY = ask_back("no_day")
NO_TIME = ask_back("no_time")
NO_DAYS = ask_back("no_days")
NO_START = ask_back("no_start")
NO_END = ask_back("no_end")
OUTSIDE_HOURS = ask_back("outside_hours")
HAS_BEEN = ask_back("has_been")
TOO_LONG = ask_back("too_long")
TWO_PATTERNS = ask_back("two_patterns")
NEVER = ask_back("never")
ALL_CLOSED = ask_back("all_closed")


def not_understood(word: str) -> AskBack:
    shown = word if len(word) <= LONGEST_SHOWN else f"{word[: LONGEST_SHOWN - 1]}…"
    return ask_back("not_understood", word=shown)

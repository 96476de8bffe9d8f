"""Two times, days or dates where one can be meant: which one? No button may say what was not said."""

from collections.abc import Iterable
from datetime import time

from bot.domain.schedule.ask import AskBack, AskName, Choice, DayOf, WeekOf, ask_back
from bot.domain.schedule.buttons import agreed
from bot.domain.schedule.one_thing import one_thing
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.said import CLOCKS, DATES, WEEKS, Said, date_of, weekday
from bot.domain.schedule.words import SEAMS, Word

TWO: tuple[tuple[AskName, tuple[str, ...]], ...] = (("two_dates", DATES), ("two_weeks", WEEKS))
BETWEEN = {*CLOCKS, *SEAMS, "filler", "from", "until"}


def two_times(said: Said) -> AskBack | None:
    """Offer each of two times; times with days of their own are said one at a time."""
    clocks = said.all(*CLOCKS)
    if len(clocks) > 1 and (meant := one_thing(said)) is not None:
        return meant
    match clocks:
        case [] | [_]:
            return None
        case [first, *_, last] if _each_with_its_own(said, first, last):
            return ask_back("one_at_a_time")
        case [one, other] if said.between(one, other, *SEAMS):
            return ask_back("two_times", *_either_time(said, one, other))
        case _:
            return ask_back("two_times")


def _either_time(said: Said, *clocks: Word) -> Iterable[Choice]:
    """The phrase with each of the times alone, where it is one as it stands; the same is said once."""
    choices: dict[time, Choice] = {}
    for clock in clocks:
        rest = said.rest(*(word for word in said.all(*CLOCKS, *SEAMS) if word is not clock))
        phrase = " ".join(f"kl {word.text}" if word.kind == "bare" else word.text for word in rest)
        reached = agreed(phrase, said.read)
        if isinstance(reached.found, Recurrence) and _as_it_stands(clock, reached.found.at):
            choices[reached.found.at] = Choice("take", reached.phrase, reached.found.at)
    return choices.values()


def _as_it_stands(clock: Word, at: time) -> bool:
    """Tell whether a time was said: "3" was not the afternoon's, and "3.12" is rather a date."""
    return clock.kind == "spoken" or int(clock.match["hour"]) == at.hour


def _each_with_its_own(said: Said, first: Word, last: Word) -> bool:
    """Tell "tisdag 14 och torsdag 15" from "tisdag och torsdag 14 eller 15"."""
    between = any(word.kind not in BETWEEN for word in said.between(first, last))
    sides = {word.match.start() < first.match.start() for word in said.all("day", "workdays")}
    return between or len(sides) > 1


def two_days(said: Said) -> AskBack | None:
    """Offer each of two days with "eller" between, or for once a week."""
    once = len(said.days) > 1 and any(word.part("once") for word in said.all("every"))
    seams = said.all("or", "and") if once else said.all("or")
    if not (seams or once) or len(said.plain(*DATES, *WEEKS)) > 1:
        return None
    choices: tuple[Choice, ...] = ()
    match said.all("day", "workdays"):
        case [Word(kind="day") as one, Word(kind="day") as two] if weekday(one) != weekday(two):
            choices = tuple(
                Choice("take", said.without(other, *seams), DayOf(weekday(day)))
                for day, other in ((one, two), (two, one))
            )
        case _:
            pass
    return ask_back("two_days", *choices)


def two_dates(said: Said) -> AskBack | None:
    """Offer each of two dates, or weeks, where one is meant."""
    for name, kinds in TWO:
        match said.plain(*kinds):
            case [] | [_]:
                pass
            case [one, other] if said.between(one, other, "day", "workdays"):
                return ask_back(name)
            case [one, other]:
                return ask_back(name, *_without(said, other, one), *_without(said, one, other))
            case _:
                return ask_back(name)
    for after in (said.after("from"), said.after("until")):
        if len(after) > 1:
            weeks = all(word and word.kind in WEEKS for word in after)
            return ask_back("two_weeks" if weeks else "two_dates")
    return None


def _without(said: Said, left: Word, kept: Word) -> Iterable[Choice]:
    """The phrase with one of the two dates alone, where there is such a date."""
    found = date_of(kept, said.today)
    if found is not None:
        what = WeekOf(found.isocalendar().week) if kept.kind in WEEKS else found
        seams = said.between(left, kept, *SEAMS)
        yield Choice("take", said.once_without(left, *seams), what)

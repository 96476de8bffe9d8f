"""Two times, days or dates where one can be meant: which one? No button may say what was not said."""

from datetime import time

from bot.domain.schedule.ask import AskBack, Choice, DayOf, ask_back
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.said import CLOCKS, DATES, WEEKS, Said, weekday
from bot.domain.schedule.words import Word

SEAMS = ("or", "and", "filler")
BETWEEN = {*CLOCKS, *SEAMS, "comma", "from", "until"}


def two_times(said: Said) -> AskBack | None:
    """Offer each of two times; times with days of their own are said one at a time."""
    clocks = said.all(*CLOCKS)
    if len(clocks) <= 1:
        return None
    if _each_with_its_own(said, clocks):
        return ask_back("one_at_a_time")
    choices: dict[time, Choice] = {}
    for clock in clocks if len(clocks) == 2 else ():  # noqa: PLR2004  the two of the question
        rest = (word for word in said.words if word is clock or word.kind not in {*CLOCKS, *SEAMS})
        phrase = " ".join(f"kl {word.text}" if word.kind == "bare" else word.text for word in rest)
        if isinstance(meant := said.again(phrase), Recurrence):
            choices[meant.at] = Choice("take", phrase, meant.at)
    return ask_back("two_times", *choices.values())


def _each_with_its_own(said: Said, clocks: list[Word]) -> bool:
    """Tell "tisdag 14 och torsdag 15" from "tisdag och torsdag 14 eller 15"."""
    start, end = clocks[0].match.start(), clocks[-1].match.start()
    between = any(start < word.match.start() < end and word.kind not in BETWEEN for word in said.words)
    sides = {word.match.start() < start for word in said.all("day", "workdays")}
    return between or len(sides) > 1


def two_days(said: Said) -> AskBack | None:
    """Offer each of two days with "eller" between."""
    seams = said.all("or")
    if not seams:
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
    """Ask which of two dates, or weeks, is meant."""
    if len(said.plain(*DATES)) > 1 or any(len(said.after(marker)) > 1 for marker in ("from", "until")):
        return ask_back("two_dates")
    if len(said.plain(*WEEKS)) > 1:
        return ask_back("two_weeks")
    return None

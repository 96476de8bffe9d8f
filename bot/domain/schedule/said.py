"""A schedule phrase as it was said: its words, when it was said, and the dates it names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from bot.domain.calendar.school_year import (
    Calendar,
    Term,
    day_in_week,
    monday_of,
    school_week,
    school_year_start,
)
from bot.domain.calendar.swedish_dates import MONTHS, WEEKDAYS
from bot.domain.schedule.ask import NoDay
from bot.domain.schedule.offers import Read
from bot.domain.schedule.recurrence import WORKDAYS
from bot.domain.schedule.words import MONTH_OF, ORDINALS, WEEKDAY_OF, Word

DATES = ("date", "today")
WEEKS = ("week", "next_week")
CLOCKS = ("clock", "spoken", "bare")
JUNE = 6
LEAP_YEARS = 8  # a leap day may be this many years off


@dataclass(frozen=True)
class Said:
    """Everything the rules look at. `read` reads another phrase, said at the same moment."""

    text: str
    words: tuple[Word, ...]
    today: date
    now: datetime
    calendar: Calendar
    read: Read

    def all(self, *kinds: str) -> list[Word]:
        return [word for word in self.words if word.kind in kinds]

    def has(self, *kinds: str) -> bool:
        return any(word.kind in kinds for word in self.words)

    def after(self, marker: str) -> list[Word | None]:
        """Give the word after each "från" or "till"; None where the phrase ends there."""
        following = (*self.words[1:], None)
        return [after for word, after in zip(self.words, following, strict=False) if word.kind == marker]

    def plain(self, *kinds: str) -> list[Word]:
        """Give the dates or weeks that no "från" or "till" stands before."""
        marked = [*self.after("from"), *self.after("until")]
        return [word for word in self.all(*kinds) if not any(word is other for other in marked)]

    def without(self, *words: Word) -> str:
        """Say the phrase again without some words."""
        return " ".join(word.text for word in self.words if not any(word is other for other in words))

    def once_without(self, *words: Word) -> str:
        """Say the phrase again without some words, and "torsdag" for "torsdagar": once, not every week."""
        rest = [word for word in self.words if not any(word is other for other in words)]
        return " ".join(WEEKDAYS[weekday(word)] if word.kind == "day" else word.text for word in rest)

    @cached_property
    def days(self) -> tuple[int, ...]:
        named = {weekday(word) for word in self.all("day")}
        return tuple(sorted(named | set(WORKDAYS if self.has("workdays") else ())))

    @cached_property
    def every(self) -> set[int]:
        """Give the intervals named, in weeks: {1} for "varje", empty for none."""
        return {interval(word) for word in self.all("every")}

    @cached_property
    def recurring(self) -> bool:
        return self.has("every", "parity", "monthly", "workdays")

    @cached_property
    def start(self) -> date | None:
        """Give the day from which; "efter v. 2" begins the week after."""
        for word, day in zip(self.words, self.words[1:], strict=False):
            if word.kind == "from" and (found := date_of(day, self.today, nearest=True)) is not None:
                after = 7 if day.kind in WEEKS else 1
                return found + timedelta(days=after if word.part("after") else 0)
        return None

    @cached_property
    def terms(self) -> list[Term]:
        """Give the terms that the phrase may mean: only those of spring for "vårterminen"."""
        named = {word.part("which") for word in self.all("in_term")} - {""}
        return [
            term for term in self.calendar.terms if named <= {"vår" if term.first.month <= JUNE else "höst"}
        ]

    @cached_property
    def plural(self) -> bool:
        return any(word.part("ending") in {"ar", "arna"} for word in self.all("day"))

    @cached_property
    def once_each(self) -> bool:
        """Tell "på torsdag", which is once, from "torsdag" and "på torsdagar"."""
        on = any(word.part("on").endswith("på ") for word in self.all("day"))
        return on and not self.plural and not self.recurring


def weekday(word: Word) -> int:
    return WEEKDAY_OF[word.match["full"] or word.match["short"]]


def interval(word: Word) -> int:
    parts = word.match.groupdict()
    if parts.get("second"):
        return 2
    return ORDINALS[parts["nth"]] if parts.get("nth") else 1


def day_month(word: Word) -> tuple[int, int]:
    """Give the day and month of a date word; the month may be one that is not."""
    parts = word.match.groupdict()
    month = MONTH_OF[parts["month"]] if parts.get("month") else int(parts["number"])
    return int(parts["day"]), month


def day_named(word: Word) -> NoDay | None:
    """Give a date word as it stands, also one that no year has; None where not even its month exists."""
    day, month = day_month(word)
    return NoDay(day, month, word.match["year"] or "") if 1 <= month <= len(MONTHS) else None


def date_of(word: Word, today: date, *, nearest: bool = False) -> date | None:
    """Read a date, a week (its Monday) or "imorgon"; None where there is no such date.

    Without a year it is the next one from `today`, or, as a start may lie behind us, the nearest.
    """
    if word.kind == "today":
        ahead = {"idag": 0, "imorgon": 1, "iövermorgon": 2}[word.match["which"].replace(" ", "")]
        return today + timedelta(days=ahead)
    if word.kind == "next_week":
        return monday_of(today) + timedelta(days=7)
    if word.kind == "week":
        return week_of(word, 0, monday_of(today), nearest=nearest)
    day, month = day_month(word)
    if word.match["year"]:
        return _date(int(word.match["year"]), month, day)
    years = range(today.year - 1, today.year + LEAP_YEARS)
    found = [candidate for year in years if (candidate := _date(year, month, day)) is not None]
    return _choose(found, today, nearest=nearest)


def week_of(word: Word, weekday_: int, earliest: date, *, nearest: bool = False) -> date | None:
    """Find a weekday in the week named: of the year said, else the next from `earliest`, or the nearest."""
    if word.kind == "next_week":
        return earliest + timedelta(days=7 - earliest.weekday() + weekday_)
    week, year = int(word.match["week"]), word.match["year"]
    if year:
        return day_in_week(int(year), week, weekday_)
    this_year = school_week(earliest)[0]
    years = range(this_year - 1, this_year + 2)
    found = [day for year in years if (day := day_in_week(year, week, weekday_)) is not None]
    return _choose(found, earliest, nearest=nearest)


def _choose(found: list[date], today: date, *, nearest: bool) -> date | None:
    if nearest:
        # A start behind us lies in this school year: nobody begins with the last.
        ours = [one for one in found if school_year_start(one) >= school_year_start(today)]
        return min(ours, key=lambda candidate: abs(candidate - today), default=None)
    return next((candidate for candidate in found if candidate >= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

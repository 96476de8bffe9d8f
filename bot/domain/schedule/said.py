"""A schedule phrase as it was said: its words, when it was said, and the dates it names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from bot.domain.calendar.school_year import (
    Calendar,
    Term,
    day_in_week,
    monday_of,
    school_week,
    school_year_start,
)
from bot.domain.calendar.swedish_dates import MONTHS, WEEKDAYS, say_full_date
from bot.domain.schedule.ask import NoDay
from bot.domain.schedule.buttons import Read
from bot.domain.schedule.recurrence import WORKDAYS
from bot.domain.schedule.words import MONTH_OF, ORDINALS, WEEKDAY_OF, Word

DATES = ("date", "today")
WEEKS = ("week", "next_week")
CLOCKS = ("clock", "spoken", "bare")
JUNE = 6
LAST_WEEK = 53
YEAR = timedelta(days=365)
LEAP_YEARS = 8  # a leap day may be this many years off


@dataclass(frozen=True)
class Said:
    """Everything the rules look at. `read` reads another phrase, said at the same moment."""

    words: tuple[Word, ...]
    today: date
    now: datetime
    calendar: Calendar
    read: Read

    @property
    def text(self) -> str:
        """Give the whole phrase, as it was made plain."""
        return self.words[0].match.string if self.words else ""

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

    def between(self, one: Word, other: Word, *kinds: str) -> list[Word]:
        """Give the words between two, of these kinds or of any."""
        start, end = sorted((one.match.start(), other.match.start()))
        return [w for w in (self.all(*kinds) if kinds else self.words) if start < w.match.start() < end]

    def rest(self, *words: Word) -> list[Word]:
        """Give the words without some; what is left out stands last, where no more falls to it."""
        kept = (word for word in self.words if not any(word is other for other in words))
        return sorted(kept, key=lambda word: word.left_out)

    def without(self, *words: Word) -> str:
        """Say the phrase again without some words."""
        return " ".join(word.text for word in self.rest(*words))

    def once_without(self, *words: Word) -> str:
        """Say the phrase again without some words, and "torsdag" for "torsdagar": once, not every week."""
        return " ".join(
            WEEKDAYS[weekday(word)] if word.kind == "day" else word.text for word in self.rest(*words)
        )

    @cached_property
    def named_days(self) -> set[int]:
        """Give the weekdays that are said; "varje dag utom fredag" is said of workdays."""
        named = {weekday(word) for word in self.all("day")}
        return named | set(WORKDAYS if self.has("workdays") or self.daily_but else ())

    @cached_property
    def days(self) -> tuple[int, ...]:
        return tuple(sorted(self.named_days - self.skipped_days))

    @cached_property
    def daily_but(self) -> bool:
        """Tell "varje dag utom helger" from "varje dag", which is asked about."""
        return self.has("daily") and self.has("not_day", "not_weekend")

    @cached_property
    def skipped_days(self) -> set[int]:
        return {weekday(word) for word in self.all("not_day")}

    @cached_property
    def skipped_weeks(self) -> tuple[int, ...]:
        """Give the weeks that are left out, all of "v. 51 till v. 2"."""
        weeks: list[int] = []
        for before, word in pairwise(self.words):
            if word.kind == "not_week":
                week = int(word.match["week"])
                first = weeks[-1] if before.kind == "not_until" else week
                weeks += [(first + n - 1) % LAST_WEEK + 1 for n in range((week - first) % LAST_WEEK + 1)]
        return tuple(sorted(set(weeks)))

    @cached_property
    def every(self) -> set[int]:
        """Give the intervals named, in weeks: {1} for "varje", empty for none."""
        return {interval(word) for word in self.all("every")}

    @cached_property
    def recurring(self) -> bool:
        return self.has("every", "parity", "monthly", "workdays")

    @cached_property
    def start(self) -> date | None:
        """Give the day from which; "efter v. 2" begins the week after, and "v. 36–44 2027" in that year."""
        end = next(
            (date_of(word, self.today) for word in self.after("until") if word and word.part("year")), None
        )
        for word, day in pairwise(self.words):
            if word.kind != "from":
                continue
            found = date_of(day, self.today, nearest=True)
            if found and end and day.kind in {"date", "week"}:
                found = date_of(day, end - YEAR)
            if found is not None:
                after = 7 if day.kind in WEEKS else 1
                return found + timedelta(days=after if word.part("after") else 0)
        return None

    @cached_property
    def terms(self) -> list[Term]:
        """Give the terms that are meant: those of spring for "vårterminen", the coming for "nästa"."""
        named = {word.part("which") for word in self.all("in_term")} - {""}
        ahead = any(word.part("next") for word in self.all("in_term"))
        return [
            term
            for term in self.calendar.terms
            if named <= {"vår" if term.first.month <= JUNE else "höst"}
            and not (ahead and term.first <= self.today)
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
    if word.part("second"):
        return 2
    return ORDINALS[word.part("nth")] if word.part("nth") else 1


def day_month(word: Word) -> tuple[int, int]:
    """Give the day and month of a date word; the month may be one that is not."""
    month = MONTH_OF[word.part("month")] if word.part("month") else int(word.part("number"))
    return int(word.part("day")), month


def day_named(word: Word) -> NoDay | None:
    """Give a date word as it stands, also one that no year has; None where not even its month exists."""
    day, month = day_month(word)
    return NoDay(day, month, word.match["year"] or "") if 1 <= month <= len(MONTHS) else None


def date_of(word: Word, today: date, *, nearest: bool = False) -> date | None:
    """Read a date, a week (its Monday) or "imorgon"; None where there is no such date.

    Without a year it is the next one from `today`, or, as a start may lie behind us, the nearest.
    """
    if word.kind == "today":
        which = word.match["which"].replace(" ", "")
        ahead = 0 if which == "idag" else 2 if which.startswith("iöver") else 1
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


def with_year(word: Word, today: date) -> str | None:
    """Say a date or a week with the year when it next comes: "v. 44 2027"."""
    ahead = date_of(word, today)
    if ahead is None:
        return None
    return (
        f"v. {word.match['week']} {ahead.isocalendar().year}" if word.kind == "week" else say_full_date(ahead)
    )


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

"""The school year: terms, red days, lov and studiedagar, and when the bot may speak.

Red days are computed for all of Sweden. Lov and studiedagar differ between municipalities and
schools, so they are data: a förskola simply has none.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from operator import attrgetter
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import field_validator, model_validator

from bot.domain.calendar.swedish_dates import lower_first, say_weekday
from bot.domain.value import Value

AUGUST = 8
SATURDAY = 5
# Longest run of closed days we look across; a sommarlov is about ten weeks.
FURTHEST_DAYS = 400

DayKind = Literal["lov", "studiedag", "planeringsdag"]
_date_of = attrgetter("date")


class Term(Value):
    """A term (HT or VT): its first and last day."""

    name: str
    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.last < self.first:
            raise ValueError("a term ends before it starts")
        return self

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class SchoolYear(Value):
    """A läsår: August to June, named after both years. July belongs to the year that has ended."""

    starts: int
    terms: tuple[Term, ...] = ()

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(starts=school_year_start(day))

    @property
    def name(self) -> str:
        return f"{self.starts}/{(self.starts + 1) % 100:02}"

    @property
    def first(self) -> date:
        return date(self.starts, AUGUST, 1)

    @property
    def last(self) -> date:
        return date(self.starts + 1, 6, 30)

    def holds(self, day: date) -> bool:
        return school_year_start(day) == self.starts


class CalendarDay(Value):
    """One day when a school is not as usual."""

    date: date
    kind: DayKind
    name: str = ""


class Calendar(Value):
    """When one school works. The bot speaks from `opens` until `closes`; equal means at any hour."""

    zone: str = "Europe/Stockholm"
    days: tuple[CalendarDay, ...] = ()
    terms: tuple[Term, ...] = ()
    opens: time = time(7)
    closes: time = time(17)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no such time zone: {zone}") from error
        return zone

    @field_validator("days")
    @classmethod
    def _in_order(cls, days: tuple[CalendarDay, ...]) -> tuple[CalendarDay, ...]:
        # `_named` looks days up by halving; a lov weighs more than a studiedag on the same day.
        return tuple(sorted(days, key=lambda day: (day.date, day.kind, day.name)))

    @field_validator("terms")
    @classmethod
    def _terms_in_order(cls, terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(sorted(terms, key=lambda term: term.first))

    def local(self, moment: datetime) -> datetime:
        """Tell what the clock on the school's wall says."""
        return moment.astimezone(ZoneInfo(self.zone))

    def why_closed(self, day: date) -> str | None:
        """Say in Swedish why the school does not work that day, or None when it does."""
        if day.weekday() >= SATURDAY:
            return say_weekday(day)
        if (red := red_days(day.year).get(day)) is not None:
            return red
        if (named := self._named(day)) is not None:
            return f"lov: {named.name}" if named.kind == "lov" and named.name else named.kind
        return self._why_outside_terms(day) if self.terms else None

    def is_open(self, day: date) -> bool:
        return self.why_closed(day) is None

    def is_lov(self, day: date) -> bool:
        """Tell whether pupils and staff are on leave: a lov, or outside the known terms."""
        named = self._named(day)
        return named.kind == "lov" if named is not None else self._why_outside_terms(day) is not None

    def is_quiet(self, at: time) -> bool:
        """Tell whether this time of day is outside working hours, whatever the day."""
        return self.opens != self.closes and not self.opens <= at < self.closes

    def next_open_day(self, day: date, within: int = FURTHEST_DAYS) -> date | None:
        """Find the first open day from `day` on, `day` itself included."""
        for ahead in range(within):
            if self.is_open(candidate := day + timedelta(days=ahead)):
                return candidate
        return None

    def next_open(self, moment: datetime) -> datetime:
        """Move what falls in quiet hours, a weekend, a red day or a lov to the next working time.

        A calendar that stays closed for more than a year moves nothing.
        """
        local = self.local(moment)
        day = local.date()
        after_hours = self.opens != self.closes and local.time() >= self.closes
        found = self.next_open_day(day + timedelta(days=1) if after_hours else day)
        if found is None or (found == day and not self.is_quiet(local.time())):
            return moment
        opening = datetime.combine(found, self.opens, ZoneInfo(self.zone))
        return opening.astimezone(moment.tzinfo)

    def add_working_days(self, moment: datetime, count: int) -> datetime:
        """Go `count` open days ahead and keep the time on the wall."""
        local = self.local(moment)
        day = local.date()
        for _ in range(count):
            day = self.next_open_day(day + timedelta(days=1)) or day + timedelta(days=1)
        wall = datetime.combine(day, local.time(), ZoneInfo(self.zone))
        # Through UTC, so that a time in the spring gap becomes one that exists.
        return wall.astimezone(UTC).astimezone(moment.tzinfo)

    def covered_until(self) -> date | None:
        """Tell the last date that the known terms and lov say anything about."""
        known = [term.last for term in self.terms] + [day.date for day in self.days[-1:]]
        return max(known, default=None)

    def _named(self, day: date) -> CalendarDay | None:
        place = bisect_left(self.days, day, key=_date_of)
        return self.days[place] if place < len(self.days) and self.days[place].date == day else None

    def _why_outside_terms(self, day: date) -> str | None:
        """Say why a day is outside the terms, as far as they are known for its school year.

        Between two terms it is "lov". A school year with no known term says nothing, and neither
        does the spring of one whose autumn alone is known, nor the other way about.
        """
        year = school_year_start(day)
        terms = [term for term in self.terms if school_year_start(term.first) == year]
        if not terms or any(term.holds(day) for term in terms):
            return None
        if terms[0].first <= day <= terms[-1].last:
            return "lov"
        first, last = terms[0].first, terms[-1].last
        before = day < first and first.year in {year, day.year}
        after = day > last and (last.year > year or day.year == year)
        return "utanför terminen" if before or after else None


def school_year_start(day: date) -> int:
    """Give the calendar year in which the school year of `day` starts."""
    return day.year if day.month >= AUGUST else day.year - 1


def school_week(day: date) -> tuple[int, int]:
    """Give the ISO year and week: 1 January 2027 lies in (2026, 53)."""
    year, week, _ = day.isocalendar()
    return year, week


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_in(year: int) -> int:
    """Count the ISO weeks of a year: 52 or 53."""
    return date(year, 12, 28).isocalendar().week


def day_in_week(year: int, week: int, weekday: int) -> date | None:
    """Find a weekday of an ISO week, or None where the year has no such week."""
    return date.fromisocalendar(year, week, weekday + 1) if 1 <= week <= weeks_in(year) else None


@cache
def red_days(year: int) -> dict[date, str]:
    """Name Sweden's free days, with julafton, midsommarafton and nyårsafton.

    Half days ("från kl. 14.00") and klämdagar are working days.
    """
    from holidays.countries.sweden import Sweden

    # The language is said, or the names follow the locale of the machine.
    kinds = ("public", "de_facto")
    found = Sweden(years=year, categories=kinds, include_sundays=False, language="sv")
    return {day: name if name.startswith("Kristi") else lower_first(name) for day, name in found.items()}

"""How dates, weeks, times and lists are said in one language."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from bot.domain.calendar.swedish_dates import say_time
from bot.messages.texts.base import Fills, TextSection, fill


class DateTexts(TextSection):
    """The words, and their order. Weeks are ISO weeks and the clock has 24 hours, as schools count."""

    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    date_: Annotated[str, Fills("day", "month")]
    full_date_: Annotated[str, Fills("date", "year")]
    day_: Annotated[str, Fills("weekday", "date")]
    moment_: Annotated[str, Fills("day", "time")]
    week_: Annotated[str, Fills("week")]
    and_: str
    or_: str

    def weekday(self, day: dt.date) -> str:
        return self.weekdays[day.weekday()]

    def date(self, day: dt.date) -> str:
        """Say "26 november"."""
        return fill(self.date_, day=day.day, month=self.months[day.month - 1])

    def full_date(self, day: dt.date) -> str:
        """Say "26 november 2026"."""
        return fill(self.full_date_, date=self.date(day), year=day.year)

    def day(self, day: dt.date, *, year: bool = False) -> str:
        """Say "torsdag 26 november", or "torsdag 26 november 2026"."""
        said = self.full_date(day) if year else self.date(day)
        return fill(self.day_, weekday=self.weekday(day), date=said)

    def moment(self, local: dt.datetime, *, year: bool = False) -> str:
        """Say "torsdag 26 november kl. 15.15" of a time that is already local."""
        return fill(self.moment_, day=self.day(local.date(), year=year), time=say_time(local.time()))

    def week(self, day: dt.date) -> str:
        """Say "v. 48"."""
        return fill(self.week_, week=day.isocalendar().week)

    def all_of(self, parts: Sequence[str]) -> str:
        """Say "a, b och c"."""
        return _list(parts, self.and_)

    def one_of(self, parts: Sequence[str]) -> str:
        """Say "a, b eller c"."""
        return _list(parts, self.or_)


def _list(parts: Sequence[str], last: str) -> str:
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)

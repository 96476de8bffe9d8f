"""When a lov ends, for who says "efter sportlovet": with the closed days that hold it.

A calendar writes a lov as its school does: without weekends and red days, around a studiedag, the whole of
it or its first days alone. What is connected is one lov.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.calendar.school_year import SATURDAY, Calendar
from bot.domain.calendar.swedish_dates import say_full_date
from bot.domain.schedule import ask
from bot.domain.schedule.ask import AskBack, AskName, Choice, ask_back
from bot.domain.schedule.said import CLOCKS, Said
from bot.domain.schedule.tidying import swap
from bot.domain.schedule.words import ORDINALS, Word

DAY = timedelta(days=1)
STAFF_DAYS = ("studiedag", "planeringsdag")
UNNAMED = {"jul": (12, 31), "sommar": (7, 15)}
"""A lov between two terms is a lov though no calendar names it: a day that lies in each."""


class Lov(NamedTuple):
    """A lov that is now, comes or was. `last` is None where nobody can know it yet; `opens` the day after."""

    called: str
    last: date | None
    opens: date | None


def after_lov(said: Said) -> AskBack | None:
    """Answer "efter sportlovet" with the date when it ends; a day and a time are needed too."""
    for word in said.all("after"):
        lov = lov_called(said.calendar, word.match["what"], said.today)
        if lov is None and "lov" not in word.text:
            return ask.not_understood(word.text)
        timed, dated = said.has(*CLOCKS), bool(said.days)
        if not (timed and dated):
            missing: AskName = "which_time" if dated else "which_day" if timed else "which_day_and_time"
            return _with_end(ask_back(missing), lov, said.today)
        ahead = lov.opens if lov is not None and lov.last and lov.opens and lov.opens > said.today else None
        choices = () if ahead is None else (_start(said, word, ahead),)
        for last in said.all("ordinal") if _nth(said) < 0 else ():
            return ask.not_understood(last.part("nth"))
        return _with_end(ask_back("which_date" if _nth(said) else "from_when", *choices), lov, said.today)
    return None


def _nth(said: Said) -> int:
    """Count 1 for "på torsdag" and "första torsdagen", 3 for "tredje torsdagen"; 0 for more than one day."""
    nth = [ORDINALS[word.match["nth"]] for word in said.all("ordinal")]
    if len(said.days) != 1 or said.recurring or len(nth) > 1:
        return 0
    return nth[0] if nth else int(said.once_each)


def _start(said: Said, word: Word, opens: date) -> Choice:
    """Begin when school does; "på torsdag" is the first Thursday alone."""
    if nth := _nth(said):
        day = opens + timedelta(days=(said.days[0] - opens.weekday()) % 7, weeks=nth - 1)
        rest = said.once_without(word, *said.all("ordinal"))
        return Choice("take", f"{say_full_date(day)} {rest}", day)
    start = swap(said.text, word, f"från {say_full_date(opens)}").replace("från från", "från")
    return Choice("begin", start, opens)


def _with_end(question: AskBack, lov: Lov | None, today: date) -> AskBack:
    """Say when the lov ends, where that is known."""
    if lov is None or lov.last is None:
        return question
    return question.then("lov_ends" if lov.last >= today else "lov_ended", lov=lov.called, date=lov.last)


def lov_called(calendar: Calendar, name: str, today: date) -> Lov | None:
    """Find a lov by its name as it is said: the one that is now or comes next, else the latest known."""
    stem = "" if name in {"lov", "lovet"} else name.removesuffix("et").removesuffix("en") or name
    called = name if "lov" in name else f"{stem}lovet"
    by_opening = {calendar.next_open_day(day): day for day in _days_of(calendar, stem)}
    found = sorted((opens or date.max, day) for opens, day in by_opening.items())
    if not found:
        return None
    opens, day = next((one for one in found if one[0] > today), found[-1])
    if opens == date.max:
        return Lov(called, None, None)
    return Lov(called, _last_day(calendar, day, opens), opens)


def _days_of(calendar: Calendar, stem: str) -> Iterator[date]:
    """Days that lie in a lov of that name, at least one for each."""
    yield from (
        day.date for day in calendar.days if day.kind == "lov" and day.name.casefold().startswith(stem)
    )
    for year in {term.last.year for term in calendar.terms}:
        for name, (month, number) in UNNAMED.items():
            day = date(year, month, number)
            if stem in {"", name, f"{name}lov"} and calendar.is_lov(day):
                yield day


def _last_day(calendar: Calendar, day: date, opens: date) -> date | None:
    """Give the last day before it opens that people count as lov: no weekend or studiedag after it.

    None where only the end of what we know ends it: a term that no next one follows yet.
    """
    written = {one.date for one in calendar.days if one.kind == "lov"}
    stretch = [opens - ahead * DAY for ahead in range(1, (opens - day).days + 1)]
    last = next((one for one in stretch if one in written or _counts(calendar, one)), day)
    guessed = any(calendar.is_lov(one) and one not in written for one in stretch)
    if guessed and last not in written and not any(term.holds(opens) for term in calendar.terms):
        return None
    return last


def _counts(calendar: Calendar, day: date) -> bool:
    return day.weekday() < SATURDAY and calendar.why_closed(day) not in STAFF_DAYS

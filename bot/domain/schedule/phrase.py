"""A Swedish schedule phrase, understood whole or asked about: "varannan torsdag kl. 15.15".

1. Make the phrase plain (`tidying`) and cut it into words; every word must be known (`words`).
2. Ask about the first thing that is doubtful (`doubts`).
3. Read the time, then the days, and build the recurrence.
4. Ask when nothing of it lies ahead on an open day.

The bot always echoes what it understood (`speech`) and waits for yes.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.calendar.school_year import SATURDAY, Calendar
from bot.domain.schedule import ask
from bot.domain.schedule.ask import AskBack, Choice, DayOf, WeekOf, ask_back
from bot.domain.schedule.buttons import living
from bot.domain.schedule.clock import NOON, read_clock
from bot.domain.schedule.doubts import doubt, missing
from bot.domain.schedule.due import next_planned, preview
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.said import CLOCKS, DATES, WEEKS, Said, date_of, week_of, with_year
from bot.domain.schedule.speech import speak
from bot.domain.schedule.terms import in_term, term_unknown
from bot.domain.schedule.tidying import words_of
from bot.domain.schedule.words import ORDINALS

LONGEST = 200
WEEK = timedelta(days=7)


def parse(phrase: str, *, today: date, now: datetime, calendar: Calendar) -> Recurrence | AskBack:
    """Understand a phrase said `now` (aware; `today` on the school's wall), or ask one question.

    Every button of the question leads to a time that comes.
    """

    def read(text: str) -> Recurrence | AskBack:
        if len(text) > LONGEST:
            return ask.TOO_LONG
        return _understood(Said(tuple(words_of(text, today)), today, now, calendar, read))

    found = read(phrase)
    return living(found, read) if isinstance(found, AskBack) else found


def _understood(said: Said) -> Recurrence | AskBack:
    if (question := doubt(said) or term_unknown(said) or missing(said)) is not None:
        return question
    at = read_clock(said.all(*CLOCKS)[0], said.text, said.calendar)
    if isinstance(at, AskBack):
        return at
    for word in said.all("morning" if at.hour >= NOON else "afternoon"):
        return ask.not_understood(word.text)
    if any(day >= SATURDAY for day in said.days):
        return ask.OUTSIDE_HOURS
    built = _build(said, at)
    single = bool(built.choices) if isinstance(built, AskBack) else not built.skipped_weeks
    if said.skipped_weeks and single:
        return ask.not_understood(said.all("except")[0].text)
    return built if isinstance(built, AskBack) else _ahead(built, said) or built


def _build(said: Said, at: time) -> Recurrence | AskBack:
    if said.has("in_term"):
        return in_term(said, at)
    if dates := said.plain(*DATES):
        return _on_date(said, at, date_of(dates[0], said.today))
    if said.plain(*WEEKS):
        return _in_week(said, at)
    if said.has("next"):
        return _this_or_next(said, at)
    if said.once_each:
        return _once_each(said, at)
    return _recurring(said, at)


def _recurring(said: Said, at: time) -> Recurrence | AskBack:
    every = max(said.every, default=1)
    parity = next((word.match["which"] for word in said.all("parity")), "")
    ordinal = next((ORDINALS[word.match["nth"]] for word in said.all("ordinal")), None)
    begins = start = said.start
    if start is not None or every > 1:
        first = start or _upcoming(said, at)
        # "Varannan" is counted from the first agreed date, which is one of its days.
        while every > 1 and first.weekday() not in said.days:
            first += timedelta(days=1)
        start = first
    fields: dict[str, Any] = {"days": said.days, "every": every, "anchor": start, "at": at}
    fields["parity"] = {"j": "even", "": None}.get(parity[:1], "odd")
    fields["ordinal"] = ordinal
    fields["skipped_weeks"] = said.skipped_weeks
    if said.has("until"):
        fields["last"] = end = _end(said, begins or said.today)
        if end is None or (start and end < start):
            return ask.NO_END
        if end < said.today:
            return _ended(said)
    return Recurrence(**fields)


def _end(said: Said, begins: date) -> date | None:
    """Read the last day; without a year the first such day from the beginning, even if it has been."""
    word = next(iter(said.after("until")))
    if word is None:
        return None
    end = date_of(word, said.today if word.kind in {"today", "next_week"} else begins)
    return end + WEEK - timedelta(days=1) if end and word.kind in WEEKS else end


def _ended(said: Said) -> AskBack:
    """Ask which year, of an end that has been."""
    word = next(word for word in said.after("until") if word is not None)
    example = None if word.part("year") else with_year(word, said.today)
    return ask_back("which_year", example=example) if example else ask.HAS_BEEN


def _on_date(said: Said, at: time, day: date | None) -> Recurrence | AskBack:
    if day is None or said.has("from", "until"):
        return ask.TWO_PATTERNS
    weeks = ((word, said.today if word.kind == "next_week" else day) for word in said.plain(*WEEKS))
    if any(week_of(word, day.weekday(), earliest) != day for word, earliest in weeks):
        return ask_back("other_week", date=day, week=WeekOf(day.isocalendar().week))
    if not said.days or said.days == (day.weekday(),):
        return Recurrence(once=day, at=at)
    choices = [_choice(day, at)]
    if len(said.days) == 1:
        near = day - WEEK / 2
        near += timedelta(days=(said.days[0] - near.weekday()) % 7)
        choices.append(_choice(near + WEEK if _has_been(said, near, at) else near, at))
    return ask_back("other_day", *choices, date=day, day=DayOf(day.weekday()))


def _in_week(said: Said, at: time) -> Recurrence | AskBack:
    """Take the days of one week: once, or each of several days from the first to the last."""
    if said.has("from", "until"):
        return ask.TWO_PATTERNS
    word = said.plain(*WEEKS)[0]
    found = [day for number in said.days if (day := week_of(word, number, said.today)) is not None]
    if not found:
        return ask.HAS_BEEN
    if len(said.days) == 1:
        return Recurrence(once=found[0], at=at)
    # Days of this week that have been would otherwise land in the same week of next year.
    last = min(found) + timedelta(days=6 - min(found).weekday())
    found = [day for day in found if day <= last]
    return Recurrence(days=said.days, anchor=min(found), last=max(found), at=at)


def _this_or_next(said: Said, at: time) -> Recurrence | AskBack:
    if said.has("from", "until") or len(said.days) != 1:
        return ask_back("example_date")
    first = _upcoming(said, at)
    return _either(first, first + WEEK, at)


def _once_each(said: Said, at: time) -> Recurrence | AskBack:
    """Take "på torsdag" once, and "på tisdag och torsdag" once each."""
    if said.has("from", "until"):
        return ask.TWO_PATTERNS
    first = _upcoming(said, at)
    if len(said.days) > 1:
        last = max(first + timedelta(days=(day - first.weekday()) % 7) for day in said.days)
        return Recurrence(days=said.days, anchor=first, last=last, at=at)
    return Recurrence(once=first, at=at) if first != said.today else _either(first, first + WEEK, at)


def _ahead(built: Recurrence, said: Said) -> AskBack | None:
    """Ask when nothing lies ahead, or nothing on an open day."""
    if next_planned(built, said.now, said.calendar.zone) is None:
        return ask.HAS_BEEN if built.once else ask.NEVER
    seen = preview(built, said.calendar, said.now, n=1)
    if seen.dates:
        return None
    if built.once is None:
        return ask.ALL_CLOSED
    if built.once.weekday() >= SATURDAY:
        return ask.OUTSIDE_HOURS
    (_, reason), *_ = seen.skipped
    instead = said.calendar.next_open_day(built.once)
    choices = (_choice(instead, built.at),) if instead else ()
    return ask_back(
        "is_closed", *choices, weekday=DayOf(built.once.weekday()), date=built.once, reason=reason
    )


def _upcoming(said: Said, at: time) -> date:
    """Find the first of the days whose time has not been."""
    days = (said.today + timedelta(days=ahead) for ahead in range(8))
    return next(day for day in days if day.weekday() in said.days and not _has_been(said, day, at))


def _has_been(said: Said, day: date, at: time) -> bool:
    now = said.calendar.local(said.now)
    return (day, at) <= (said.today, now.time())


def _either(first: date, second: date, at: time) -> AskBack:
    return ask_back("either", _choice(first, at), _choice(second, at), one=first, other=second)


def _choice(day: date, at: time) -> Choice:
    return Choice("take", speak(Recurrence(once=day, at=at)), day)

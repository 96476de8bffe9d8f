"""What a phrase leaves out: "utom lov, v. 44 och fredagar".

Weekdays and weeks can be left out, and lov always is. Of all else the bot says that it cannot.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.domain.calendar.school_year import SATURDAY
from bot.domain.calendar.swedish_dates import WEEKDAYS, say_list
from bot.domain.schedule.ask import AskBack, Choice, WeekOf, ask_back, not_understood
from bot.domain.schedule.buttons import agreed
from bot.domain.schedule.said import DATES, LAST_WEEK, Said, date_of, interval
from bot.domain.schedule.speech import week_runs
from bot.domain.schedule.words import NARROWING, Word

CANNOT = ("not_date", "not_today", "not_next_week", "not_month", "not_workdays", "not_daily")
NARROWED = (*(f"not_{kind}" for kind in NARROWING), "parity")
NAMED = re.compile(r"\Blov")
"""A lov by its name, which its week or dates only say when: "sportlovet v. 9"."""


def excepted(said: Said) -> AskBack | None:
    """Ask about what cannot be left out, and say that a lov always is."""
    marks = said.all("except")
    for place, word in enumerate(said.words):
        following = said.words[place + 1 : place + 2]
        if word.kind == "except" and not any(after.left_out for after in following):
            return not_understood(" ".join(one.text for one in (word, *following)))
    always = [*said.all("not_lov", "term_time"), *_closed(said)]
    for what in _parts(said):
        return ask_back("no_exceptions", what=what)
    for word in said.all("not_week", *CANNOT):
        if word.kind == "not_week" and int(word.match["week"]) not in range(1, LAST_WEEK + 1):
            return ask_back("is_not", what=WeekOf(int(word.match["week"]))).then("which_week")
        if (word.kind in CANNOT and word not in always) or word.part("year"):
            return ask_back("no_exceptions", what=word.text)
    workdays = {day for day in said.skipped_days if day < SATURDAY}
    if said.skipped_days and (not said.days or not workdays <= said.named_days):
        return not_understood(marks[0].text)
    return _always_skipped(said) if always else None


def _parts(said: Said) -> Iterator[str]:
    """Give what is neither whole weeks nor weekdays: "fredag v. 50", "v. 50 fredagar", "efter v. 50"."""
    named = False
    for one, other, last in zip(said.words, said.words[1:], (*said.words[2:], None), strict=False):
        named = named or one.kind in {"day", "workdays", "daily"}
        narrows = other.kind in NARROWED or (other.kind == "every" and interval(other) > 1)
        match one.kind:
            case "not_day":
                part = narrows
            case "not_lov":
                part = narrows and not NAMED.search(one.text)
            case "not_week":
                part = named and other.kind == "day"
            case "not_from":
                part = bool(one.part("after")) or last is None or last.kind != "not_until"
            case "not_date":
                part = other.kind == "not_until" and not _all_closed(said, one, last)
            case _:
                part = False
        if part:
            run = (one, other, last) if other.kind == "not_until" else (one, other)
            yield " ".join(word.text for word in run if word)


def _all_closed(said: Said, first: Word, last: Word | None) -> bool:
    """Tell whether nobody is asked on any day between two dates."""
    start = date_of(first, said.today)
    end = date_of(last, start) if start and last and last.kind == "not_date" else None
    if start is None or end is None:
        return False
    return not any(said.calendar.is_open(start + timedelta(days=n)) for n in range((end - start).days + 1))


def _always_skipped(said: Said) -> AskBack:
    """Say that lov is skipped anyway, and offer the rest of what was said."""
    kept = [WEEKDAYS[day] for day in sorted(said.skipped_days)]
    kept += [f"v. {run}" for run in week_runs(said.skipped_weeks)]
    rest = said.without(*(word for word in said.words if word.kind == "term_time" or word.left_out))
    phrase, found = agreed(f"{rest} utom {say_list(kept)}" if kept else rest, said.read)
    if isinstance(found, AskBack):
        return found
    return ask_back("always_skips", Choice("right", phrase), pattern=found)


def _closed(said: Said) -> Iterator[Word]:
    """Give the dates left out that nobody is asked on anyway."""
    for word in said.all(*(f"not_{kind}" for kind in DATES)):
        day = date_of(Word(word.kind.removeprefix("not_"), word.match), said.today)
        if day is not None and not said.calendar.is_open(day):
            yield word

"""What makes a schedule phrase doubtful: each rule gives one plain question, or nothing.

They are tried in order, before anything is built. A word no rule understood is never passed over.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise, takewhile

from bot.domain.calendar.swedish_dates import WEEKDAYS, say_full_date
from bot.domain.schedule import ask
from bot.domain.schedule.ask import AskBack, Choice, DayOf, WeekOf, ask_back
from bot.domain.schedule.excepted import excepted
from bot.domain.schedule.lov import after_lov
from bot.domain.schedule.said import CLOCKS, DATES, WEEKS, Said, date_of, day_named, interval, with_year
from bot.domain.schedule.tidying import swap
from bot.domain.schedule.which_of_two import two_dates, two_days, two_times
from bot.domain.schedule.words import ORDINALS, Word

Doubt = Callable[[Said], AskBack | None]
THURSDAY = 3
JUST_PASSED, LONG_PAST = timedelta(days=31), timedelta(days=120)
NOT_KNOWN = ("unknown", "lov", "weekend", "month")
"""What no rule knows, and what only "utom" may stand before: of a lov alone nothing is said."""
TURNS = 2
"""An interval may stand on both sides of its days: "varje tisdag varannan vecka"."""


def doubt(said: Said) -> AskBack | None:
    """Ask about the first thing that is not clear, if any."""
    return next((question for rule in RULES if (question := rule(said)) is not None), None)


def _past(said: Said) -> AskBack | None:
    return ask.HAS_BEEN if said.has("past") else None


def _without_date(said: Said) -> AskBack | None:
    """Ask for the date that "till" or "från" stands before; of two times "till" may say the span."""
    spans = len(said.all(*CLOCKS)) > 1
    for marker, question in (("until", ask.NO_END), ("from", ask.NO_START)):
        loose = any(word is None or word.kind not in {*DATES, *WEEKS} for word in said.after(marker))
        if loose and not spans:
            return question
    return None


def _unknown(said: Said) -> AskBack | None:
    """Rule 2: every word must be understood; "och" only between days, "eller" only between two things."""
    days = {"day", "workdays", "ordinal", *DATES, *WEEKS}
    words = [word for word in said.words if word.kind != "comma"]
    for place, word in enumerate(words):
        kinds = {other.kind for other in words[max(0, place - 1) : place + 2]} - {word.kind}
        wrong_and = word.kind == "and" and (not kinds <= days or place in {0, len(words) - 1})
        single = max(len(said.all(*CLOCKS)), len(said.days), len(said.plain(*DATES, *WEEKS))) <= 1
        wrong_or = word.kind == "or" and single
        if word.kind in NOT_KNOWN:
            run = takewhile(lambda other: other.kind in NOT_KNOWN, words[place:])
            return ask.not_understood(" ".join(other.text for other in run))
        if (wrong_and and len(said.all(*CLOCKS)) <= 1) or wrong_or:
            return ask.not_understood(word.text)
    return None


def _times_a_week(said: Said) -> AskBack | None:
    if said.has("times_a_month"):
        return ask_back("one_day_of_month")
    return ask.NO_DAYS if said.has("times_a_week") else None


def _day_of_month(said: Said) -> AskBack | None:
    """Ask for more than "den 26": a month, or which weekday of each month."""
    if not said.has("month_day"):
        return None
    return _month_day_of(said) if said.has("monthly") else ask_back("example_date")


def _which_year(said: Said) -> AskBack | None:
    """Ask for the year of an end that was just passed, and of a start long past that no end explains."""
    marked = [*said.after("from"), *said.after("until")]
    match [word for word in marked if word and word.kind in {"date", "week"} and not word.part("year")]:
        case [word] if len(marked) == 1 and (example := with_year(word, said.today)):
            if said.has("until"):
                was = date_of(word, said.today - JUST_PASSED)
                doubtful = was is not None and was < said.today
            else:
                start = date_of(word, said.today, nearest=True)
                doubtful = start is not None and said.today - start > LONG_PAST
            return ask_back("which_year", example=example) if doubtful else None
        case _:
            return None


def _daily(said: Said) -> AskBack | None:
    for word in () if said.daily_but else said.all("daily"):
        take = Choice("take_workdays", swap(said.text, word, "vardagar"))
        for other in said.all("week"):
            return ask_back("workdays_of", take, week=WeekOf(int(other.match["week"])))
        return ask_back("workdays", take)
    return None


def _no_such_date(said: Said) -> AskBack | None:
    for word in said.all(*DATES, *WEEKS):
        if date_of(word, said.today) is None:
            if word.kind == "week":
                return ask_back("is_not", what=WeekOf(int(word.match["week"]))).then("which_week")
            named = day_named(word)
            missing = ask_back("no_such_date") if named is None else ask_back("is_not", what=named)
            return missing.then("which_date")
    return None


def _two_patterns(said: Said) -> AskBack | None:
    """Stop what cannot be both, like "varannan" and "jämna veckor"."""
    if _take_turns(said):
        return ask.TWO_PATTERNS
    spaced = said.every - {1}
    parities = {word.match["which"][:1] for word in said.all("parity")}
    ordinals = said.all("ordinal")
    patterns = [bool(spaced), bool(parities), bool(ordinals) or said.has("monthly")]
    once = said.has("next") or bool(said.plain(*DATES, *WEEKS))
    several = len(spaced) > 1 or len(ordinals) > 1 or len({p == "j" for p in parities}) > 1
    if sum(patterns) > 1 or several or (ordinals and once) or (said.has("next") and said.recurring):
        return _without_one(said, spaced) or ask.TWO_PATTERNS
    return None


def _take_turns(said: Said) -> bool:
    """Tell "varannan måndag, varje onsdag" from "varje måndag och onsdag varannan vecka".

    The first has an interval for each day; and of "måndag varannan vecka onsdag" nobody knows whose it is.
    """
    kinds = [word.kind in {"day", "workdays"} for word in said.all("day", "workdays", "every", "parity")]
    turns = sum(one != other for one, other in pairwise(kinds))
    intervals = said.every | {word.match["which"][:1] for word in said.all("parity")}
    between = turns > 1 and kinds[0] and kinds[-1] and intervals != {1}
    return between or (turns > TURNS and len(intervals) > 1)


def _without_one(said: Said, spaced: set[int]) -> AskBack | None:
    """Offer "jämna veckor" alone for "varannan … jämna veckor"."""
    every = [word for word in said.all("every") if interval(word) > 1]
    parity = said.all("parity")
    if len(parity) == 1 and spaced and not said.has("ordinal", "monthly", "next"):
        name = parity[0].text.removeprefix("på ").removeprefix("varje ")
        return ask_back("only_that", Choice("yes_take", said.without(*every), name), what=name)
    return None


def _which_in_month(said: Said) -> AskBack | None:
    ordinal, days = said.all("ordinal"), said.days
    if said.has("monthly") and not ordinal:
        return _month_day_of(said)
    if ordinal and not said.has("monthly", "in_term") and len(days) == 1:
        that = DayOf(days[0], ORDINALS[ordinal[0].match["nth"]])
        return ask_back("that_of_month", Choice("take_monthly", f"{said.text} i månaden"), day=that)
    return ask_back("one_day_of_month") if ordinal and len(days) != 1 else None


def _month_day_of(said: Said) -> AskBack:
    number = next(iter(said.days), THURSDAY)
    example = f"första {WEEKDAYS[number]}en i månaden"
    return ask_back("which_of_month", day=DayOf(number), example=example)


def _only_or_from(said: Said) -> AskBack | None:
    """Rule 5: a date or a week means once, a recurrence word means more; both must be asked about."""
    named: list[Word] = said.plain(*DATES, *WEEKS)
    if not named or not (said.has("every", "parity") or said.plural):
        return None
    found = date_of(named[0], said.today)
    if found is None:
        return None
    what = WeekOf(found.isocalendar().week) if named[0].kind in WEEKS else found
    start = swap(said.text, named[0], f"från {say_full_date(found)}")
    only = Choice("take_only", said.once_without(*said.all("every", "parity")), what)
    return ask_back("only_or_from", only, Choice("begin", start, what), what=what)


def missing(said: Said) -> AskBack | None:
    """Ask for the day or the time that is not there; a date is a day."""
    dated = bool(said.days) or bool(said.plain(*DATES))
    if said.has(*CLOCKS):
        return None if dated else ask.NO_DAY
    return ask.NO_TIME if dated else ask.NO_DAY_OR_TIME


RULES: tuple[Doubt, ...] = (
    _past,
    after_lov,
    _without_date,
    _unknown,
    _times_a_week,
    _day_of_month,
    excepted,
    two_times,
    two_days,
    _daily,
    two_dates,
    _no_such_date,
    _which_year,
    _two_patterns,
    _which_in_month,
    _only_or_from,
)

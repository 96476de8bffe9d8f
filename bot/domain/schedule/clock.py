"""What time a phrase means: "15.15", "kl 1515", "kl tre", "kvart i åtta", "fem över halv fyra"."""

from datetime import time

from bot.domain.calendar.school_year import Calendar
from bot.domain.calendar.swedish_dates import say_time
from bot.domain.schedule.ask import OUTSIDE_HOURS, AskBack, Choice, ChoiceName, ask_back
from bot.domain.schedule.tidying import swap
from bot.domain.schedule.words import NUMBERS, Word

DIGITS = 2
HOURS, MINUTES, SPOKEN_HOURS = range(24), range(60), range(1, 24)
NOON = 12
HALF_DAY = 12 * 60
LAST_MORNING_HOUR = 6  # digits up to this are often meant as the afternoon


def read_clock(word: Word, text: str, calendar: Calendar) -> time | AskBack:
    """Read a time; what falls outside working hours or has two readings is asked about."""
    minutes = _spoken_minutes(word) if word.kind == "spoken" else _digit_minutes(word)
    if minutes is None:
        shown = word.text.removeprefix("klockan").removeprefix("kl").strip(" .")
        return ask_back("no_clock", said=shown)
    if word.kind == "spoken" and _number(word.match["hour"]) <= NOON:
        early, late = sorted((minutes % HALF_DAY, minutes % HALF_DAY + HALF_DAY))
        return _choose(_time(early), _time(late), word, text, calendar)
    given = _time(minutes)
    if not calendar.is_quiet(given) and word.kind != "bare":
        return given
    afternoon = _time((minutes + HALF_DAY) % (2 * HALF_DAY))
    if calendar.is_quiet(given) and 1 <= given.hour <= LAST_MORNING_HOUR:
        given = afternoon
    if calendar.is_quiet(given):
        return OUTSIDE_HOURS
    return ask_back("one_clock", _take(given, word, text, "yes_take"), time=given)


def _choose(early: time, late: time, word: Word, text: str, calendar: Calendar) -> time | AskBack:
    inside = [at for at in (early, late) if not calendar.is_quiet(at)]
    if len(inside) == 1:
        return inside[0]
    question = ask_back("either", *(_take(at, word, text, "take") for at in inside), one=early, other=late)
    return question if inside else question.then("both_outside")


def _take(at: time, word: Word, text: str, label: ChoiceName) -> Choice:
    return Choice(label, swap(text, word, f"kl. {say_time(at)}"), at)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _digit_minutes(word: Word) -> int | None:
    hour, minute = word.part("hour"), word.part("minute") or "00"
    if len(hour) > DIGITS or len(minute) != DIGITS:
        return None
    known = int(hour) in HOURS and int(minute) in MINUTES
    return int(hour) * 60 + int(minute) if known else None


def _spoken_minutes(word: Word) -> int | None:
    """Count the minutes of "fem över halv fyra" from midnight or noon."""
    hour = _number(word.part("hour"))
    if hour not in SPOKEN_HOURS:
        return None
    aside = _number(word.part("minutes") or "0")
    sign = 1 if word.part("side") in {"över", "efter"} else -1
    return hour * 60 - (30 if word.part("half") else 0) + sign * aside


def _number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)

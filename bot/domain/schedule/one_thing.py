"""What looks like two times and is one thing: a date with its time, "3.12 kl 15", or a time, "kl 15 15"."""

import re
from datetime import date, time

from bot.domain.calendar.swedish_dates import say_date, say_time
from bot.domain.schedule.ask import AskBack, Choice, ask_back
from bot.domain.schedule.clock import HOURS
from bot.domain.schedule.said import CLOCKS, Said, date_of
from bot.domain.schedule.words import SEAMS, N, Word

DAY_AND_MONTH = re.compile(rf"(?P<day>{N})\.(?P<number>{N})(?P<year>)")
MINUTES = re.compile("[0-5][0-9]")


def one_thing(said: Said) -> AskBack | None:
    """Offer what the times of a phrase seem to be together; None where they may as well be two."""
    return _dated(said) or _spaced(said)


def _dated(said: Said) -> AskBack | None:
    """Offer the date that "torsdag 3.12 kl 15" seems to name, unless it may as well be two times."""
    clocks = said.all(*CLOCKS)
    times = [word for word in clocks if _is_time(said, word)]
    dates = [(word, found) for word in clocks if word not in times and (found := _as_date(said, word))]
    if len(times) != 1 or said.between(clocks[0], clocks[-1], *SEAMS) or len(said.all("day")) > 1:
        return None
    if not _is_marked(times[0]) and not all(_is_quiet(said, word) for word, _ in dates):
        return None
    phrase = said.text
    for word, found in reversed(dates):
        phrase = phrase[: word.match.start()] + say_date(found) + phrase[word.match.end() :]
    first = dates[0][1]
    return ask_back("one_date", Choice("yes_take", phrase, first), date=first)


def _is_time(said: Said, word: Word) -> bool:
    """Tell whether a word can only be a time: "kl 15", "halv tre", or 15.30, which is no date."""
    return _is_marked(word) or _as_date(said, word) is None


def _is_marked(word: Word) -> bool:
    return word.kind == "spoken" or word.text.startswith("kl")


def _is_quiet(said: Said, word: Word) -> bool:
    hour = int(word.match["hour"])
    return hour not in HOURS or said.calendar.is_quiet(time(hour))


def _as_date(said: Said, word: Word) -> date | None:
    """Read "3.12" as the third of December, if there is one."""
    found = DAY_AND_MONTH.fullmatch(word.text)
    return date_of(Word("date", found), said.today) if found else None


def _spaced(said: Said) -> AskBack | None:
    """Take "kl 15 15" for one time."""
    match said.all(*CLOCKS):
        case [Word(kind="clock") as hour, minutes] if not said.between(hour, minutes):
            alone = not hour.part("minute") and int(hour.match["hour"]) in HOURS
            if not alone or not MINUTES.fullmatch(minutes.text):
                return None
            at = time(int(hour.match["hour"]), int(minutes.text))
            phrase = f"{said.text[: hour.match.start()]}kl. {say_time(at)}{said.text[minutes.match.end() :]}"
            return ask_back("one_clock", Choice("yes_take", phrase, at), time=at)
        case _:
            return None

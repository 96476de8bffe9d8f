"""A phrase made plain before it is cut: signs folded, and "v. 45-50" or "mån-tors" said in words.

What is said stays the same: brackets and quotes are spaces, a colon or a bullet a comma, and a weekday that
its date names anyway is dropped. The patterns are those of `words`, so that both know the same dates.
"""

import re
from datetime import date
from functools import cache

from bot.domain.calendar.swedish_dates import WEEKDAYS
from bot.domain.privacy.plain import plain
from bot.domain.schedule.said import DATES, WEEKS, date_of, weekday
from bot.domain.schedule.words import DAY, HOUR, KL, MONTH, WEEK_NAME, N, Word, any_of, cut, nameless

_DATE = rf"(?:{any_of('date')})"
_TO = rf"\s?(?:-|{any_of('until')})\s?"
_NO_WEEK = rf"(?![0-9/]|[.:][0-9]| ?{MONTH}(?: |$))"
_SPAN = rf"{N}{_TO}{N}{_NO_WEEK}"
_AND = rf"{N}(?: ?, {N})* (?:och|samt|eller) {N}{_NO_WEEK}"
_COMMAS = rf"{N}(?: ?, ?{N}{_NO_WEEK})+"
_SURE = r"\bkl|[0-9][.:][0-9]"
_SIGNS = (
    (r"[()\"'”“„’‘»«]", " "),
    (r"•|:(?= |$)|(?<![0-9]),|,(?![0-9])", " , "),
)
_RULES = (
    (r" [&+] ", " och "),
    (rf"mellan ({_DATE}) och ({_DATE})", r"från \1 till \2"),
    (rf"mellan {WEEK_NAME} ?({N}) och (?:{WEEK_NAME} ?)?({N}){_NO_WEEK}", r"från v. \1 till v. \2"),
    (rf"\b{WEEK_NAME} ?({N}){_TO}(?:{WEEK_NAME} ?)?({N}){_NO_WEEK}", r"v. \1 till v. \2"),
    (rf"({_DATE})\s?-\s?({_DATE})", r"\1 till \2"),
    (rf"\b({N})\s?-\s?({N}) ({MONTH})(?= |$)", r"\1 \3 till \2 \3"),
    # A span of hours is two times, and asked about as such.
    (rf"(?<![-/0-9])({HOUR})\s?-\s?({KL}?{HOUR})(?![-/0-9])", r"\1 eller \2"),
    (rf"({KL}{N}|[0-9][.:][0-9]{{2}}) till ({KL}?{HOUR})(?!:|-){_NO_WEEK}", r"\1 eller \2"),
    # Before a time a dash is a pause; between two days it is a span.
    (r"(?<=[a-zåäö.]) - (?=[0-9]|kl)", " , "),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule), new) for rule, new in _RULES)


def tidy(phrase: str) -> str:
    """Fold to one form, as it is read: small letters, one space, commas apart unless inside a number."""
    text = plain(phrase.casefold()).text
    for sign, new in _SIGNS:
        text = re.sub(sign, new, text)
    return _written_out(" ".join(text.split())).strip(" .!?,;*-")


def with_start(text: str, today: date) -> str:
    """Say "från" before the first of two dates or weeks with "till" between, where nobody did."""
    text = _without_weekdays(text, today)
    words = cut(text)
    for place, (first, to, last) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        spans = to.kind == "until" and {first.kind, last.kind} <= {*DATES, *WEEKS}
        if spans and (place == 0 or words[place - 1].kind != "from"):
            return f"{text[: first.match.start()]}från {text[first.match.start() :]}"
    return text


def _without_weekdays(text: str, today: date) -> str:
    """Say "från 3 december" for "från torsdag 3 december", where it is one.

    Of "varannan vecka från torsdag 3 december" the weekday is kept, before the date that begins it.
    """
    words = cut(text)
    marked = [
        (day, last.kind == "from")
        for last, day, when in zip(words, words[1:], words[2:], strict=False)
        if last.kind in {"from", "until"} and day.kind == "day" and when.kind == "date"
        if (found := date_of(when, today, nearest=True)) and found.weekday() == weekday(day)
    ]
    kept = [word for word in words if not any(word is day for day, _ in marked)]
    alone = not any(word.kind in {"day", "workdays"} for word in kept)
    rest = " ".join(word.text for word in kept)
    match marked:
        case []:
            return text
        case [(day, True)] if alone:
            return f"{day.text} {rest}"
        case _:
            return rest


def swap(text: str, word: Word, new: str) -> str:
    """Say the phrase again with one word swapped."""
    start, end = word.match.span()
    return tidy(f"{text[:start]}{new}{text[end:]}")


def _written_out(text: str) -> str:
    """Say the same without dashes between numbers or days. `text` has small letters and single spaces."""
    day = nameless(DAY)
    text = re.sub(rf"(?<![a-zåäö])({day})\s?(?:-|till)\s?({day})(?![a-zåäö])", _days, text)
    text = re.sub(rf"\b{WEEK_NAME} ?({_SPAN}(?: ?(?:,|och|samt) {_SPAN})+)", _weeks, text)
    # After a comma a number may be the hour, where nothing else in the phrase is.
    weeks = rf"{_AND}|{_COMMAS}" if re.search(_SURE, text) else _AND
    text = re.sub(rf"\b{WEEK_NAME} ?({weeks})", _weeks, text)
    for rule, new in _compiled():
        text = rule.sub(new, text)
    return " ".join(text.split())


def _weeks(match: re.Match[str]) -> str:
    """Say "v" before every week of a list, so that none is taken for an hour."""
    return re.sub(N, lambda number: f"v. {number[0]}", match[1].replace(",", " , "))


def _days(match: re.Match[str]) -> str:
    """Name the days from one to the other; Monday to Friday is a word of its own."""
    first, last = (weekday(cut(day)[0]) for day in match.groups())
    if not first < last:
        return match[0]
    return "vardagar" if last - first == len(WEEKDAYS) - 3 else " och ".join(WEEKDAYS[first : last + 1])

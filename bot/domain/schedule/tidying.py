"""A phrase made plain before it is cut: signs folded, and "v. 45-50" or "mån-tors" said in words.

What is said stays the same: brackets and quotes are spaces, a colon or a bullet a comma, and a weekday that
its date names anyway is dropped. The patterns are those of `words`, so that both know the same dates.
"""

import re
from datetime import date, timedelta
from functools import cache

from bot.domain.calendar.swedish_dates import WEEKDAYS, say_full_date
from bot.domain.privacy.plain import plain
from bot.domain.schedule.said import DATES, WEEKS, date_of, weekday
from bot.domain.schedule.words import (
    DAY,
    HOUR,
    HOUR_NAME,
    KL,
    MONTH,
    MONTH_OF,
    WEEK_NAME,
    N,
    Word,
    any_of,
    cut,
    nameless,
)

_DATE = rf"(?:{any_of('date')})"
_TO = rf"\s?(?:-|{any_of('until')})\s?"
_NO_WEEK = rf"(?![0-9/]|[.:][0-9]| ?{MONTH}(?: |$))"
_SPAN = rf"{N}{_TO}{N}{_NO_WEEK}"
_AND = rf"{N}(?: ?(?:,|och) {N})* (?:och|samt|eller) {N}{_NO_WEEK}"
_COMMAS = rf"{N}(?: ?, ?{N}{_NO_WEEK})+"
# "18.12" is a date rather than a time: no working hour has that number.
_DOTTED = r"(?:[0-6]|1[7-9]|2[0-9]|3[01])\.(?:0?[1-9]|1[0-2])(?![0-9])"
_SURE = r"\bkl|[0-9][.:][0-9]"
_SIGNS = (
    (r"[()\"'”“„’‘»«]", " "),
    (r"(?<=[0-9])\.(?= )", ""),
    (r" / |•|;|:(?= |$)|(?<![0-9]),|,(?![0-9])", " , "),
)
_DAY_STEM = r"\b(mån|tis|ons|tors|fre|lör|sön)"
# As it is spoken: "torsdan", "torsdarna", "två ggr/mån", "var 3 vecka", "vid tretiden".
_SPOKEN = (
    (r"(?<=[a-zåäö]) ?[&+] ?(?=[a-zåäö])|(?<= )[&+](?= )", " och "),
    (rf"{_DAY_STEM}dan\b", r"\1dagen"),
    (rf"{_DAY_STEM}dar(na)?\b", r"\1dagar\2"),
    (rf"{_DAY_STEM}da\b", r"\1dag"),
    (r"\bggr\b", "gånger"),
    (r"\b(gång|gånger) ?/ ?(?:v\b\.?|vecka)", r"\1 i veckan"),
    (r"\b(gång|gånger) ?/ ?mån(?:ad)?\b\.?", r"\1 i månaden"),
    (r"\b(gång|gånger) ?/ ?termin\b", r"\1 per termin"),
    (r"\bvar(?:je)? ([34])(?= vecka)", r"var \1:e"),
    (r"(?<=[0-9]) ?-? ?tiden\b", ""),
    (rf"\b(halv|över|i) ({HOUR_NAME})-?tiden\b", r"\1 \2"),
    (rf"\b({HOUR_NAME})-?tiden\b", r"kl \1"),
)
_RULES = (
    (rf"mellan ({_DATE}) och ({_DATE})", r"från \1 till \2"),
    (rf"mellan {WEEK_NAME} ?({N}) och (?:{WEEK_NAME} ?)?({N}){_NO_WEEK}", r"från v. \1 till v. \2"),
    (rf"\b{WEEK_NAME} ?({N}){_TO}(?:{WEEK_NAME} ?)?({N}){_NO_WEEK}", r"v. \1 till v. \2"),
    (rf"({_DATE})\s?-\s?({_DATE})", r"\1 till \2"),
    (rf"\b({N})\s?-\s?({N}) ({MONTH})(?= |$)", r"\1 \3 till \2 \3"),
    (rf"mellan ({KL}?{HOUR}) och ({KL}?{HOUR}){_NO_WEEK}", r"\1 eller \2"),
    # A span of hours is two times, and asked about as such.
    (rf"(?<![-/0-9])({HOUR})\s?-\s?(?!{_DOTTED})({KL}?{HOUR})(?![-/0-9])", r"\1 eller \2"),
    (rf"({KL}{N}|[0-9][.:][0-9]{{2}}) till (?!{_DOTTED})({KL}?{HOUR})(?!:|-){_NO_WEEK}", r"\1 eller \2"),
    # Before a time, or what is left out, a dash is a pause; between two days it is a span.
    (r"(?<=[a-zåäö.]) - (?=[0-9]|kl)| - (?=ej|inte|utom|men)", " , "),
)


@cache
def _compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rule), new) for rule, new in rules)


def _by(rules: tuple[tuple[str, str], ...], text: str) -> str:
    """Swap what each rule finds; single spaces after."""
    for rule, new in _compiled(rules):
        text = rule.sub(new, text)
    return " ".join(text.split())


def tidy(phrase: str) -> str:
    """Fold to one form, as it is read: small letters, one space, commas apart unless inside a number."""
    text = _by(_SPOKEN, _by(_SIGNS, plain(phrase.casefold()).text))
    return _written_out(text).strip(" .!?,;*-")


def words_of(phrase: str, today: date) -> list[Word]:
    """Make a phrase plain, say in full what is said in short, and cut it into words."""
    words = cut(tidy(phrase))
    for in_full in (_without_weekdays, _months, _with_start):
        if (text := in_full(words, today)) is not None:
            words = cut(text)
    return words


def _with_start(words: list[Word], _today: date) -> str | None:
    """Say "från" before the first of two dates or weeks with "till" between, where nobody did."""
    for place, (first, to, last) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        spans = to.kind == "until" and {first.kind, last.kind} <= {*DATES, *WEEKS}
        if spans and (place == 0 or words[place - 1].kind != "from"):
            text = first.match.string
            return f"{text[: first.match.start()]}från {text[first.match.start() :]}"
    return None


def _months(words: list[Word], today: date) -> str | None:
    """Say "från 1 december 2026 till 31 december 2026" for "i december": this one, or the next."""
    for word in words:
        if word.kind == "month":
            month = MONTH_OF[word.match["month"]]
            year = today.year + (month < today.month)
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            counted = any(other.kind == "ordinal" for other in words)
            span = f"från {say_full_date(last.replace(day=1))} till {say_full_date(last)}"
            return swap(word.match.string, word, f"{span} i månaden" if counted else span)
    return None


def _without_weekdays(words: list[Word], today: date) -> str | None:
    """Say "från 3 december" for "från torsdag 3 december", where it is one.

    Of "varannan vecka från torsdag 3 december" the weekday is kept, before the date that begins it.
    """
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
            return None
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
    text = re.sub(
        rf"(?<![a-zåäö])({day})\s?(?:-|till(?: och med)?|t\.? ?o\.? ?m\.?)\s?({day})(?![a-zåäö])", _days, text
    )
    text = re.sub(rf"\b{WEEK_NAME} ?({_SPAN}(?: ?(?:,|och|samt) {_SPAN})+)", _weeks, text)
    # After a comma a number may be the hour, where nothing else in the phrase is.
    weeks = rf"{_AND}|{_COMMAS}" if re.search(_SURE, text) else _AND
    text = re.sub(rf"\b{WEEK_NAME} ?({weeks})", _weeks, text)
    return _by(_RULES, text)


def _weeks(match: re.Match[str]) -> str:
    """Say "v" before every week of a list, so that none is taken for an hour."""
    return re.sub(N, lambda number: f"v. {number[0]}", match[1].replace(",", " , "))


def _days(match: re.Match[str]) -> str:
    """Name the days from one to the other; Monday to Friday is a word of its own."""
    first, last = (weekday(cut(day)[0]) for day in match.groups())
    if not first < last:
        return match[0]
    return "vardagar" if last - first == len(WEEKDAYS) - 3 else " och ".join(WEEKDAYS[first : last + 1])

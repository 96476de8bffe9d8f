"""Every button of a question leads to a time that comes and that was said: whatever is said, and whenever."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar.school_year import Calendar
from bot.domain.calendar.swedish_dates import WEEKDAYS
from bot.domain.schedule.ask import AskBack, Choice, DayOf, WeekOf
from bot.domain.schedule.due import preview
from bot.domain.schedule.phrase import parse
from bot.domain.schedule.recurrence import WORKDAYS, Recurrence
from bot.messages.phrasing.times import asked, label
from tests.domain.tyreso import FRIDAY_NOON, TYRESO, UNKNOWN, ZONE
from tests.each import each
from tests.play import prompts

SV = prompts().texts
WEEK = timedelta(days=7)
BEFORE_CHRISTMAS = datetime(2026, 12, 16, 15, 30, tzinfo=ZoneInfo(ZONE))
MOMENTS = {
    "a Friday at noon": (TYRESO, FRIDAY_NOON, 1),
    "the last week of the term": (TYRESO, BEFORE_CHRISTMAS, 5),
    "no calendar": (UNKNOWN, FRIDAY_NOON, 7),
}
"""Where it is said, and every which sentence is tried there."""
EVERY = ("", "varje", "varannan")
DAYS = (
    *("", "torsdag", "torsdagar", "på torsdag", "fredag", "lördag", "tisdag och torsdag", "nästa torsdag"),
    *("tisdag eller torsdag", "vardagar", "varje dag", "första torsdagen", "sista fredagen i månaden"),
)
WHEN = (
    *("", "jämna veckor", "imorgon", "idag", "26 november", "24 december", "31/2", "v. 49", "v. 52"),
    *("nästa vecka", "i terminen", "från 1 december", "till 1 december", "från v. 45 till v. 46"),
    *("efter sportlovet", "utom lov", "den 26", "3/12-18/12", "v. 49 och v. 50", "26/11 eller 3/12"),
)
TIMES = ("", "kl 9", "kl 3", "16", "kl 22", "14.00 eller 15.00", "15-16")


def sentences() -> Iterator[str]:
    for parts in product(EVERY, DAYS, WHEN, TIMES):
        yield " ".join(filter(None, parts))


def fault(phrase: str, calendar: Calendar, now: datetime) -> str:
    """What is wrong with the answer to a phrase; nothing where all of it leads on."""
    today = now.date()
    found = parse(phrase, today=today, now=now, calendar=calendar)
    if isinstance(found, Recurrence):
        return "" if preview(found, calendar, now, n=1).dates else "never comes"
    labels = [label(choice, SV) for choice in found.choices]
    if len(set(labels)) < len(labels):
        return f"two buttons alike: {labels}"
    for choice in found.choices:
        then = parse(choice.phrase, today=today, now=now, calendar=calendar)
        if isinstance(then, AskBack):
            return f"{asked(found, SV)} [{label(choice, SV)}] {choice.phrase!r}: {asked(then, SV)}"
        if not preview(then, calendar, now, n=1).dates:
            return f"{choice.phrase!r} never comes"
        if not says_what_was_said(phrase, choice, then):
            return f"[{label(choice, SV)}] {choice.phrase!r} was never said"
    return ""


def says_what_was_said(phrase: str, choice: Choice, then: Recurrence) -> bool:
    """Whether a button leads to what stands on it, and to no day that neither it nor the phrase names."""
    given, begins = choice.given, choice.label == "begin"
    named = {number for number, name in enumerate(WEEKDAYS) if name in phrase}
    named |= set(WORKDAYS) if "vardagar" in phrase or "varje dag" in phrase else set()
    days = {then.once.weekday()} if then.once else set(then.days)
    first = then.once or then.anchor or date.min
    match given:
        case date() if begins:
            stands = given <= first < given + 4 * WEEK
        case date():
            stands, days = first == then.once == given, days - {given.weekday()}
        case WeekOf(number=number):
            weeks = {day.isocalendar().week for day in (first, then.last or first)}
            stands = begins or weeks == {number}
        case DayOf(weekday=weekday):
            stands = days == {weekday}
        case time():
            stands = then.at == given
        case _:
            stands = True
    return stands and (not named or days <= named)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_button_leads_to_a_time_that_comes(moment: str) -> None:
    calendar, now, step = MOMENTS[moment]
    tried = list(islice(sentences(), 0, None, step))
    faults = [f"{phrase!r}: {why}" for phrase in tried if (why := fault(phrase, calendar, now))]
    assert faults[:20] == [], f"{len(faults)} of {len(tried)}"


@each(
    "phrase, says, labels",
    [
        (
            "torsdagar imorgon kl 9",
            "21 november är en lördag. Vilket gäller?",
            ["Börja 21 november", "Ta 26 november"],
        ),
        (
            "varje fredag imorgon kl 9",
            "21 november är en lördag. Vilket gäller?",
            ["Börja 21 november", "Ta 27 november"],
        ),
        ("varje fredag imorgon", "Vilken tid? Skriv till exempel 15.15.", []),
        ("varje dag kl 3", "Menar du varje vardag?", ["Ja, ta vardagar"]),
        ("varje dag kl 22", "Det är utanför arbetstid. Välj en annan tid.", []),
        ("lördag eller söndag kl 10", "Det är utanför arbetstid. Välj en annan tid.", []),
    ],
)
def test_what_would_lead_nowhere_is_said_at_once(phrase: str, says: str, labels: list[str]) -> None:
    found = parse(phrase, today=FRIDAY_NOON.date(), now=FRIDAY_NOON, calendar=TYRESO)
    assert isinstance(found, AskBack)
    assert asked(found, SV) == says
    assert [label(choice, SV) for choice in found.choices] == labels


def test_a_first_of_two_that_is_closed_is_said_to_be() -> None:
    found = parse("nästa torsdag 15.15", today=BEFORE_CHRISTMAS.date(), now=BEFORE_CHRISTMAS, calendar=TYRESO)
    assert isinstance(found, AskBack)
    assert asked(found, SV) == "Torsdag 24 december är det stängt (julafton). Vilken dag gäller?"
    assert [label(choice, SV) for choice in found.choices] == ["Ta 17 december", "Ta 11 januari"]

"""When a lov ends, as "efter sportlovet" is answered: against a plain model, and in odd calendars."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar.school_year import Calendar, CalendarDay, DayKind, Term, red_days
from bot.domain.schedule.ask import AskBack
from bot.domain.schedule.phrase import parse
from bot.messages.phrasing.times import asked, label
from tests.domain.tyreso import TYRESO, lov
from tests.each import each
from tests.play import prompts

SV = prompts().texts
DAY = timedelta(days=1)
FIRST, LAST = date(2025, 12, 1), date(2026, 5, 1)


def told(phrase: str, calendar: Calendar, today: date) -> AskBack:
    noon = datetime.combine(today, time(11), UTC)
    found = parse(phrase, today=today, now=noon, calendar=calendar)
    assert isinstance(found, AskBack)
    return found


class End(NamedTuple):
    day: date
    ahead: bool


def model(calendar: Calendar, name: str, today: date) -> End | None:
    """The last day of the connected stretch of closed days that holds a day of that lov.

    Said as people say it: neither the weekend nor the studiedag after a lov is its last day.
    """
    mine = {day.date for day in calendar.days if day.kind == "lov" and day.name == name}
    lovdagar = {day.date for day in calendar.days if day.kind == "lov"}
    staff = {day.date for day in calendar.days if day.kind != "lov"} - lovdagar
    stretches: list[list[date]] = [[]]
    day = FIRST - 40 * DAY
    while day < LAST + 40 * DAY:
        if calendar.is_open(day):
            stretches.append([])
        else:
            stretches[-1].append(day)
        day += DAY
    found = [stretch for stretch in stretches if mine & set(stretch)]
    if not found:
        return None
    chosen = next((stretch for stretch in found if stretch[-1] >= today), found[-1])
    red = {one for one in chosen if one in red_days(one.year)}
    counted = [
        one for one in chosen if one in lovdagar or (one.weekday() < 5 and (one in red or one not in staff))
    ]
    return End(counted[-1], counted[-1] >= today)


DAYS = st.dates(FIRST, LAST)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Lov of one or two names in pieces, and studiedagar anywhere, often beside them."""
    days: list[CalendarDay] = []
    for name in ("Jullov", "Sportlov"):
        start = draw(DAYS)
        free = draw(st.lists(st.integers(0, 24), max_size=12))
        days += [CalendarDay(date=start + offset * DAY, kind="lov", name=name) for offset in free]
        for offset in draw(st.lists(st.integers(-3, 28), max_size=3)):
            kind: DayKind = draw(st.sampled_from(("studiedag", "planeringsdag")))
            days.append(CalendarDay(date=start + offset * DAY, kind=kind))
    terms: tuple[Term, ...] = ()
    if draw(st.booleans()):
        autumn, spring = draw(st.dates(date(2025, 12, 12), date(2025, 12, 23))), date(2026, 1, 8)
        terms = (
            Term(name="HT", first=date(2025, 8, 18), last=autumn),
            Term(name="VT", first=spring, last=date(2026, 6, 12)),
        )
    return Calendar(days=tuple(days), terms=terms)


@settings(deadline=None, max_examples=500)
@given(calendars(), DAYS)
def test_a_lov_ends_with_the_closed_days_that_hold_it(calendar: Calendar, today: date) -> None:
    found = told("efter sportlovet", calendar, today)
    end = model(calendar, "Sportlov", today)
    says = (
        "" if end is None else f" Sportlovet {'slutar' if end.ahead else 'slutade'} {SV.dates.date(end.day)}."
    )
    assert asked(found, SV) == f"Vilken dag och tid?{says}"


def workdays(first: date, last: date, name: str) -> tuple[CalendarDay, ...]:
    """As a school writes them: neither weekends nor red days."""
    return tuple(
        day
        for day in lov(first, last, name)
        if day.date.weekday() < 5 and day.date not in red_days(day.date.year)
    )


HT, VT = (
    Term(name="HT", first=date(2025, 8, 18), last=date(2025, 12, 19)),
    Term(name="VT", first=date(2026, 1, 8), last=date(2026, 6, 12)),
)
JULLOV = workdays(date(2025, 12, 22), date(2026, 1, 7), "Jullov")
HOLE = tuple(day for day in JULLOV if not date(2025, 12, 24) < day.date < date(2026, 1, 2))
PASKLOV = workdays(date(2026, 3, 30), date(2026, 4, 2), "Påsklov")
NEXT_DAY = CalendarDay(date=date(2026, 1, 8), kind="studiedag", name="Planering")


@each(
    "calendar, phrase, says",
    [
        (Calendar(days=JULLOV, terms=(HT, VT)), "efter jullovet", "Jullovet slutar 7 januari."),
        (Calendar(days=JULLOV, terms=(HT,)), "efter jullovet", "Jullovet slutar 7 januari."),
        (Calendar(days=JULLOV), "efter jullovet", "Jullovet slutar 7 januari."),
        (Calendar(days=(*JULLOV, NEXT_DAY), terms=(HT, VT)), "efter jullovet", "Jullovet slutar 7 januari."),
        # Written before the red days alone, and the terms say the rest.
        (Calendar(days=JULLOV[:2], terms=(HT, VT)), "efter jullovet", "Jullovet slutar 7 januari."),
        (Calendar(days=HOLE, terms=(HT, VT)), "efter jullovet", "Jullovet slutar 7 januari."),
        # Not written at all: between the terms it is jullov, and after them sommarlov.
        (Calendar(terms=(HT, VT)), "efter jullovet", "Jullovet slutar 7 januari."),
        (Calendar(terms=(HT, VT)), "efter jul", "Jullovet slutar 7 januari."),
        (Calendar(terms=(HT, VT)), "efter lovet", "Lovet slutar 7 januari."),
        # When the next term begins is not known, so nobody can say when the lov ends.
        (Calendar(days=JULLOV[:2], terms=(HT,)), "efter jullovet", ""),
        (Calendar(terms=(HT,)), "efter jullovet", ""),
        (Calendar(terms=(HT, VT)), "efter sommarlovet", ""),
        (Calendar(days=PASKLOV, terms=(HT, VT)), "efter påsklovet", "Påsklovet slutar 6 april."),
        (Calendar(days=PASKLOV, terms=(HT, VT)), "efter påsk", "Påsklovet slutar 6 april."),
        (Calendar(), "efter sportlovet", ""),
    ],
)
def test_the_odd_calendars(calendar: Calendar, phrase: str, says: str) -> None:
    question = told(phrase, calendar, date(2025, 12, 10))
    assert asked(question, SV) == f"Vilken dag och tid? {says}".rstrip()


@each(
    "phrase, today, says, labels",
    [
        (
            "torsdagar 15.15 efter jullovet",
            date(2026, 11, 20),
            "Jullovet slutar 8 januari.",
            ["Börja 11 januari"],
        ),
        (
            "torsdagar 15.15 efter sportlovet",
            date(2027, 3, 6),
            "Sportlovet slutade 5 mars.",
            ["Börja 8 mars"],
        ),
        ("torsdagar 15.15 efter sportlovet", date(2027, 3, 8), "Sportlovet slutade 5 mars.", []),
    ],
)
def test_the_button_begins_when_school_does(phrase: str, today: date, says: str, labels: list[str]) -> None:
    question = told(phrase, TYRESO, today)
    assert asked(question, SV) == f"Från vilket datum? {says}"
    assert [label(choice, SV) for choice in question.choices] == labels

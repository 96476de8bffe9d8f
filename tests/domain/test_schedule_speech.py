from datetime import date, time, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendar.school_year import Calendar
from bot.domain.schedule.due import preview
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.schedule.speech import speak
from bot.messages.phrasing.times import asked, echo, label, pattern
from tests.domain.tyreso import FRIDAY_NOON, TYRESO, UNKNOWN, said, understood
from tests.each import each
from tests.play import prompts

SV, EN = prompts().texts, prompts().said_in("en")


def test_the_echo_is_that_of_the_rule() -> None:
    found = understood("varannan torsdag 15.15")
    assert echo(found, preview(found, TYRESO, FRIDAY_NOON), SV) == (
        "Varannan torsdag kl. 15.15: 26 november (v. 48), 10 december (v. 50), 21 januari (v. 3), "
        "4 februari (v. 5). Hoppar över 24 december (julafton) och 7 januari (lov). Stämmer det?"
    )


def test_the_echo_says_when_odd_weeks_meet() -> None:
    found = understood("onsdagar udda veckor kl 15")
    spoken = echo(found, preview(found, TYRESO, FRIDAY_NOON), SV)
    assert "Både v. 53 och v. 1 är ojämna. Då blir det två veckor i rad." in spoken
    even = understood("onsdagar jämna veckor kl 15")
    assert "i rad" not in echo(even, preview(even, TYRESO, FRIDAY_NOON), SV)


@each(
    "phrase, says",
    [
        ("varje torsdag 15.15 från 3 december", "Varje torsdag kl. 15.15 från 3 december 2026: 3 december"),
        ("varannan torsdag 15.15 från v. 49", "Varannan torsdag kl. 15.15 från 3 december 2026: 3 december"),
        ("varje torsdag 15.15 från 23 november", "Varje torsdag kl. 15.15: 26 november"),
        ("varje torsdag 15.15 från 1 september", "Varje torsdag kl. 15.15: 26 november"),
    ],
)
def test_the_echo_says_a_start_that_lies_ahead(phrase: str, says: str) -> None:
    found = understood(phrase)
    assert echo(found, preview(found, TYRESO, FRIDAY_NOON), SV).startswith(says)


def test_the_echo_of_once_and_of_a_long_leave() -> None:
    once = understood("på torsdag 15.15")
    assert echo(once, preview(once, TYRESO, FRIDAY_NOON), SV) == (
        "Torsdag 26 november 2026 kl. 15.15 (v. 48). Stämmer det?"
    )
    daily = understood("vardagar 8.00 från 18 december")
    assert "Hoppar över 21–23 december (lov), 24 december (julafton)" in echo(
        daily, preview(daily, TYRESO, FRIDAY_NOON), SV
    )


@each(
    "phrase, dates",
    [
        ("varje torsdag 15.15 från 1 september 2028", "7 september 2028 (v. 36), 14 september (v. 37)"),
        ("måndag och tisdag v 47 8.15", "22 november 2027 (v. 47), 23 november (v. 47)"),
        ("varje torsdag 15.15 från 20 maj", "20 maj (v. 20)"),
        ("varje torsdag 15.15 från 23 maj 2027", "27 maj 2027 (v. 21)"),
    ],
)
def test_a_first_date_more_than_half_a_year_off_says_its_year(phrase: str, dates: str) -> None:
    found = understood(phrase)
    assert f": {dates}" in echo(found, preview(found, TYRESO, FRIDAY_NOON), SV)


DATES = st.dates(date(2026, 11, 23), date(2027, 12, 31))
WORKDAYS = st.lists(st.integers(0, 4), min_size=1).map(tuple)
SKIPPED = st.just(()) | st.lists(st.integers(1, 53), max_size=6).map(tuple)
TIMES = st.builds(time, st.integers(7, 16), st.integers(0, 59))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    at = draw(TIMES)
    days = tuple(sorted(set(draw(WORKDAYS))))
    kind = draw(st.sampled_from(["weekly", "spaced", "parity", "ordinal", "once"]))
    anchor = draw(st.none() | st.dates(date(2026, 6, 1), date(2027, 8, 1)))
    last = draw(st.none() | st.dates(max(anchor or date.min, date(2026, 11, 20)), date(2028, 12, 31)))
    if kind == "once":
        return Recurrence(once=draw(DATES), at=at)
    weeks = draw(SKIPPED)
    if kind == "spaced":
        first = anchor or date(2026, 11, 23)
        first += timedelta(days=(days[0] - first.weekday()) % 7)
        return Recurrence(
            days=days,
            every=draw(st.integers(2, 4)),
            anchor=first,
            last=last and max(last, first),
            at=at,
            skipped_weeks=weeks,
        )
    if kind == "parity":
        return Recurrence(
            days=days,
            parity=draw(st.sampled_from(["even", "odd"])),
            anchor=anchor,
            last=last,
            at=at,
            skipped_weeks=weeks,
        )
    if kind == "ordinal":
        nth = draw(st.sampled_from([1, 2, 3, 4, -1]))
        return Recurrence(days=days[:1], ordinal=nth, anchor=anchor, last=last, at=at, skipped_weeks=weeks)
    return Recurrence(days=days, anchor=anchor, last=last, at=at, skipped_weeks=weeks)


@settings(deadline=None, max_examples=400)
@given(recurrences())
def test_what_is_spoken_parses_back_to_the_same(recurrence: Recurrence) -> None:
    assume(preview(recurrence, UNKNOWN, FRIDAY_NOON, n=1).dates)
    assert said(speak(recurrence), UNKNOWN) == recurrence
    assert echo(recurrence, preview(recurrence, UNKNOWN, FRIDAY_NOON), SV).endswith("Stämmer det?")
    unbound = recurrence.model_copy(update={"anchor": None, "last": None})
    assert pattern(recurrence, SV) == speak(unbound), "what is read can be written"


WORDS = st.sampled_from(
    [
        *(
            "torsdag",
            "torsdagar",
            "på",
            "tis",
            "vardagar",
            "varje",
            "varannan",
            "var tredje",
            "vecka",
            "v. 49",
        ),
        *(
            "kl",
            "15.15",
            "3",
            "halv",
            "fyra",
            "kvart över",
            "fem i",
            "och",
            "eller",
            ",",
            "jämna veckor",
            "udda",
        ),
        *("första", "sista", "i månaden", "i terminen", "nästa", "i torsdags", "från", "till", "26 november"),
        *("31/2", "29 februari", "v. 53", "v. 99", "efter sportlovet", "efter", "utom lov", "inte", "idag"),
        *(
            "varje dag",
            "dag",
            "kl 99",
            "99.99",
            "halv 99",
            "2026-02-30",
            "tills vidare",
            "den",
            "i morgon",
            "jul",
            "utom",
            "v. 44",
            "helger",
            "i december",
            "3.12",
            "o",
            "2 ggr",
        ),
    ]
)


PARTS = st.sampled_from(
    [
        *("torsdag", "fredagen", "torsdagar", "på tisdag", "vardagar", "första fredagen", "sista torsdagen"),
        *("i månaden", "i terminen", "i vårterminen", "varannan", "varje", "jämna veckor", "nästa", "v. 45"),
        *("utom v. 44", "utom", "fredagar", "utom fredagar", "3.12", "i december", "utom lov", "varje dag"),
        *("eller", "och", "14.00", "från v. 45", "från 26 november", "till 1 juni", "29 februari", "idag"),
    ]
)
NEARLY = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: " ".join([*parts, "kl 15"]))


@settings(deadline=None, max_examples=1200)
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), NEARLY), st.sampled_from([TYRESO, UNKNOWN]))
def test_no_phrase_raises_and_every_button_is_a_phrase(phrase: str, calendar: Calendar) -> None:
    found = said(phrase, calendar)
    if isinstance(found, Recurrence):
        assert said(speak(found), calendar) == found
        return
    for texts in (SV, EN):
        assert len(asked(found, texts)) <= 140
        labels = [label(choice, texts) for choice in found.choices]
        assert all(len(one) <= 24 for one in labels)
        assert len(set(labels)) == len(labels)
    for choice in found.choices:
        assert said(choice.phrase, calendar) != found

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.calendar.school_year import (
    Calendar,
    CalendarDay,
    SchoolYear,
    Term,
    day_in_week,
    red_days,
    school_week,
    weeks_in,
)
from bot.domain.calendar.swedish_dates import say_day, say_list
from tests.domain.tyreso import TYRESO as WITHOUT_STUDIEDAG
from tests.domain.tyreso import lov

STOCKHOLM = ZoneInfo("Europe/Stockholm")


STUDIEDAG = CalendarDay(date=date(2026, 11, 2), kind="studiedag")
TYRESO = Calendar(days=(*WITHOUT_STUDIEDAG.days, STUDIEDAG), terms=WITHOUT_STUDIEDAG.terms)
FORSKOLA = Calendar()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 11, 21), "lördag"),
        (date(2026, 12, 24), "julafton"),
        (date(2026, 12, 25), "juldagen"),
        (date(2027, 1, 6), "trettondedag jul"),
        (date(2027, 1, 7), "lov"),
        (date(2027, 5, 6), "Kristi himmelsfärdsdag"),
        (date(2026, 10, 28), "lov: Höstlov"),
        (date(2026, 11, 2), "studiedag"),
        (date(2027, 6, 14), "utanför terminen"),
        (date(2027, 7, 30), "utanför terminen"),
        (date(2026, 8, 14), "utanför terminen"),
        (date(2027, 8, 9), None),
        (date(2026, 6, 15), None),
    ],
)
def test_why_the_school_is_closed(day: date, reason: str | None) -> None:
    assert TYRESO.why_closed(day) == reason
    assert TYRESO.is_open(day) == (reason is None)


def test_half_days_and_klamdagar_are_working_days() -> None:
    assert all(FORSKOLA.is_open(day) for day in (date(2026, 4, 2), date(2026, 4, 30), date(2026, 5, 15)))
    assert not any(FORSKOLA.is_open(day) for day in (date(2026, 6, 19), date(2026, 12, 31)))


def test_red_days_speak_swedish_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    red_days.cache_clear()
    assert red_days(2030)[date(2030, 12, 24)] == "julafton"


def test_a_forskola_has_no_lov() -> None:
    assert FORSKOLA.is_open(date(2026, 10, 28))
    assert FORSKOLA.covered_until() is None
    assert TYRESO.covered_until() == date(2027, 6, 11)


def test_what_is_unknown_closes_nothing() -> None:
    autumn = Calendar(terms=TYRESO.terms[:1])
    assert autumn.why_closed(date(2026, 12, 22)) == "utanför terminen"
    assert autumn.is_open(date(2027, 2, 1))
    spring = Calendar(terms=TYRESO.terms[1:])
    assert spring.is_open(date(2026, 11, 26))
    assert spring.why_closed(date(2027, 1, 7)) == "utanför terminen"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-20 12:00", "2026-11-20 12:00"),
        ("2026-11-20 07:00", "2026-11-20 07:00"),
        ("2026-11-20 06:59", "2026-11-20 07:00"),
        ("2026-11-20 17:00", "2026-11-23 07:00"),
        ("2026-11-21 12:00", "2026-11-23 07:00"),
        ("2026-10-28 12:00", "2026-11-03 07:00"),
        ("2026-12-18 18:00", "2027-01-11 07:00"),
    ],
)
def test_the_next_open_time(moment: str, opens: str) -> None:
    said = datetime.fromisoformat(moment).replace(tzinfo=STOCKHOLM)
    expected = datetime.fromisoformat(opens).replace(tzinfo=STOCKHOLM)
    assert TYRESO.next_open(said) == expected
    assert TYRESO.next_open(said.astimezone(UTC)).tzinfo is UTC


def test_quiet_hours_can_be_none() -> None:
    always = Calendar(opens=time(0), closes=time(0))
    night = datetime(2026, 11, 20, 3, tzinfo=STOCKHOLM)
    assert always.next_open(night) == night
    assert not always.is_quiet(night.time())
    assert FORSKOLA.is_quiet(night.time())


def test_a_calendar_closed_for_ever_moves_nothing() -> None:
    closed = Calendar(days=lov(date(2026, 1, 1), date(2029, 1, 1), "Ombyggnad"))
    moment = datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert closed.next_open(moment) == moment


def test_working_days_keep_the_time_on_the_wall() -> None:
    thursday = datetime(2027, 3, 25, 15, 15, tzinfo=STOCKHOLM)  # then Easter, summer time and påsklov
    after = TYRESO.local(TYRESO.add_working_days(thursday, 2))
    assert after.replace(tzinfo=None) == datetime(2027, 4, 6, 15, 15)  # noqa: DTZ001  wall time
    assert TYRESO.add_working_days(thursday, 0) == thursday


def test_order_does_not_matter_and_a_lov_weighs_most() -> None:
    days = (CalendarDay(date=date(2026, 11, 2), kind="lov", name="Lovdag"), *reversed(TYRESO.days))
    assert Calendar(days=days).why_closed(date(2026, 11, 2)) == "lov: Lovdag"
    assert Calendar(days=days).why_closed(date(2026, 10, 28)) == "lov: Höstlov"


def test_school_years_are_named_after_both_years() -> None:
    assert SchoolYear.of(date(2026, 8, 1)).name == "2026/27"
    assert SchoolYear.of(date(2027, 7, 31)).name == "2026/27"
    assert SchoolYear(starts=2099).name == "2099/00"
    year = SchoolYear(starts=2026)
    assert (year.first, year.last) == (date(2026, 8, 1), date(2027, 6, 30))
    assert year.holds(date(2027, 1, 1))
    assert not year.holds(date(2027, 8, 1))


def test_weeks_are_iso_weeks() -> None:
    assert school_week(date(2027, 1, 1)) == (2026, 53)
    assert (weeks_in(2026), weeks_in(2027)) == (53, 52)
    assert day_in_week(2026, 53, 0) == date(2026, 12, 28)
    assert day_in_week(2027, 53, 0) is None


def test_dates_are_said_in_swedish() -> None:
    assert say_day(date(2026, 11, 26)) == "torsdag 26 november"
    assert [say_list(list("abc")[:n]) for n in range(4)] == ["", "a", "a och b", "a, b och c"]


def test_a_wrong_zone_or_term_is_refused() -> None:
    with pytest.raises(ValidationError, match="no such time zone"):
        Calendar(zone="Europe/Ankeborg")
    with pytest.raises(ValidationError, match="ends before"):
        Term(name="HT", first=date(2026, 12, 1), last=date(2026, 8, 1))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001  wall time
def test_the_next_open_time_is_open_and_never_earlier(moment: datetime) -> None:
    opens = TYRESO.next_open(moment)
    assert opens >= moment
    assert TYRESO.is_open(TYRESO.local(opens).date())
    assert not TYRESO.is_quiet(TYRESO.local(opens).time())
    assert TYRESO.next_open(opens) == opens

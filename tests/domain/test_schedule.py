from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.domain.schedule.due import next_planned, planned_between, to_utc
from bot.domain.schedule.recurrence import Recurrence
from tests.domain.tyreso import ZONE, at, thursdays


def dates(recurrence: Recurrence, after: str, until: str) -> list[str]:
    return [f"{local:%d/%m %H.%M}" for local in planned_between(recurrence, at(after), at(until), ZONE)]


def test_the_time_on_the_wall_stays_across_summer_time() -> None:
    weekly = thursdays()
    assert dates(weekly, "2027-03-20", "2027-04-03") == ["25/03 15.15", "01/04 15.15"]
    hours = [
        to_utc(local, ZONE).hour
        for local in planned_between(weekly, at("2027-03-20"), at("2027-04-03"), ZONE)
    ]
    assert hours == [14, 13]


def test_the_spring_gap_happens_once_an_hour_later() -> None:
    nightly = Recurrence(days=tuple(range(7)), at=time(2, 30))
    assert dates(nightly, "2027-03-28 00:00", "2027-03-29 00:00") == ["28/03 02.30"]
    moment = next_planned(nightly, at("2027-03-28 00:00"), ZONE)
    assert moment is not None
    assert moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) == datetime.fromisoformat(
        "2027-03-28 03:30"
    )


def test_the_autumn_fold_happens_once_the_first_time() -> None:
    nightly = Recurrence(days=tuple(range(7)), at=time(2, 30))
    assert dates(nightly, "2027-10-31 00:00", "2027-11-01 00:00") == ["31/10 02.30"]
    assert next_planned(nightly, at("2027-10-31 00:00"), ZONE) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_parity_is_tried_per_occasion_across_week_53() -> None:
    odd = Recurrence(days=(2,), parity="odd", at=time(15))
    even = Recurrence(days=(2,), parity="even", at=time(15))
    assert [d[:5] for d in dates(odd, "2026-12-14", "2027-01-21")] == ["16/12", "30/12", "06/01", "20/01"]
    assert [d[:5] for d in dates(even, "2026-12-14", "2027-01-21")] == ["23/12", "13/01"]


def test_skipped_weeks_are_passed_over_every_year_and_do_not_shift_the_others() -> None:
    second = thursdays(every=2, anchor=date(2026, 11, 26), skipped_weeks=(50, 3))
    assert [d[:5] for d in dates(second, "2026-11-01", "2027-02-05")] == ["26/11", "24/12", "07/01", "04/02"]
    assert dates(thursdays(skipped_weeks=(50,)), "2027-12-13", "2027-12-20") == []


def test_where_no_week_is_skipped_what_is_stored_says_nothing_of_it() -> None:
    """An earlier version knows no skipped weeks, and reads what has none."""
    assert "skipped_weeks" not in thursdays().model_dump_json()
    rests = thursdays(skipped_weeks=(44, 8, 44))
    assert Recurrence.model_validate_json(rests.model_dump_json()) == rests
    assert rests.skipped_weeks == (8, 44)


@pytest.mark.parametrize(
    "wrong",
    [
        {"skipped_weeks": (0,)},
        {"skipped_weeks": (54,)},
        {"once": date(2026, 11, 26), "days": (), "skipped_weeks": (8,)},
    ],
)
def test_a_week_that_is_not_and_a_week_skipped_of_a_single_day_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        thursdays(**wrong)


def test_every_second_week_is_counted_from_its_anchor_across_week_53() -> None:
    second = thursdays(every=2, anchor=date(2026, 11, 26))
    assert [d[:5] for d in dates(second, "2026-11-01", "2027-01-22")] == [
        *("26/11", "10/12", "24/12", "07/01", "21/01")
    ]


def test_every_second_week_keeps_the_days_of_a_week_together() -> None:
    second = Recurrence(days=(1, 3), every=2, anchor=date(2026, 11, 26), at=time(14))
    assert [d[:5] for d in dates(second, "2026-11-01", "2026-12-25")] == [
        "26/11",
        "08/12",
        "10/12",
        "22/12",
        "24/12",
    ]


def test_the_month_has_a_first_and_a_last() -> None:
    first = Recurrence(days=(0,), ordinal=1, at=time(8))
    last = Recurrence(days=(4,), ordinal=-1, at=time(14))
    assert [d[:5] for d in dates(first, "2026-11-20", "2027-02-02")] == ["07/12", "04/01", "01/02"]
    assert [d[:5] for d in dates(last, "2026-11-20", "2027-02-02")] == ["27/11", "25/12", "29/01"]


def test_it_begins_and_ends() -> None:
    bounded = Recurrence(days=tuple(range(5)), anchor=date(2026, 11, 3), last=date(2026, 11, 5), at=time(8))
    assert [d[:5] for d in dates(bounded, "2026-10-01", "2027-02-02")] == ["03/11", "04/11", "05/11"]
    assert next_planned(bounded, at("2026-11-05 08:00"), ZONE) is None
    assert next_planned(Recurrence(once=date(2026, 11, 5), at=time(8)), at("2026-11-05 08:00"), ZONE) is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"days": (3,), "once": date(2026, 11, 26)},
        {"days": (7,)},
        {"days": (3,), "every": 2},
        {"days": (3,), "every": 2, "anchor": date(2026, 11, 25)},
        {"days": (3,), "every": 5, "anchor": date(2026, 11, 26)},
        {"days": (3,), "ordinal": 1, "parity": "even"},
        {"days": (1, 3), "ordinal": 1},
        {"days": (3,), "anchor": date(2026, 11, 26), "last": date(2026, 11, 25)},
        {"once": date(2026, 11, 26), "last": date(2026, 11, 26)},
        {"days": (3,), "at": time(15, 15, 1)},
        {"days": (3,), "at": time(15, 15, tzinfo=UTC)},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Recurrence(**{"at": time(15, 15)} | fields)


def test_the_order_of_days_does_not_matter() -> None:
    assert Recurrence(days=(3, 1, 3), at=time(8)) == Recurrence(days=(1, 3), at=time(8))

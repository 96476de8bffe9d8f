from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain import check_in_round as rules
from bot.domain.calendar.school_year import Calendar, CalendarDay
from bot.domain.check_in import CheckIn, CheckInPlan, Participation
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import ArbetslagId, PersonId, SchoolId

AT = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
LENA, OMAR, SAM = (PersonId(name) for name in ("lena", "omar", "sam"))
EACH = CheckIn(
    id="1",
    plan="p",
    school=SchoolId("s"),
    arbetslag=ArbetslagId("a"),
    pack="x",
    answers="each",
    planned=datetime(2026, 11, 26, 15, 15),  # noqa: DTZ001  wall time
    opened_at=AT,
    expected=(LENA, OMAR, SAM),
)
TOGETHER = EACH.model_copy(update={"answers": "together"})
CALENDAR = Calendar()


def took(person: PersonId, how: str = "answered") -> Participation:
    return Participation.model_validate({"person": person, "how": how, "at": AT})


def plan(recurrence: Recurrence, minutes: int = 2) -> CheckInPlan:
    return CheckInPlan(
        id="p",
        school=SchoolId("s"),
        arbetslag=ArbetslagId("a"),
        owners=(),
        recurrence=recurrence,
        minutes=minutes,
        created_at=AT,
    )


def test_the_away_are_outside_the_count_unless_they_answered() -> None:
    assert rules.standing(EACH, [took(LENA)], {OMAR}).model_dump() == {"answered": 1, "asked": 2, "away": 1}
    assert rules.standing(EACH, [took(OMAR)], {OMAR}).model_dump() == {"answered": 1, "asked": 3, "away": 0}


def test_an_arbetslag_counts_as_one() -> None:
    assert rules.standing(TOGETHER, [took(LENA), took(OMAR)]).model_dump() == {
        "answered": 1,
        "asked": 1,
        "away": 0,
    }
    assert rules.standing(TOGETHER, [took(LENA, "skipped")]).answered == 0


@pytest.mark.parametrize("how", ["answered", "nothing_new", "at_meeting", "skipped"])
def test_nobody_who_is_done_is_reminded(how: str) -> None:
    assert rules.to_remind(EACH, [took(LENA, how)], {OMAR}) == (SAM,)
    assert rules.to_remind(TOGETHER, [took(LENA, how)], ()) == ()


def test_of_an_arbetslag_the_samtalsledare_is_reminded() -> None:
    assert rules.to_remind(TOGETHER, [], (), [SAM]) == (SAM,)
    assert rules.to_remind(TOGETHER, [], {SAM}, [SAM]) == (LENA,)


def test_a_closed_round_reminds_nobody() -> None:
    assert rules.to_remind(EACH.model_copy(update={"state": "closed"}), [], ()) == ()


def test_two_working_days_skip_the_weekend_and_lov() -> None:
    lov = Calendar(days=(CalendarDay(date=date(2026, 11, 30), kind="lov"),))
    assert rules.remind_at(CALENDAR, AT).date() == date(2026, 11, 30)
    assert rules.remind_at(lov, AT).date() == date(2026, 12, 1)


def test_snooze_never_lands_in_quiet_hours() -> None:
    friday = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    assert rules.snooze_until("hour", CALENDAR, friday) == datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
    assert rules.snooze_until("morning", CALENDAR, friday) == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    assert rules.snooze_until("next", CALENDAR, friday) is None


def test_two_silent_rounds_are_missed_and_one_is_not() -> None:
    assert rules.has_missed([(EACH, ()), (EACH, ())], LENA)
    assert not rules.has_missed([(EACH, ())], LENA)
    assert not rules.has_missed([(EACH, ()), (EACH, [took(LENA, "skipped")])], LENA)


def test_minutes_are_counted_in_the_fullest_week() -> None:
    thursdays = plan(Recurrence(days=(3,), at=time(15, 15)), 3)
    even = plan(Recurrence(days=(1, 3), parity="even", at=time(8)), 2)
    assert rules.fullest_week([thursdays, even], CALENDAR, AT) == 7
    assert rules.fullest_week([], CALENDAR, AT) == 0
    later = Recurrence(days=(1, 3), anchor=AT.date() + timedelta(weeks=20), at=time(15, 15))
    begins_later = thursdays.model_copy(update={"recurrence": later})
    assert rules.fullest_week([begins_later], CALENDAR, AT) == 6
    assert rules.fullest_week([thursdays, begins_later], CALENDAR, AT) == 9
    moved = thursdays.model_copy(update={"part_of": "p"})
    assert rules.fullest_week([thursdays, moved], CALENDAR, AT) == 3

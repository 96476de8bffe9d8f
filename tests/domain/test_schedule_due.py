from datetime import UTC, date, datetime, time

from bot.domain.calendar.school_year import Calendar, Term
from bot.domain.schedule.due import (
    Collapsed,
    LovRule,
    Send,
    Skipped,
    Verdict,
    due,
    next_due,
    preview,
)
from bot.domain.schedule.recurrence import Recurrence
from tests.domain.tyreso import TYRESO, at, thursdays


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def verdicts(
    recurrence: Recurrence, watermark: str, now: str, rule: LovRule = "skip", since: str | None = None
) -> tuple[Verdict, ...]:
    return due(recurrence, TYRESO, at(watermark), at(now), rule, at(since) if since else None)


def test_an_occasion_is_asked_once_and_on_time() -> None:
    (verdict,) = verdicts(thursdays(), "2026-11-26 15:14:40", "2026-11-26 15:15:10")
    assert verdict == Send(
        planned_local=wall("2026-11-26 15:15"),
        planned_utc=at("2026-11-26 15:15"),
        due_utc=at("2026-11-26 15:15"),
        late=False,
    )
    assert verdicts(thursdays(), "2026-11-26 15:15:10", "2026-11-26 15:15:40") == ()


def test_a_new_schedule_asks_for_nothing_in_the_past() -> None:
    assert verdicts(thursdays(), "2026-11-26 15:16", "2026-11-26 15:16") == ()


def test_a_clock_that_goes_back_does_nothing_until_it_has_caught_up() -> None:
    assert verdicts(thursdays(), "2026-11-26 15:16", "2026-11-26 15:14") == ()


def test_down_over_several_occasions_asks_late_for_the_latest_only() -> None:
    old, older, latest = verdicts(thursdays(), "2026-11-10 12:00", "2026-11-27 09:00")
    assert isinstance(latest, Send)
    assert (latest.planned_local, latest.late) == (wall("2026-11-26 15:15"), True)
    for collapsed in (old, older):
        assert isinstance(collapsed, Collapsed)
        assert collapsed.into == latest.planned_local


def test_too_late_when_the_next_one_is_less_than_a_day_off() -> None:
    found = verdicts(thursdays(), "2026-11-10 12:00", "2026-11-25 16:00")
    assert [verdict.because for verdict in found if isinstance(verdict, Skipped)] == ["late", "late"]
    assert len(found) == 2


def test_too_late_when_a_lov_lies_between() -> None:
    (skipped,) = verdicts(thursdays(), "2026-10-22 15:00", "2026-10-26 09:00")
    assert isinstance(skipped, Skipped)
    assert (skipped.because, skipped.reason) == ("late", "late")


def test_the_same_day_is_never_too_late() -> None:
    daily = Recurrence(days=(0, 1, 2, 3, 4), at=time(8))
    (verdict,) = verdicts(daily, "2026-11-26 07:00", "2026-11-26 09:00")
    assert isinstance(verdict, Send)
    assert verdict.late
    (verdict,) = verdicts(daily, "2026-11-26 07:00", "2026-11-27 07:00")
    assert isinstance(verdict, Skipped)


def test_a_closed_day_is_skipped_with_its_reason() -> None:
    (skipped,) = verdicts(thursdays(), "2026-12-24 15:00", "2026-12-24 15:16")
    assert isinstance(skipped, Skipped)
    assert (skipped.because, skipped.reason) == ("closed", "julafton")
    (evening,) = verdicts(thursdays(at=time(18)), "2026-11-26 15:00", "2026-11-26 18:16")
    assert isinstance(evening, Skipped)
    assert evening.reason == "utanför arbetstid"


def test_a_closed_day_is_moved_to_the_next_open_one_at_the_same_time() -> None:
    weekly = thursdays()
    assert verdicts(weekly, "2026-10-29 15:00", "2026-10-29 15:16", "move") == ()
    assert next_due(weekly, TYRESO, at("2026-10-29 15:00"), "move") == at("2026-11-02 15:15")
    assert next_due(weekly, TYRESO, at("2026-10-29 15:00"), "skip") == at("2026-10-29 15:15")
    (moved,) = verdicts(weekly, "2026-11-02 15:14", "2026-11-02 15:16", "move")
    assert isinstance(moved, Send)
    assert (moved.planned_local, moved.due_utc) == (wall("2026-10-29 15:15"), at("2026-11-02 15:15"))
    assert not moved.late


def test_nothing_is_moved_into_a_week_that_is_passed_over() -> None:
    weekly = thursdays(skipped_weeks=(45, 46))
    assert next_due(weekly, TYRESO, at("2026-10-29 15:00"), "move") == at("2026-11-16 15:15")


def test_several_moved_to_the_same_day_are_asked_once() -> None:
    found = verdicts(thursdays(), "2027-01-11 15:14", "2027-01-11 15:16", "move")
    # 24 and 31 December and 7 January all wait for the first day of term.
    assert [type(verdict) for verdict in found] == [Collapsed, Collapsed, Send]


def test_what_was_planned_before_the_agreement_is_never_moved_into_it() -> None:
    assert (
        verdicts(thursdays(), "2027-01-11 15:14", "2027-01-11 15:16", "move", since="2027-01-08 12:00") == ()
    )


def test_what_finds_no_open_day_is_skipped() -> None:
    closed = Calendar(
        terms=(Term(name="HT", first=date(2026, 8, 17), last=date(2026, 8, 18)), *TYRESO.terms[1:])
    )
    found = due(thursdays(), closed, at("2026-08-27 15:00"), at("2026-08-27 15:16"), "move")
    assert [type(verdict) for verdict in found] == [Skipped]


def test_preview_shows_what_will_be_asked_and_what_is_skipped() -> None:
    second = thursdays(every=2, anchor=date(2026, 11, 26))
    seen = preview(second, TYRESO, at("2026-11-20 12:00"))
    assert seen.dates == (date(2026, 11, 26), date(2026, 12, 10), date(2027, 1, 21), date(2027, 2, 4))
    assert seen.skipped == ((date(2026, 12, 24), "julafton"), (date(2027, 1, 7), "lov"))


def test_a_watermark_of_long_ago_costs_little() -> None:
    found = due(thursdays(), TYRESO, datetime(1970, 1, 1, tzinfo=UTC), at("2026-11-27 09:00"))
    assert 150 < len(found) < 160

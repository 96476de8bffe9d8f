"""Moments as text: the order of the text is the order of time, also when the clock is set back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.moments import to_text

HOME = ZoneInfo("Europe/Stockholm")


def test_half_past_two_comes_twice_in_autumn() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=HOME, fold=0)
    second = first.replace(fold=1)
    assert first == second, "Python compares what the clock shows"
    assert (to_text(first), to_text(second)) == ("2026-10-25T00:30:00.000000Z", "2026-10-25T01:30:00.000000Z")
    assert to_text(first.astimezone(UTC)) == to_text(first)

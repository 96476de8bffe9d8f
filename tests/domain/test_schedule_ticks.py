"""Every occasion exactly once: whatever the rule, the crashes, the clock jumps and the summer time."""

from collections import Counter
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar.school_year import Calendar
from bot.domain.schedule.due import LovRule, Send, due, next_due, planned_between
from bot.domain.schedule.recurrence import Recurrence
from tests.domain.tyreso import TYRESO, at

ALWAYS = Calendar(opens=time(0), closes=time(0))
CAIRO = Calendar(zone="Africa/Cairo", opens=time(0), closes=time(0))  # summer time begins on a Friday
RULES = st.builds(
    Recurrence,
    days=st.lists(st.integers(0, 6), min_size=1).map(tuple),
    at=st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59])),
    parity=st.sampled_from([None, "odd", "even"]),
)
STEPS = st.lists(
    st.one_of(
        st.timedeltas(timedelta(seconds=20), timedelta(hours=30)),
        st.timedeltas(timedelta(hours=1), timedelta(days=40)),
        st.timedeltas(timedelta(days=-3), timedelta()),
    ),
    min_size=1,
    max_size=40,
)
STARTS = st.sampled_from(["2026-10-23", "2026-12-14", "2027-03-26", "2027-10-29", "2027-04-28"])


@settings(deadline=None, max_examples=400)
@given(
    recurrence=RULES,
    calendar=st.sampled_from([ALWAYS, TYRESO, CAIRO]),
    rule=st.sampled_from(["skip", "move"]),
    start=STARTS,
    steps=STEPS,
    crashes=st.sets(st.integers(0, 39)),
)
def test_every_tick_sequence_gives_every_occasion_one_verdict(
    recurrence: Recurrence,
    calendar: Calendar,
    rule: LovRule,
    start: str,
    steps: list[timedelta],
    crashes: set[int],
) -> None:
    since = watermark = now = at(start)
    given_verdicts: Counter[datetime] = Counter()
    for number, step in enumerate(steps):
        now += step
        found = due(recurrence, calendar, watermark, now, rule, since)
        if number in crashes:
            continue  # rolled back: neither the verdicts nor the watermark were kept
        assert sum(isinstance(verdict, Send) for verdict in found) <= 1
        given_verdicts.update(verdict.planned_local for verdict in found)
        watermark = max(watermark, now)
    planned = set(planned_between(recurrence, since, watermark, calendar.zone))
    assert set(given_verdicts.values()) <= {1}
    assert set(given_verdicts) <= planned
    waiting = planned - set(given_verdicts)
    if rule == "skip":
        assert not waiting
    later = watermark + timedelta(days=120)
    rest = {verdict.planned_local for verdict in due(recurrence, calendar, watermark, later, rule, since)}
    assert waiting <= rest


@settings(deadline=None)
@given(recurrence=RULES, rule=st.sampled_from(["skip", "move"]), start=STARTS)
def test_the_hint_is_the_first_moment_with_something_to_say(
    recurrence: Recurrence, rule: LovRule, start: str
) -> None:
    after = at(start)
    hint = next_due(recurrence, TYRESO, after, rule)
    assert hint is not None
    assert due(recurrence, TYRESO, after, hint, rule)
    assert not due(recurrence, TYRESO, after, hint - timedelta(seconds=1), rule)

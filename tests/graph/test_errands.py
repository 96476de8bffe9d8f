"""What is left to do, from what should be and what was: pure, and the same however often it is asked."""

from datetime import UTC, datetime, timedelta

from bot.domain.errands import (
    LEASE,
    LONGEST_WAIT,
    Change,
    Do,
    DocumentErrand,
    Kept,
    MeetingErrand,
    NudgeErrand,
    Undo,
    left_to_do,
    next_try,
)
from bot.domain.errands_files import OwnDrive
from bot.domain.value import SchoolId

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
MEETING = MeetingErrand(
    key="p1@2026-11-19T15:15/u",
    mark="m1",
    ends=NOW + timedelta(days=3),
    user="u",
    subject="s",
    about="a",
    starts=datetime(2026, 11, 19, 15, 15),  # noqa: DTZ001  on the wall
    minutes=15,
    zone="Europe/Stockholm",
)
NUDGE = NudgeErrand(key="n", ends=NOW + timedelta(days=1), user="u", team="t", type="summaryReady")
FILE = DocumentErrand(
    key="f",
    mark="1",
    ends=NOW + timedelta(days=1),
    user="u",
    where=OwnDrive(user="u"),
    path="p",
    school=SchoolId("s"),
    week=1,
)
SIGN = "11111111-1111-4111-8111-111111111111"
KEPT = Kept(
    kind="meeting",
    key=MEETING.key,
    state="done",
    mark="m1",
    user="u",
    reference="e1",
    transaction="x",
    not_before=NOW,
    ends=MEETING.ends,
)


def known(**changes: object) -> dict[str, Kept]:
    one = KEPT.model_copy(update=changes)
    return {one.key: one}


def test_what_nobody_began_is_to_be_done_and_what_is_done_is_not() -> None:
    assert left_to_do([MEETING], {}, NOW) == (Do(MEETING),)
    assert left_to_do([MEETING], known(), NOW) == ()


def test_what_was_begun_and_never_ended_is_done_again_when_its_time_is_over() -> None:
    begun = known(state="begun", not_before=NOW + LEASE)
    assert left_to_do([MEETING], begun, NOW) == ()
    assert left_to_do([MEETING], begun, NOW + LEASE) == (Do(MEETING, begun[MEETING.key]),)


def test_a_line_in_a_feed_is_sent_again_only_when_it_surely_was_not() -> None:
    silent = {"n": KEPT.model_copy(update={"kind": "nudge", "key": "n", "state": "begun"})}
    assert left_to_do([NUDGE], silent, NOW) == ()
    told = {"n": silent["n"].model_copy(update={"why": "TooManyRequests"})}
    assert left_to_do([NUDGE], told, NOW) == (Do(NUDGE, told["n"]),)


def test_what_is_otherwise_is_changed_and_what_failed_is_tried_as_it_is_now() -> None:
    assert left_to_do([MEETING], known(mark="m0"), NOW) == (Change(MEETING, known(mark="m0")[MEETING.key]),)
    failed = known(state="failed")
    assert left_to_do([MEETING], failed, NOW) == ()
    assert left_to_do([MEETING.but(mark="m2")], failed, NOW) == (
        Do(MEETING.but(mark="m2"), failed[MEETING.key]),
    )


def test_what_is_not_wanted_is_undone_until_it_has_been() -> None:
    assert left_to_do([], known(), NOW) == (Undo(KEPT),)
    assert left_to_do([], known(state="begun"), NOW) == (Undo(known(state="begun")[KEPT.key]),)
    assert left_to_do([], known(), MEETING.ends) == ()
    refused_change = known(state="failed", why="ErrorIrresolvableConflict")
    assert left_to_do([], refused_change, NOW) == (Undo(refused_change[KEPT.key]),)
    assert left_to_do([], known(state="failed", reference=""), NOW) == ()
    assert left_to_do([], {"f": KEPT.model_copy(update={"kind": "document", "key": "f"})}, NOW) == ()


def test_what_is_over_is_not_begun() -> None:
    assert left_to_do([MEETING, FILE], {}, MEETING.ends) == ()


def test_each_try_waits_longer_but_never_past_reason_nor_less_than_told() -> None:
    waits = [next_try(tries, 0) for tries in range(12)]
    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert next_try(0, 600) == timedelta(minutes=10)
    assert next_try(10_000, 0) == LONGEST_WAIT


def test_what_was_never_tried_comes_first_and_who_was_refused_is_let_be() -> None:
    tried = known(state="begun", why="gatewayTimeout", reference="")
    fresh = MEETING.but(key="p2@2026-11-19T15:15/v", user="v")
    assert left_to_do([MEETING, fresh], tried, NOW) == (Do(fresh), Do(MEETING, tried[MEETING.key]))
    other = MEETING.but(key="p3@2026-11-19T15:15/u")
    refused = known(state="begun", why="consent:ErrorAccessDenied", not_before=NOW + LEASE, reference="")
    assert left_to_do([MEETING, other, fresh], refused, NOW) == (Do(fresh),)
    assert left_to_do([other], refused, NOW + LEASE) == (Do(other), Undo(refused[KEPT.key]))


def test_what_is_made_again_after_an_undoing_is_another_and_is_found_by_the_same_sign() -> None:
    first = KEPT.model_copy(update={"transaction": SIGN})
    held = first.to_undo()
    assert (first.sign, first.attempt) == (SIGN, SIGN)
    assert (held.state, held.reference, held.sign) == ("begun", "", SIGN)
    assert len({first.attempt, held.attempt, held.to_undo().attempt}) == 3
    assert held.attempt == first.to_undo().attempt

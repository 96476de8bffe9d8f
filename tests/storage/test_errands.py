"""Errands on both databases: begun by one, named the same until they are done, and forgotten in time."""

from datetime import UTC, datetime, timedelta

from bot.domain.errands import LEASE, DoorErrand, MeetingErrand, ReportErrand
from bot.domain.errands_files import ChannelFiles
from bot.domain.value import SchoolId
from bot.rehearsal import example
from storage.errands import kept as shelf
from storage.installed.leaving import forget_under
from storage.store import Store

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


def test_an_errand_is_begun_by_one_and_keeps_its_name_until_it_is_done(store: Store) -> None:
    with store.begin() as unit:
        begun = shelf.begin(unit, MEETING, None, NOW)
        assert begun
    with store.begin() as unit:
        assert shelf.begin(unit, MEETING, None, NOW) is None
        assert shelf.kept(unit, "meeting") == {MEETING.key: begun}
        assert shelf.kept(unit, "nudge") == {}
    with store.begin() as unit:
        again = shelf.begin(unit, MEETING, begun, NOW + LEASE)
        assert again
        assert again.transaction == begun.transaction
        assert shelf.begin(unit, MEETING, begun, NOW + LEASE) is None
    with store.begin() as unit:
        shelf.put_off(unit, again, NOW + LEASE * 2, "TooManyRequests")
        (waiting,) = shelf.kept(unit, "meeting").values()
        assert (waiting.tries, waiting.why, waiting.state) == (1, "TooManyRequests", "begun")
        shelf.end(unit, waiting, "e1", NOW)
        (done,) = shelf.kept(unit, "meeting").values()
        assert (done.reference, done.tries, done.why, done.state) == ("e1", 0, "", "done")
    with store.begin() as unit:
        held = shelf.hold(unit, done, NOW)
        assert held
        assert shelf.hold(unit, done, NOW) is None
        assert shelf.kept(unit, "meeting") == {MEETING.key: held}
        assert (held.state, held.reference, held.sign) == ("begun", "", begun.transaction)
        shelf.drop(unit, done)
        assert shelf.kept(unit, "meeting") == {}


def test_what_has_long_been_over_is_forgotten(store: Store) -> None:
    with store.begin() as unit:
        shelf.begin(unit, MEETING, None, NOW)
        shelf.prune(unit, MEETING.ends + timedelta(days=89))
        assert shelf.kept(unit, "meeting")
        shelf.prune(unit, MEETING.ends + timedelta(days=91))
        assert not shelf.kept(unit, "meeting")


def test_a_tenant_that_left_is_forgotten_and_no_other(store: Store) -> None:
    door = DoorErrand(key="t1/w", ends=MEETING.ends, user="w")
    other = DoorErrand(key="t2/w", ends=MEETING.ends, user="w")
    theirs = MEETING.but(key="p2@2026-11-19T15:15/v", user="v")
    report = ReportErrand(
        key="t1/01a",
        mark="m",
        ends=MEETING.ends,
        user="19:a@thread.tacv2",
        where=ChannelFiles(team="g", channel="19:a@thread.tacv2"),
        path="p",
        school=SchoolId("s"),
        analysis="01a",
        post="analysis:01a:post:1",
    )
    with store.begin() as unit:
        for one in (MEETING, theirs, door, other, report):
            shelf.begin(unit, one, None, NOW)
        assert shelf.forget_of(unit, ["u"], "t1") == 3
        assert shelf.kept(unit, "report") == {}
        assert set(shelf.kept(unit, "meeting")) == {theirs.key}
        assert set(shelf.kept(unit, "door")) == {"t2/w"}


def test_leaving_forgets_what_was_done_for_those_in_the_tenant(store: Store) -> None:
    with store.begin() as unit:
        example.found(unit, "teams", NOW.date(), lambda name: f"t1/{name}")
        for user in ("lena", "elsewhere"):
            shelf.begin(unit, MEETING.but(key=user, user=user), None, NOW)
    with store.begin() as unit:
        forget_under(unit, "teams", "t1")
        assert set(shelf.kept(unit, "meeting")) == {"elsewhere"}

"""A platform that may be asked only now and then whether something arrived."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import update

from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.runtime.verdicts import LOOKS_WITHIN, WAIT_FOR_PLATFORM
from storage.moments import to_text
from storage.post.claims import LEASE
from storage.post.outbox import unpark
from storage.post.settling import send_anyway
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.runtime.stage import Stage
from tests.storage.made import NOW, promised

BUSY = DeliveryFailed("later", "busy", 60)


def in_doubt(stage: Stage, *, looks_put_off: int) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", "no answer, but it arrives")
    stage.platform.looks["a"].extend([BUSY] * looks_put_off)
    stage.deliver()
    stage.after(5)


def test_a_look_that_must_wait_is_made_later_and_worries_nobody(stage: Stage) -> None:
    in_doubt(stage, looks_put_off=2)
    stage.after(59)
    assert stage.platform.calls.count(("find", "a")) == 1
    stage.after(1)
    stage.after(60)
    assert (stage.state("a"), stage.told) == ("sent", [])
    assert stage.platform.posted() == ["a"]


def test_a_look_is_not_put_off_for_ever(stage: Stage) -> None:
    in_doubt(stage, looks_put_off=99)
    for _ in range(61):
        stage.after(60)
    assert (stage.state("a"), stage.told) == ("uncertain", [("a", "uncertain")])
    assert stage.platform.posted() == ["a"]


def test_a_look_is_put_off_for_as_long_whenever_the_bot_was_down(stage: Stage) -> None:
    in_doubt(stage, looks_put_off=1)
    stage.clock.offset += LOOKS_WITHIN * 3  # nobody looks: the bot is down
    stage.courier = stage.another()
    stage.platform.looks["a"].extend([BUSY] * 2)
    stage.deliver()
    stage.after(60)
    assert (stage.state("a"), stage.told) == ("sending", [])
    stage.after(60)
    assert (stage.state("a"), stage.told, stage.platform.posted()) == ("sent", [], ["a"])


def test_a_look_that_is_put_off_for_too_long_after_a_start_is_one_that_cannot_be_had(stage: Stage) -> None:
    in_doubt(stage, looks_put_off=99)
    stage.clock.offset += LOOKS_WITHIN * 3
    stage.courier = stage.another()
    began = stage.clock.now()
    stage.deliver()
    while stage.state("a") == "sending":
        stage.after(60)
    assert stage.clock.now() - began == LOOKS_WITHIN
    assert (stage.told, stage.platform.posted()) == ([("a", "uncertain")], ["a"])


def test_a_doubt_outlives_a_time_when_its_platform_is_off(stage: Stage) -> None:
    """Parked, it would be let go of when the platform is on, and sent again blindly."""
    in_doubt(stage, looks_put_off=1)
    stage.courier._platforms = {}
    stage.after(60)
    assert (stage.state("a"), stage.told) == ("sending", [])
    stage.courier = stage.another()
    stage.runner.run(stage.courier._switch_on())
    stage.deliver()
    stage.after(WAIT_FOR_PLATFORM.total_seconds())
    assert (stage.state("a"), stage.row("a")["reference"]) == ("sent", "r-a")
    assert stage.platform.posted() == ["a"]


@pytest.mark.parametrize("child", ["thread_of", "replacing"])
def test_what_was_in_doubt_behind_what_was_surely_never_sent_goes_after_it(stage: Stage, child: str) -> None:
    """As after a restore: both were unsent in the copy, and only the first was looked for and not found."""
    stage.promise(promised("a"), promised("b", **{child: "a"}))
    with stage.store.begin() as unit:
        in_doubt_since = {
            "state": "sending",
            "lease_until": to_text(NOW - LEASE),
            "since": to_text(NOW - LEASE),
        }
        unit.change(update(outbox).where(outbox.c.key == "b").values(**in_doubt_since, fence=1, attempt=1))
    stage.deliver()
    stage.promise(promised("later"))
    for _ in range(20):
        stage.after(60)
    assert [stage.state(key) for key in ("a", "b", "later")] == ["sent", "sent", "sent"]
    assert stage.platform.posted() == ["a", "b", "later"]


def again_by_hand(unit: UnitOfWork, now: datetime) -> bool:
    return send_anyway(unit, "a", now)


def again_where_it_was_parked(unit: UnitOfWork, now: datetime) -> bool:
    return unpark(unit, promised("a").place, now) == 1


@pytest.mark.parametrize(
    ("child", "lost", "again"),
    [
        ("thread_of", "uncertain", again_by_hand),
        ("thread_of", "quarantined", again_by_hand),
        ("thread_of", "parked", again_where_it_was_parked),
        ("replacing", "uncertain", again_by_hand),
    ],
)
def test_what_may_stand_alone_is_looked_for_when_what_it_hangs_under_goes_after_all(
    stage: Stage, child: str, lost: str, again: Callable[[UnitOfWork, datetime], bool]
) -> None:
    """It went without the first, which was lost, and nobody said whether it arrived."""
    stage.promise(promised("a"))
    with stage.store.begin() as unit:
        unit.change(update(outbox).values(state=lost, why="why"))
    stage.platform.fail("b", "doubt", "no answer, but it arrives")
    stage.platform.looks["b"].append(BUSY)
    stage.promise(promised("b", **{child: "a"}))
    stage.deliver()
    stage.after(6)
    assert stage.state("b") == "sending"
    with stage.store.begin() as unit:
        assert again(unit, stage.clock.now())
    for _ in range(10):
        stage.after(30)
    assert [stage.state(key) for key in "ab"] == ["sent", "sent"]
    assert sorted(stage.platform.posted()) == ["a", "b"]


@pytest.mark.parametrize("sort", ["critical", "replaceable"])
def test_what_people_see_for_the_first_time_is_never_repeated_blindly(stage: Stage, sort: str) -> None:
    stage.promise(promised("a", message_class=sort))
    stage.platform.fail("a", "doubt", *["no answer, but it arrives"] * 9)
    stage.platform.looks["a"].extend([Unknowable.UNKNOWABLE] * 9)
    for _ in range(9):
        stage.after(70)
    assert (stage.state("a"), stage.told) == ("uncertain", [("a", "uncertain")])
    assert stage.platform.posted() == ["a"]

"""Who holds a message, and what becomes of it when the courier stops or its store is away."""

import asyncio

import pytest

from bot.messages.delivery import DeliveryFailed
from bot.runtime.courier import PATIENCE_SECONDS
from bot.runtime.dispatcher import TRIES
from storage.post.claims import LEASE, claim
from storage.post.inbox import StoreAway
from tests.faults.doors import FailingDoor, watch_store
from tests.runtime.stage import Stage
from tests.storage.made import promised, seconds
from tests.waiting import until

MOST_WRITES = (len(PATIENCE_SECONDS) + 1) * TRIES
"""How often a reference is tried to be written before it is given up."""


async def in_the_air(stage: Stage) -> "asyncio.Task[int]":
    """A delivery that has reached its platform, which does not answer yet."""
    stage.platform.hold = asyncio.Event()
    carrying = asyncio.create_task(stage.courier.deliver())
    await stage.platform.until(called="a")
    return carrying


async def taken_over(stage: Stage) -> None:
    """The first courier is paused in its call; a second one takes over, looks, and its word should stand."""
    carrying = await in_the_air(stage)
    stage.clock.offset += LEASE
    stage.platform.looks["a"].append("found by the second")
    await stage.another().deliver()
    assert stage.platform.hold
    stage.platform.hold.set()
    await carrying


def test_who_lost_the_lease_cannot_settle(stage: Stage) -> None:
    stage.promise(promised("a"))
    stage.runner.run(taken_over(stage))
    assert (stage.state("a"), stage.row("a")["reference"]) == ("sent", "found by the second")


def test_a_stale_failure_tells_nobody(stage: Stage) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "refused", "archived")
    stage.runner.run(taken_over(stage))
    assert (stage.state("a"), stage.told) == ("sent", [])


def test_nothing_is_sent_under_a_lease_that_ran_out(stage: Stage) -> None:
    """The whole process was stopped between claiming and sending."""

    def stopped() -> None:
        stage.clock.offset += LEASE
        stage.while_taking = lambda: None

    stage.while_taking = stopped
    stage.promise(promised("a", hours_of="school"))
    stage.runner.run(stage.courier.deliver())
    assert (stage.platform.calls, stage.state("a")) == ([], "new")
    stage.deliver()
    assert (stage.platform.calls, stage.row("a")["attempt"]) == ([("send", "a")], 1)


def test_a_slow_place_does_not_stop_the_others(stage: Stage) -> None:
    async def others() -> None:
        carrying = await in_the_air(stage)
        stage.promise(promised("b", "#b"))
        assert stage.platform.hold
        held, stage.platform.hold = stage.platform.hold, None
        await stage.courier._set_out()
        await stage.platform.until("b")
        held.set()
        await carrying

    stage.promise(promised("a"))
    stage.runner.run(asyncio.wait_for(others(), 10))
    assert stage.platform.posted() == ["b", "a"]


def test_a_platform_that_never_answers_is_in_doubt(stage: Stage) -> None:
    stage.hasten()
    stage.platform.hold = asyncio.Event()
    stage.promise(promised("a"))
    stage.runner.run(stage.courier.deliver())
    assert (stage.state("a"), stage.row("a")["why"]) == ("sending", "no answer in time")


def test_stop_lets_what_is_on_its_way_arrive_and_takes_nothing_more(stage: Stage) -> None:
    async def stopping() -> None:
        running = asyncio.create_task(stage.courier.run(pause=0.01))
        stage.platform.hold = asyncio.Event()
        await stage.platform.until(called="a1")
        stop = asyncio.create_task(stage.courier.stop())
        await asyncio.sleep(0)
        stage.platform.hold.set()
        await stop
        await running

    stage.promise(promised("a1"), promised("a2"))
    stage.runner.run(asyncio.wait_for(stopping(), 10))
    assert (stage.state("a1"), stage.state("a2")) == ("sent", "new")


def test_the_courier_outlives_a_store_that_is_away(stage: Stage) -> None:
    async def going() -> None:
        running = asyncio.create_task(stage.courier.run(pause=0.01))
        await stage.platform.until("a")
        await stage.courier.stop()
        await running

    door = FailingDoor()
    watch_store(stage.store, door)
    stage.promise(promised("a"))
    door.set(1, "read", times=5)
    stage.runner.run(asyncio.wait_for(going(), 10))
    assert (stage.state("a"), door.fired) == ("sent", 5)


@pytest.mark.parametrize("for_good", [False, True])
def test_a_reference_that_cannot_be_written_is_written_later_or_found(
    stage: Stage, *, for_good: bool
) -> None:
    stage.hasten()
    door = FailingDoor()
    watch_store(stage.store, door)
    stage.platform.on_post = lambda: door.set(1, "write", times=MOST_WRITES if for_good else 3)
    stage.promise(promised("a"))
    stage.runner.run(stage.courier.deliver())
    assert door.fired == (MOST_WRITES if for_good else 3)
    assert stage.state("a") == ("sending" if for_good else "sent")
    stage.after(LEASE.total_seconds())
    assert (stage.state("a"), stage.platform.posted()) == ("sent", ["a"])


def test_a_lane_that_was_told_to_wait_waits_for_new_messages_too(stage: Stage) -> None:
    stage.promise(promised("a1"))
    stage.platform.script["a1"].append(DeliveryFailed("later", "429", 30))
    stage.deliver()
    stage.promise(promised("a2"))
    stage.after(20)
    assert stage.platform.calls == [("send", "a1")]
    stage.after(20)
    assert stage.platform.posted() == ["a1", "a2"]


def test_a_courier_that_died_is_taken_over_only_when_its_lease_has_ended(stage: Stage) -> None:
    stage.promise(promised("a"))
    with stage.store.begin() as unit:
        claim(unit, stage.clock.now())
    stage.after(59)
    assert stage.platform.calls == []
    stage.clock.offset += seconds(1)
    stage.deliver()
    assert stage.platform.calls == [("find", "a")]


def test_a_store_that_is_away_as_a_platform_asks_it_where_to_send_is_no_doubt(stage: Stage) -> None:
    """Whose token, whose account: it is asked before anything is sent."""
    stage.promise(promised("a"))
    stage.platform.script["a"].append(StoreAway("a blip"))
    stage.deliver()
    assert (stage.state("a"), stage.row("a")["plain"], stage.row("a")["attempt"]) == ("new", False, 0)
    stage.after(15)
    assert (stage.state("a"), stage.platform.posted(), stage.told) == ("sent", ["a"], [])
    assert ("find", "a") not in stage.platform.calls


def test_a_store_that_is_away_as_a_platform_looks_worries_nobody(stage: Stage) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", "no answer, but it arrives")
    stage.platform.looks["a"].append(StoreAway("a blip"))
    stage.deliver()
    stage.after(5)
    assert stage.state("a") == "sending"
    stage.after(10)
    assert (stage.state("a"), stage.platform.posted(), stage.told) == ("sent", ["a"], [])


def test_a_place_that_rests_is_gone_back_to_as_soon_as_it_is_over(stage: Stage) -> None:
    """However long there was nothing else to look for."""

    async def going() -> None:
        running = asyncio.create_task(stage.courier.run(pause=1e9))
        await until(lambda: stage.state("a") == "new" and stage.platform.calls)
        stage.clock.offset += seconds(10)
        await stage.platform.until("a")
        await stage.courier.stop()
        await running

    stage.platform.fail("a", "later", "429", retry_after=0.2)
    stage.promise(promised("a"))
    stage.runner.run(going())

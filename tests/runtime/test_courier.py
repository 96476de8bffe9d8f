"""Every way a delivery can fail, for every class of message (RELIABILITY.md 3 and 4)."""

from typing import Any

import pytest

from bot.domain.value import SchoolId
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message, Quote
from storage.post.claims import PLATFORM_OFF
from storage.post.outbox import Promised
from storage.post.settling import send_anyway
from tests.runtime.stage import Stage
from tests.storage.made import NOW, promised, seconds

DOUBT = "no answer"
ARRIVES = "no answer, but it arrives"
REPLACEABLE: dict[str, Any] = {"message_class": "replaceable", "replacing": "root"}


def test_a_shut_place_is_told_once_and_nothing_more_is_tried(stage: Stage) -> None:
    stage.promise(promised("a1"), promised("a2"), promised("b", "#b"))
    stage.platform.fail("a1", "refused", "archived")
    stage.platform.fail("a2", "refused", "archived")
    stage.deliver()
    stage.wait(days=1)
    assert (stage.state("a1"), stage.state("a2"), stage.state("b")) == ("parked", "parked", "sent")
    assert stage.told == [("a1", "parked")]
    assert stage.platform.calls.count(("send", "a1")) == 1


def test_a_refused_edit_is_dropped(stage: Stage) -> None:
    stage.promise(promised("root"))
    stage.deliver()
    stage.promise(promised("v1", **REPLACEABLE))
    stage.platform.fail("v1", "refused", "message deleted")
    stage.deliver()
    assert (stage.state("v1"), stage.told) == ("expired", [])


def test_later_stops_its_own_lane_and_keeps_its_order(stage: Stage) -> None:
    stage.promise(promised("a1"), promised("a2"), promised("b", "#b"))
    stage.platform.fail("a1", "later", "429", retry_after=30)
    stage.deliver()
    assert stage.platform.posted() == ["b"]
    stage.after(29)
    assert stage.platform.posted() == ["b"]
    stage.after(9)  # thirty seconds, and at most a quarter more
    assert stage.platform.posted() == ["b", "a1", "a2"]
    assert stage.row("a1")["attempt"] == 1, "what was surely not sent is no try"


def test_content_goes_plainly_once_and_is_then_put_aside(stage: Stage) -> None:
    rich = Message(title="Rubrik", blocks=(Quote(text="Text"),))
    stage.promise(promised("a", message=rich), promised("b", message=rich))
    stage.platform.fail("a", "content")
    stage.platform.fail("b", "content", "once", "twice")
    stage.deliver()
    stage.wait(hours=1)
    assert (stage.state("a"), stage.state("b")) == ("sent", "quarantined")
    assert stage.told == [("b", "quarantined")]
    assert stage.platform.calls.count(("send", "b")) == 2


def test_a_doubt_that_arrived_is_found_and_not_sent_again(stage: Stage) -> None:
    stage.promise(promised("a"), promised("a2"))
    stage.platform.fail("a", "doubt", ARRIVES)
    stage.deliver()
    assert (stage.state("a"), stage.state("a2")) == ("sending", "new"), "its lane waits"
    stage.after(4)
    assert ("find", "a") not in stage.platform.calls
    stage.after(1)
    assert (stage.state("a"), stage.row("a")["reference"]) == ("sent", "r-a")
    assert stage.platform.posted() == ["a", "a2"]


def test_a_doubt_is_looked_for_at_5_and_65_seconds_sent_again_once_then_left_to_a_person(
    stage: Stage,
) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", DOUBT, DOUBT, DOUBT)
    stage.deliver()
    stage.after(5)
    stage.after(59)
    assert stage.platform.calls == [("send", "a"), ("find", "a")]
    stage.after(1)
    assert stage.platform.calls == [("send", "a"), ("find", "a"), ("find", "a"), ("send", "a")]
    stage.after(5)
    stage.after(60)
    assert stage.platform.calls[4:] == [("find", "a"), ("find", "a")]
    assert (stage.state("a"), stage.told) == ("uncertain", [("a", "uncertain")])
    stage.wait(days=1)
    assert len(stage.platform.calls) == 6


def test_send_anyway_is_one_more_try_that_is_looked_after_like_the_first(stage: Stage) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", DOUBT)
    stage.platform.looks["a"].append(Unknowable.UNKNOWABLE)
    stage.deliver()
    stage.after(5)
    assert stage.state("a") == "uncertain"
    with stage.store.begin() as unit:
        assert send_anyway(unit, "a", stage.clock.now())
    stage.deliver()
    assert (stage.state("a"), stage.platform.posted()) == ("sent", ["a"])
    assert stage.told == [("a", "uncertain")]


@pytest.mark.parametrize("answer", [Unknowable.UNKNOWABLE, DeliveryFailed("refused", "x"), OSError("broke")])
def test_what_cannot_be_looked_for_is_never_sent_again_blindly(stage: Stage, answer: Any) -> None:
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", ARRIVES)
    stage.platform.looks["a"].append(answer)
    stage.deliver()
    stage.wait(hours=1)
    assert (stage.state("a"), stage.told) == ("uncertain", [("a", "uncertain")])
    assert stage.platform.posted() == ["a"]


@pytest.mark.parametrize("sort", ["reminder", "receipt"])
def test_a_reminder_or_a_receipt_in_doubt_is_let_go(stage: Stage, sort: Any) -> None:
    stage.promise(promised("a", message_class=sort))
    stage.platform.fail("a", "doubt", ARRIVES)
    stage.deliver()
    stage.wait(hours=1)
    assert (stage.state("a"), stage.platform.calls, stage.told) == ("expired", [("send", "a")], [])


def test_an_edit_in_doubt_is_made_again(stage: Stage) -> None:
    stage.promise(promised("root"))
    stage.deliver()
    stage.promise(promised("v1", **REPLACEABLE))
    stage.platform.fail("v1", "doubt", ARRIVES, DOUBT)
    stage.deliver()
    stage.after(2)
    stage.after(10)
    assert stage.state("v1") == "sent"
    assert stage.platform.calls == [("send", "root"), *[("send", "v1")] * 3]


def test_a_program_error_while_sending_is_a_doubt_and_then_tried_plainly(stage: Stage) -> None:
    rich = Message(title="Rubrik", blocks=(Quote(text="Text"),))
    stage.promise(promised("a", message=rich))
    stage.platform.script["a"].append(KeyError("a bug in a renderer"))
    stage.deliver()
    assert stage.state("a") == "sending"
    stage.after(5)
    stage.after(60)
    assert (stage.state("a"), stage.row("a")["plain"]) == ("sent", True)
    assert stage.platform.posts[0][1] != rich


def test_what_is_late_expires_but_a_doubt_is_still_looked_into(stage: Stage) -> None:
    soon: dict[str, Any] = {"expires_at": NOW + seconds(3)}
    stage.promise(promised("a", **soon), promised("b", "#b", **soon, not_before=NOW + seconds(3)))
    stage.platform.fail("a", "doubt", ARRIVES)
    stage.deliver()
    stage.after(60)
    assert (stage.state("a"), stage.state("b")) == ("sent", "expired")


def test_what_nobody_waits_for_keeps_to_working_hours(stage: Stage) -> None:
    stage.opens = NOW + seconds(3600)
    stage.promise(promised("a", hours_of=SchoolId("s")), promised("b", "#b"))
    stage.deliver()
    assert stage.platform.posted() == ["b"]
    stage.after(3600)
    assert stage.platform.posted() == ["b", "a"]


def test_a_late_reminder_does_not_wait_for_the_morning(stage: Stage) -> None:
    stage.opens = NOW + seconds(3600)
    nudge: dict[str, Any] = {"expires_at": NOW + seconds(60), "hours_of": SchoolId("s")}
    stage.promise(promised("a", message_class="reminder", **nudge))
    stage.deliver()
    stage.after(3600)
    assert (stage.state("a"), stage.platform.calls) == ("expired", [])


def under(key: str, lane: str = "#a", **changes: Any) -> Promised:
    return promised(key, lane, thread_of="root", **changes)


def test_what_hangs_under_a_message_waits_until_that_has_a_reference(stage: Stage) -> None:
    stage.promise(promised("root", not_before=NOW + seconds(60)), under("a"))
    stage.deliver()
    assert stage.platform.calls == []
    stage.after(60)
    stage.after(5)
    assert [(key, place.thread) for key, _, place, _ in stage.platform.posts] == [
        ("root", None),
        ("a", "r-root"),
    ]


@pytest.mark.parametrize("lost", [True, False])
def test_a_thread_whose_root_is_lost_becomes_a_message_of_its_own(stage: Stage, *, lost: bool) -> None:
    stage.promise(*([promised("root", expires_at=NOW)] if lost else []), under("a"))
    stage.deliver()
    assert [(key, place.thread) for key, _, place, _ in stage.platform.posts] == [("a", None)]


def test_what_replaces_an_unsent_message_waits_for_it(stage: Stage) -> None:
    stage.promise(promised("root", not_before=NOW + seconds(60)), promised("v1", **REPLACEABLE))
    stage.deliver()
    assert stage.platform.calls == []
    stage.after(60)
    stage.after(5)
    assert [(key, replacing) for key, _, _, replacing in stage.platform.posts] == [
        ("root", None),
        ("v1", "r-root"),
    ]


def test_what_replaces_a_lost_message_is_let_go(stage: Stage) -> None:
    stage.promise(promised("v1", **REPLACEABLE))
    stage.deliver()
    assert (stage.state("v1"), stage.platform.calls) == ("expired", [])


def test_of_replaceable_messages_only_the_latest_goes_out(stage: Stage) -> None:
    stage.promise(promised("root"))
    stage.deliver()
    stage.promise(promised("v1", **REPLACEABLE))
    stage.platform.fail("v1", "later", "429", retry_after=5)
    stage.deliver()
    stage.promise(promised("v2", **REPLACEABLE))
    stage.after(10)
    assert (stage.state("v1"), stage.state("v2")) == ("replaced", "sent")
    assert stage.platform.posted() == ["root", "v2"]


def test_a_platform_that_is_off_waits_until_it_is_on(stage: Stage) -> None:
    stage.courier._platforms = {}
    stage.promise(promised("a"))
    stage.deliver()
    assert (stage.state("a"), stage.row("a")["why"]) == ("parked", PLATFORM_OFF)
    stage.courier._platforms = {"test": stage.platform}
    stage.runner.run(stage.courier._switch_on())
    stage.deliver()
    assert stage.state("a") == "sent"

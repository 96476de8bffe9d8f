"""A message to change may be gone, or not to be changed; what is critical in it is said all the same."""

from typing import Any

import pytest

from bot.domain.school import Place
from bot.messages.delivery import Why
from storage.post.settling import send_anyway
from tests.runtime.stage import Stage
from tests.storage.made import NOW, promised, seconds

CHANGED: dict[str, Any] = {"replacing": "asked"}


def asked(stage: Stage, **changes: Any) -> None:
    """A question in a thread, sent."""
    stage.promise(promised("root"), promised("asked", thread_of="root"))
    stage.deliver()
    stage.after(5)
    stage.promise(promised("next", **CHANGED | changes))


def sent(stage: Stage, key: str = "next") -> list[tuple[str | None, str | None]]:
    """Each time it was posted: in which thread, and in place of what."""
    return [(place.thread, replacing) for one, _, place, replacing in stage.platform.posts if one == key]


def test_the_next_version_goes_where_the_last_one_had_to_be_posted_anew(stage: Stage) -> None:
    stage.promise(promised("root"))
    stage.deliver()
    stage.platform.anew["r-root"] = "r-anew"
    for key in ("v1", "v2"):
        stage.promise(promised(key, message_class="replaceable", replacing="root"))
        stage.deliver()
    assert [replacing for *_, replacing in stage.platform.posts] == [None, "r-root", "r-anew"]
    assert stage.row("root")["reference"] == "r-anew"


def test_what_takes_a_messages_place_knows_its_thread(stage: Stage) -> None:
    asked(stage)
    stage.deliver()
    assert sent(stage) == [("r-root", "r-asked")]


def test_a_thread_that_the_replaced_message_names_itself_is_known_too(stage: Stage) -> None:
    stage.promise(promised("asked", place=Place(platform="test", address="#a", thread="T")))
    stage.deliver()
    stage.promise(promised("next", **CHANGED))
    stage.deliver()
    assert sent(stage) == [("T", "r-asked")]


@pytest.mark.parametrize("sort", ["critical", "replaceable"])
def test_a_refused_change_is_parked_and_told_when_it_is_critical_and_else_let_go(
    stage: Stage, sort: Any
) -> None:
    asked(stage, message_class=sort)
    stage.platform.fail("next", "refused", Why.SCOPE)
    stage.deliver()
    critical = sort == "critical"
    assert stage.state("next") == ("parked" if critical else "expired")
    assert stage.told == ([("next", "parked")] if critical else [])


def test_a_critical_change_of_what_is_gone_is_posted_anew_in_its_thread(stage: Stage) -> None:
    asked(stage)
    stage.platform.fail("next", "refused", Why.GONE)
    stage.deliver()
    assert sent(stage) == [("r-root", None)]
    assert (stage.state("next"), stage.row("asked")["reference"], stage.told) == ("sent", "r-next", [])
    stage.promise(promised("then", **CHANGED))
    stage.deliver()
    assert sent(stage, "then") == [("r-root", "r-next")]


def test_a_critical_change_of_what_was_never_sent_is_posted(stage: Stage) -> None:
    stage.promise(promised("next", **CHANGED))
    stage.deliver()
    assert sent(stage) == [(None, None)]


def test_what_is_posted_anew_is_looked_for_in_doubt_and_not_sent_twice(stage: Stage) -> None:
    asked(stage)
    stage.platform.fail("next", "refused", Why.GONE)
    stage.platform.fail("next", "doubt", "no answer, but it arrives")
    stage.deliver()
    stage.after(5)
    assert (stage.state("next"), sent(stage)) == ("sent", [("r-root", None)])
    assert stage.row("asked")["reference"] == "r-next"


def test_what_is_gone_as_well_when_posted_anew_waits_for_somebody(stage: Stage) -> None:
    asked(stage)
    stage.platform.fail("next", "refused", Why.GONE, Why.GONE)
    stage.wait(hours=1)
    assert (stage.state("next"), stage.told) == ("parked", [("next", "parked")])


def test_a_change_that_was_parked_never_comes_over_a_newer_one(stage: Stage) -> None:
    asked(stage)
    stage.platform.fail("next", "refused", Why.SCOPE)
    stage.deliver()
    stage.promise(promised("newest", **CHANGED))
    stage.deliver()
    with stage.store.begin() as unit:
        assert not send_anyway(unit, "next", NOW + seconds(60))
    assert (stage.state("next"), stage.state("newest")) == ("replaced", "sent")

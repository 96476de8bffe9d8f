"""What a newer version promised waits for one that can read it: none of it is lost, or said wrongly."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.messages.delivery import Unknowable
from storage.post.claims import LEASE, UNREAD, UNREAD_WAITS
from storage.post.settling import withdraw
from storage.tables import outbox
from tests.runtime.stage import Stage, staged
from tests.storage.made import promised

WAITS, LEASED = UNREAD_WAITS.total_seconds(), LEASE.total_seconds()
AHEAD = json.dumps({"title": "a", "blocks": [{"kind": "hologram", "text": "Hej", "depth": 3}]})
READ = promised("a").read.model_dump_json()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as stage:
        yield stage


def written(stage: Stage, **values: object) -> None:
    """Row "a" is as a version has left it."""
    with stage.store.begin() as unit:
        unit.change(update(outbox).where(outbox.c.key == "a").values(**values))


def newer(stage: Stage) -> None:
    """A version that can read it is here: to this one, that is words it knows."""
    written(stage, message=READ)


def test_what_cannot_be_read_waits_while_the_rest_of_its_place_goes_by(stage: Stage) -> None:
    stage.promise(promised("a"), promised("later"), promised("b", "#b"))
    written(stage, message=AHEAD)
    with capture_logs() as logged:
        stage.deliver()
        stage.after(1)
    assert stage.platform.posted() == ["b", "later"]
    assert (stage.state("a"), stage.row("a")["why"]) == ("new", UNREAD)
    assert [one["action"] for one in logged if one["log_level"] == "error"] == ["outbox.unread"]
    stage.wait(days=3)
    assert (stage.state("a"), stage.told) == ("new", [])


def test_a_newer_version_sends_it_soon_and_once(stage: Stage) -> None:
    stage.promise(promised("a"))
    written(stage, message=AHEAD)
    stage.wait(days=3)
    newer(stage)
    stage.after(WAITS)
    assert (stage.state("a"), stage.row("a")["attempt"]) == ("sent", 1)
    stage.wait(days=1)
    assert stage.platform.posted() == ["a"]


def test_what_came_in_its_place_meanwhile_holds(stage: Stage) -> None:
    change = {"message_class": "replaceable", "replacing": "card"}
    stage.promise(promised("card"))
    stage.deliver()
    stage.promise(promised("a", **change))
    written(stage, message=AHEAD)
    stage.deliver()
    stage.promise(promised("b", **change))
    assert stage.state("a") == "replaced"


def test_what_is_taken_back_meanwhile_is_never_said(stage: Stage) -> None:
    stage.promise(promised("a", concerns="check_in:1"))
    written(stage, message=AHEAD)
    stage.deliver()
    with stage.store.begin() as unit:
        assert withdraw(unit, "check_in:1", "lov") == 1
    newer(stage)
    stage.after(WAITS)
    assert (stage.state("a"), stage.platform.posted()) == ("expired", [])


def in_doubt(stage: Stage) -> None:
    """A newer version was sending it when it died."""
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", "died")
    stage.deliver()
    written(stage, message=AHEAD)


def test_a_doubt_is_looked_for_though_its_words_cannot_be_read(stage: Stage) -> None:
    in_doubt(stage)
    stage.platform.looks["a"].append("r-there")
    stage.after(LEASED)
    assert (stage.state("a"), stage.row("a")["reference"]) == ("sent", "r-there")


def test_a_doubt_that_nobody_can_settle_is_told_of(stage: Stage) -> None:
    in_doubt(stage)
    stage.platform.looks["a"].append(Unknowable.UNKNOWABLE)
    stage.after(LEASED)
    assert stage.told == [("a", "uncertain")]


def test_a_doubt_that_surely_never_arrived_waits_for_its_reader(stage: Stage) -> None:
    in_doubt(stage)
    stage.promise(promised("later"))
    for _ in range(5):
        stage.after(LEASED * 2)
    assert stage.platform.posted() == ["later"]
    assert stage.state("a") == "new"
    newer(stage)
    stage.after(WAITS)
    assert stage.platform.posted() == ["later", "a"]


def test_a_change_in_doubt_blocks_nobody_and_is_never_said_in_other_words(stage: Stage) -> None:
    stage.promise(promised("card"))
    stage.deliver()
    stage.promise(promised("a", message_class="replaceable", replacing="card"), promised("later"))
    written(stage, message=AHEAD, state="sending", lease_until=stage.row("card")["not_before"], attempt=1)
    stage.deliver()
    stage.after(1)
    assert stage.platform.posted() == ["card", "later"]
    assert stage.state("a") == "new"


def test_what_took_the_place_of_what_is_lost_is_looked_for_too(stage: Stage) -> None:
    stage.promise(promised("card"))
    stage.deliver()
    stage.promise(promised("a", replacing="card"))
    with stage.store.begin() as unit:
        unit.change(update(outbox).where(outbox.c.key == "card").values(reference=None))
    stage.platform.fail("a", "doubt", "no answer, but it arrives")
    stage.deliver()
    written(stage, message=AHEAD)
    for passed in (LEASED, WAITS):
        stage.after(passed)
        newer(stage)
    assert stage.platform.posted() == ["card", "a"]
    assert (stage.state("a"), stage.row("a")["reference"]) == ("sent", "r-a")


def test_a_doubt_whose_place_cannot_be_read_is_not_sent_again_blindly(stage: Stage) -> None:
    in_doubt(stage)
    written(stage, place='{"galaxy": 7}')
    stage.after(LEASED)
    assert stage.state("a") == "quarantined"

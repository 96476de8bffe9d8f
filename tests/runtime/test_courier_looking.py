"""A platform that may be asked only now and then whether something arrived."""

from bot.messages.delivery import DeliveryFailed
from tests.runtime.stage import Stage
from tests.storage.made import promised

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

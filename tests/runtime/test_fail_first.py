"""Each guard is taken away once, and the fault it is there for must show.

The only place where our own code is patched: a guard that could be left out by whoever asks is no guard.
"""

import asyncio

import pytest
from sqlalchemy import update

from storage.post.outbox import Claimed
from storage.tables import outbox
from storage.unit import UnitOfWork
from tests.runtime.stage import Stage
from tests.runtime.test_courier_holding import taken_over
from tests.storage.made import promised


def unfenced(unit: UnitOfWork, claimed: Claimed, **values: object) -> bool:
    return unit.change(update(outbox).where(outbox.c.seq == claimed.seq).values(**values)) == 1


def test_without_the_fence_a_stale_word_stands(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.runtime.courier.settle", unfenced)
    stage.promise(promised("a"))
    stage.platform.fail("a", "refused", "archived")
    stage.runner.run(taken_over(stage))
    assert (stage.state("a"), stage.told) == ("parked", [("a", "parked")])


def test_without_a_look_a_doubt_is_posted_twice(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def blind(*_asked: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("bot.runtime.courier.look", blind)
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", "no answer, but it arrives")
    stage.deliver()
    stage.after(5)
    stage.after(60)
    assert stage.platform.posted() == ["a", "a"]


def test_with_one_look_only_a_slow_platform_posts_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.verdicts.LOOKS_BEFORE_RESENDING", 1)
    stage.promise(promised("a"))
    stage.platform.fail("a", "doubt", "no answer, but it arrives")
    stage.platform.looks["a"].append(None)  # it is still working on it
    stage.deliver()
    stage.after(5)
    stage.after(60)
    assert stage.platform.posted() == ["a", "a"]

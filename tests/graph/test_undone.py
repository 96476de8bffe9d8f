"""Meetings that are taken away: never while they are held, and whatever was lost or refused on the way."""

import asyncio
from datetime import UTC, datetime, timedelta

from tests.graph.fake import Fault
from tests.graph.stage import Stage
from tests.graph.test_meetings import LEADER, THURSDAYS, times


def test_a_meeting_that_has_begun_is_let_be() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan(minutes=30)
            await stage.errands()
            stage.now = datetime(2026, 11, 19, 14, 15, 30, tzinfo=UTC)  # half a minute in
            await stage.wind(minutes=1)
            await stage.errands()
            assert stage.graph.made("drop") == []
            assert "2026-11-19T15:15:00" in times(stage)

    asyncio.run(play())


def test_what_was_taken_away_without_an_answer_and_is_wanted_again_comes_back_once() -> None:
    async def play(*, done: bool) -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.plan(state="paused")
            stage.graph.faults["drop"] = Fault(504, times=len(THURSDAYS), after=done)
            await stage.errands()
            assert bool(times(stage)) is not done
            await stage.plan(state="active")
            for _ in range(3):
                stage.now += timedelta(minutes=20)
                await stage.errands()
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            await stage.plan(state="stopped")
            await stage.errands()
            assert times(stage) == []

    for done in (True, False):
        asyncio.run(play(done=done))


def test_what_was_taken_away_without_an_answer_is_taken_away_for_good() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.plan(state="stopped")
            stage.graph.faults["drop"] = Fault(504, times=2)
            for _ in range(2):
                await stage.errands()
                stage.now += timedelta(minutes=20)
            assert times(stage) == []
            made = len(stage.graph.calls)
            stage.now += timedelta(hours=7)
            await stage.errands()
            assert len(stage.graph.calls) == made

    asyncio.run(play())


def test_a_meeting_whose_change_was_refused_is_still_taken_away() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.plan(minutes=30)
            stage.graph.faults["move"] = Fault(409, times=99, code="ErrorIrresolvableConflict")
            await stage.errands()
            await stage.plan(state="stopped")
            await stage.errands()
            assert times(stage) == []

    asyncio.run(play())


def test_what_was_made_and_answered_that_it_took_too_long_goes_with_its_plan() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            stage.graph.faults["meet"] = Fault(408, after=True)
            for _ in range(3):
                await stage.errands()
                stage.now += timedelta(minutes=20)
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            await stage.plan(state="stopped")
            await stage.errands()
            assert times(stage) == []

    asyncio.run(play())

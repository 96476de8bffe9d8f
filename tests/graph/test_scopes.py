"""An administrator who lets us into some mailboxes: the others get links, and hold up nobody."""

import asyncio
from datetime import time, timedelta

import pytest

from bot.domain.errands import refused_users
from bot.domain.schedule.recurrence import Recurrence
from bot.domain.value import PersonId
from bot.rehearsal.example import TEAM_79
from storage.asked.plans import save_plan
from storage.errands.kept import kept
from storage.people.founding import change_person
from storage.unit import UnitOfWork
from tests.graph.stage import Stage, aad
from tests.graph.test_meetings import LEADER, THURSDAYS, times

OTHERS = 4


async def two_leaders(stage: Stage) -> None:
    """Mira leads the talks of many plans, all asked about before Sam's; her mailbox is shut to us."""
    plan = await stage.plan()

    def more(unit: UnitOfWork) -> None:
        mira = unit.roster.persons[PersonId("mira")]
        change_person(unit, mira.model_copy(update={"leads": (TEAM_79,)}))
        for number in range(OTHERS):
            new = plan.model_copy(update={"id": f"plan-0{number}", "arbetslag": TEAM_79})
            save_plan(unit, new, watermark=stage.now, next_at=None, was=None)

    await stage.run(more)
    stage.graph.closed.add(aad("mira"))


def links(stage: Stage, slug: str) -> list[str]:
    return [said for said in stage.heard(slug) if "i kalendern?" in said]


def test_whom_nobody_let_us_in_to_holds_up_nobody_and_gets_the_links() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await two_leaders(stage)
            for _ in range(3):
                await stage.side.round()
                await stage.app.settle()
                stage.now += timedelta(minutes=5)
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            assert stage.graph.made("meet").count(aad("mira")) == 1
            assert len(links(stage, "mira")) == OTHERS
            assert links(stage, "sam") == []
            stage.graph.closed.clear()
            stage.now += timedelta(hours=7)
            await stage.errands()
            assert len(times(stage, "mira")) == OTHERS * len(THURSDAYS)

    asyncio.run(play())


def test_where_the_tenant_has_not_let_us_in_everybody_gets_links_and_who_has_meetings_does_not() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await two_leaders(stage)
            await stage.side.close()
            stage.side = stage.started()
            stage.graph.login_refused = 7000229
            for _ in range(2):
                await stage.side.round()
                await stage.app.settle()
            assert len(links(stage, "mira")) == OTHERS
            assert links(stage, "sam") == []

    asyncio.run(play())


def stale(stage: Stage, slug: str) -> list[str]:
    return [said for said in stage.heard(slug) if "är ändrade, men inte i din kalender" in said]


async def rounds(stage: Stage, many: int = 3) -> None:
    for _ in range(many):
        await stage.side.round()
        await stage.app.settle()
        stage.now += timedelta(minutes=5)


def test_what_stands_in_a_calendar_that_was_shut_afterwards_is_not_offered_again() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await rounds(stage, 1)
            stage.graph.closed.add(aad("sam"))
            await stage.plan("another-plan", at=time(8, 30))
            await rounds(stage)
            assert ["08.30" in said for said in links(stage, "sam")] == [True]
            assert stale(stage, "sam") == []
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]

    asyncio.run(play())


@pytest.mark.parametrize("moved", [True, False])
def test_who_keeps_a_time_that_holds_no_more_hears_it_once_for_each_change(*, moved: bool) -> None:
    """The plan is moved, or stopped, when we may not touch the calendar any more."""

    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await rounds(stage, 1)
            stage.graph.closed.add(aad("sam"))
            change = {"recurrence": Recurrence(days=(1,), at=time(8, 30))} if moved else {"state": "stopped"}
            await stage.plan(**change)
            await rounds(stage)
            (told,) = stale(stage, "sam")
            assert "Arbetslag 4–6" in told
            assert "Inga svar är borta." in told
            assert "/nuläge" in told, "who leads the talk does not see the plan itself"
            assert ["08.30" in said for said in links(stage, "sam")] == ([True] if moved else [])
            stage.graph.closed.clear()
            stage.now += timedelta(hours=7)
            await rounds(stage)
            assert [when[11:16] for when in times(stage)] == (["08:30"] * 5 if moved else [])
            assert len(stale(stage, "sam")) == 1

    asyncio.run(play())


@pytest.mark.parametrize("key", [True, False])
def test_whose_calendar_was_never_open_is_not_told_that_anything_stands_in_it(*, key: bool) -> None:
    """Nor when it was tried to take away there what may have been put there; or our key is not taken."""

    async def play() -> None:
        async with Stage(LEADER) as stage:
            stage.graph.closed.add(aad("sam"))
            await stage.plan()
            await rounds(stage)
            await stage.plan(state="stopped")
            stage.now += timedelta(hours=7)
            if not key:
                await stage.side.close()
                stage.graph.login_refused = 7000222
            await rounds(stage)
            assert stale(stage, "sam") == []

    asyncio.run(play())


def test_what_could_not_be_taken_away_and_holds_again_stands_there_once() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await rounds(stage, 1)
            stage.graph.closed.add(aad("sam"))
            await stage.plan(state="stopped")
            await rounds(stage)
            await stage.plan(state="active")
            stage.graph.closed.clear()
            stage.now += timedelta(hours=7)
            await rounds(stage)
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            with stage.store.begin() as unit:
                assert refused_users(kept(unit, "meeting").values()) == frozenset()

    asyncio.run(play())


def test_each_reads_it_in_their_own_language() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await two_leaders(stage)

            def english(unit: UnitOfWork) -> None:
                for slug in ("mira", "sam"):
                    person = unit.roster.persons[PersonId(slug)]
                    change_person(unit, person.model_copy(update={"language": "en"}))

            await stage.run(english)
            for _ in range(2):
                await stage.side.round()
                await stage.app.settle()
            assert len([said for said in stage.heard("mira") if "in your calendar" in said]) == OTHERS
            assert links(stage, "mira") == []
            assert {subject for _, subject in stage.graph.cloud.meetings(aad("sam"))} == {
                "Check-in Arbetslag 4–6"
            }

    asyncio.run(play())

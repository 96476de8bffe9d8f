"""Check-ins in a calendar: each once, as they are now, whatever happens on the way."""

import asyncio
from datetime import UTC, datetime, time, timedelta

from bot.domain.schedule.recurrence import Recurrence
from bot.rehearsal.example import TEAM_46
from handlers.errands.here import Chosen
from storage.people.founding import change_person
from storage.unit import UnitOfWork
from tests.graph.fake import Fault
from tests.graph.stage import Stage, aad
from tests.waiting import until

LEADER = Chosen(calendar="samtalsledare")
THURSDAYS = ["2026-11-19", "2026-11-26", "2026-12-03", "2026-12-10", "2026-12-17"]


def times(stage: Stage, slug: str = "sam") -> list[str]:
    return [starts for starts, _ in stage.graph.cloud.meetings(aad(slug))]


def test_the_coming_weeks_are_in_the_calendar_once_however_often_it_is_looked_at() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            for _ in range(3):
                await stage.errands()
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            assert {subject for _, subject in stage.graph.cloud.meetings(aad("sam"))} == {
                "Avstämning Arbetslag 4–6"
            }
            assert len(stage.graph.calls) == len(THURSDAYS)
            assert not [slug for slug in ("lena", "pia", "rut") if times(stage, slug)]

    asyncio.run(play())


def test_nothing_is_put_in_anybodys_calendar_unless_it_was_chosen() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await stage.plan()
            await stage.side.round()
            assert stage.graph.made("meet") == []

    asyncio.run(play())


def test_a_quarter_past_three_stays_so_across_summer_time_and_lov_is_left_out() -> None:
    async def play() -> None:
        async with Stage(LEADER, start=datetime(2026, 10, 12, 8, 0, tzinfo=UTC)) as stage:
            await stage.plan()
            await stage.errands()
            assert times(stage) == [
                f"{day}T15:15:00" for day in ("2026-10-15", "2026-10-22", "2026-11-05", "2026-11-12")
            ]

    asyncio.run(play())


def test_a_new_time_moves_the_meetings_that_are_there() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.plan(minutes=30)
            await stage.errands()
            assert len(stage.graph.made("move")) == len(stage.graph.made("meet")) == len(THURSDAYS)
            await stage.plan(recurrence=Recurrence(days=(1,), at=time(8, 30)))
            await stage.errands()
            assert times(stage) == [
                f"2026-{day}T08:30:00" for day in ("11-17", "11-24", "12-01", "12-08", "12-15")
            ]

    asyncio.run(play())


def test_a_pause_takes_them_away_and_a_start_brings_them_back() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.plan(state="paused")
            await stage.errands()
            assert times(stage) == []
            await stage.plan(state="active")
            await stage.errands()
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            await stage.plan(state="stopped")
            await stage.errands()
            assert times(stage) == []

    asyncio.run(play())


def test_another_leader_gets_them_and_the_first_one_does_not_keep_them() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()

            def hand_over(unit: UnitOfWork) -> None:
                persons = {one.name: one for one in unit.roster.persons.values()}
                change_person(unit, persons["Sam Ek"].model_copy(update={"leads": ()}))
                change_person(unit, persons["Omar Haddad"].model_copy(update={"leads": (TEAM_46,)}))

            await stage.run(hand_over)
            await stage.errands()
            assert times(stage) == []
            assert times(stage, "omar") == [f"{day}T15:15:00" for day in THURSDAYS]

    asyncio.run(play())


def test_what_has_been_stays_and_the_next_week_comes() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            await stage.wind(days=7)
            await stage.errands()
            assert times(stage)[0] == "2026-11-19T15:15:00"
            assert stage.graph.made("drop") == []
            assert len(times(stage)) == len(THURSDAYS)  # in five weeks lies the end of the term

    asyncio.run(play())


def test_killed_between_the_call_and_the_mark_it_is_still_one_meeting() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            assert stage.side.errands is not None
            await stage.side.errands.tenant.graph.warm()
            await stage.plan()
            stage.graph.faults["meet"] = Fault(0, after=True)
            killed = asyncio.create_task(stage.errands())
            await until(lambda: times(stage))
            killed.cancel()
            await asyncio.wait({killed})
            assert len(times(stage)) == 1
            await stage.side.close()
            stage.side = stage.started()
            await stage.errands()
            assert len(times(stage)) == len(THURSDAYS)
            stage.now += timedelta(minutes=11)
            await stage.errands()
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            assert len(stage.graph.made("find")) == 1
            done = len(stage.graph.calls)
            stage.now += timedelta(minutes=11)
            await stage.errands()
            assert len(stage.graph.calls) == done

    asyncio.run(play())


def test_two_processes_at_once_do_each_thing_once() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            other = stage.started()
            assert other.errands
            await asyncio.gather(stage.errands(), other.errands.round())
            await stage.errands()
            assert times(stage) == [f"{day}T15:15:00" for day in THURSDAYS]
            assert len(stage.graph.made("meet")) == len(THURSDAYS)
            await other.close()

    asyncio.run(play())


def test_too_many_calls_make_the_kind_wait_as_long_as_it_was_told() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            stage.graph.faults["meet"] = Fault(429, headers={"Retry-After": "600"})
            await stage.errands()
            assert times(stage) == []
            assert len(stage.graph.made("meet")) == 1
            await stage.errands()
            assert len(times(stage)) == len(THURSDAYS) - 1
            stage.now += timedelta(seconds=601)
            await stage.errands()
            assert len(times(stage)) == len(THURSDAYS)

    asyncio.run(play())


def test_somebody_without_a_mailbox_is_let_be() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            stage.graph.cloud.no_mailbox.add(aad("sam"))
            await stage.plan()
            await stage.errands()
            tried = len(stage.graph.made("meet"))
            stage.now += timedelta(hours=7)
            await stage.errands()
            assert len(stage.graph.made("meet")) == tried == len(THURSDAYS)

    asyncio.run(play())


def test_a_meeting_that_its_owner_took_away_is_not_put_back() -> None:
    async def play() -> None:
        async with Stage(LEADER) as stage:
            await stage.plan()
            await stage.errands()
            calendar = stage.graph.cloud.events[aad("sam")]
            del calendar[next(iter(calendar))]
            await stage.plan(minutes=30)
            await stage.errands()
            await stage.errands()
            assert len(times(stage)) == len(THURSDAYS) - 1

    asyncio.run(play())

"""The week's summary in the rektors' own channel: when nobody else reads it; else in their own drive."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.errands_files import ChannelFiles
from bot.rehearsal.example import TEAM_46
from handlers.errands.here import Chosen
from tests.graph.fake import ALL, Fault
from tests.graph.stage import GROUP, Stage, aad, channel
from tests.graph.test_files import WORDS, notes, roles, take_back, written
from tests.graph.test_side import FILE, FRIDAY, until_friday

LEAD = "5ca1ab1e-0000-4000-8000-0000000000e0"
ROOM = ChannelFiles(team=LEAD, channel="19:ledning@thread.tacv2")
CHOSEN = Chosen(leaders=(ROOM,))
THEIRS = f"b!{LEAD}/{ROOM.channel}/Nuläge/Björkskolan (c0a405)/2026-27/v47.docx"


def seat(stage: Stage, *slugs: str, room: ChannelFiles = ROOM) -> None:
    """Who is in the rektors' team, and so in its channel."""
    for slug in slugs:
        for key in (room.team, f"{room.team}/{room.channel}"):
            stage.graph.cloud.join(key, aad(slug), slug)


def heard(stage: Stage, slug: str = "rut") -> list[str]:
    return [said for said in stage.heard(slug) if "finns nu som Word-fil" in said]


async def rounds(stage: Stage, number: int = 3) -> None:
    for _ in range(number):
        await stage.errands()
        stage.now += timedelta(minutes=20)


def test_it_lies_there_once_and_each_rektor_hears_where() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            await roles(stage, "pia", "processledare", "rektor")
            seat(stage, "rut", "pia")
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [THEIRS]
            assert len(stage.graph.made("put")) == 1
            assert len(heard(stage, "rut")) == len(heard(stage, "pia")) == 1
            assert "OneDrive" not in heard(stage)[0]

    asyncio.run(play())


@pytest.mark.parametrize("hours", [0, 2])
def test_what_is_taken_back_is_taken_out_of_it_whoever_reads_it_by_then(hours: int) -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            await notes(stage)
            await until_friday(stage)
            await stage.errands()
            seat(stage, "lena")
            stage.now += timedelta(hours=hours)
            await take_back(stage, "note-1")
            await stage.errands()
            assert WORDS["note-1"] not in written(stage, THEIRS)
            assert WORDS["note-2"] in written(stage, THEIRS)

    asyncio.run(play())


def test_a_channel_that_a_teacher_reads_is_none_and_the_rektor_hears_why() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut", "lena")
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]
            (told,) = heard(stage)
            assert "din egen OneDrive" in told

    asyncio.run(play())


def test_a_team_that_anybody_may_read_is_none() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            stage.graph.cloud.visibility[LEAD] = "public"
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]

    asyncio.run(play())


def test_an_arbetslags_channel_is_none_whoever_is_in_it() -> None:
    async def play() -> None:
        theirs = ChannelFiles(team=LEAD, channel=channel(TEAM_46))
        async with Stage(Chosen(leaders=(theirs,))) as stage:
            seat(stage, "rut", room=theirs)
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]

    asyncio.run(play())


@pytest.mark.parametrize("grant", ["Team.ReadBasic.All", "ChannelMember.Read.All"])
def test_who_may_not_see_who_reads_it_puts_nothing_there(grant: str) -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            stage.graph.granted = ALL - {grant}
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]
            assert stage.side.errands
            assert set(stage.side.errands.missing) == {"leaders"}
            stage.graph.granted = ALL
            stage.now += timedelta(hours=2)
            await rounds(stage)
            assert THEIRS in stage.graph.cloud.files
            assert not stage.side.errands.missing
            assert len(heard(stage)) == 1

    asyncio.run(play())


@pytest.mark.parametrize("operation", ["team", "all_members"])
def test_while_nobody_can_say_who_reads_it_nothing_is_put_anywhere(operation: str) -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            stage.graph.faults[operation] = Fault(503)
            await until_friday(stage)
            await stage.errands()
            assert stage.graph.cloud.files == {}
            await stage.errands()
            assert list(stage.graph.cloud.files) == [THEIRS]

    asyncio.run(play())


def test_a_channel_that_is_gone_is_none() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]

    asyncio.run(play())


def test_who_reads_it_is_asked_right_before_a_file_is_put_there_and_else_once_an_hour() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            await until_friday(stage)
            await rounds(stage, 3)
            told = [call for call, _ in stage.graph.calls]
            assert told == ["team", "all_members", "team", "all_members", "folder", "look", "put"]
            stage.now += timedelta(hours=1)
            await rounds(stage, 1)
            assert len(stage.graph.made("all_members")) == 3

    asyncio.run(play())


def test_who_has_joined_since_the_last_look_gets_no_new_summary() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            await stage.plan()
            await stage.wind(minutes=1)
            stage.now = FRIDAY - timedelta(minutes=30)
            await stage.errands()  # it looks: the rektor is alone
            seat(stage, "lena")
            await stage.wind(minutes=30)
            await rounds(stage, 2)
            assert list(stage.graph.cloud.files) == [FILE]
            (told,) = heard(stage)
            assert "din egen OneDrive" in told

    asyncio.run(play())


def test_a_file_that_may_be_there_already_is_looked_up_and_is_there_once() -> None:
    async def play() -> None:
        async with Stage(CHOSEN) as stage:
            seat(stage, "rut")
            stage.graph.faults["put"] = Fault(504, after=True)
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [THEIRS]
            assert (len(stage.graph.made("put")), len(stage.graph.made("put_over"))) == (1, 1)
            assert len(heard(stage)) == 1

    asyncio.run(play())


def test_one_school_of_many_finds_its_own_channel() -> None:
    async def play() -> None:
        first = ChannelFiles(team=GROUP, channel="19:en-annan@thread.tacv2")
        async with Stage(Chosen(leaders=(first, ROOM))) as stage:
            seat(stage, "mira", room=first)
            seat(stage, "rut")
            await until_friday(stage)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [THEIRS]

    asyncio.run(play())

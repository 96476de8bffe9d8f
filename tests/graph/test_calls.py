"""Each call as Graph takes it, and each of its refusals as what it means to us."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from bot.domain.errands_files import ChannelFiles, Library, OwnDrive
from bot.platforms.graph.aside import Aside
from bot.platforms.graph.port import GraphRefused, Meeting, Notice
from bot.platforms.graph.sdk import SdkGraph
from bot.platforms.graph.tokens import Registration
from tests.graph.fake import CLIENT, SECRET, TENANT, FakeGraph, Fault

TEAM = "5ca1ab1e-0000-4000-8000-0000000000f0"
LENA = "5ca1ab1e-0000-4000-8000-000000000001"
APP = "5ca1ab1e-0000-4000-8000-0000000000c0"
HERS = OwnDrive(user=LENA)
ONE = "11111111-1111-4111-8111-111111111111"
MEETING = Meeting(
    transaction=ONE,
    sign=ONE,
    subject="Avstämning 4–6",
    about="Om",
    starts=datetime(2026, 11, 26, 15, 15),  # noqa: DTZ001  a time on the wall
    minutes=15,
    zone="Europe/Stockholm",
)


def who(fake: FakeGraph) -> Registration:
    return Registration(TENANT, CLIENT, SECRET, fake.login_url, fake.base_url)


@asynccontextmanager
async def ours(fake: FakeGraph, seconds: float = 30.0) -> AsyncIterator[SdkGraph]:
    aside = Aside("graph under test")
    graph = SdkGraph(who(fake), aside, seconds)
    try:
        yield graph
    finally:
        await graph.close()
        await aside.stop()


async def refusal_of(made: Awaitable[object]) -> GraphRefused:
    with pytest.raises(GraphRefused) as found:
        await made
    return found.value


def test_every_page_of_a_team_is_read_and_guests_are_marked() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            for number in range(5):
                fake.cloud.join(TEAM, f"5ca1ab1e-0000-4000-8000-00000000000{number}", f"Person {number}")
            fake.cloud.join(TEAM, LENA.replace("0001", "0009"), "Gunn Vik", "guest")
            found = await graph.members(TEAM)
            assert [one.name for one in found] == [*(f"Person {n}" for n in range(5)), "Gunn Vik"]
            assert [one.guest for one in found] == [False] * 5 + [True]
            assert found[1].user == LENA
            assert len(fake.made("members")) == 3
            assert fake.logins == 1
            assert not fake.wrong

    asyncio.run(play())


def test_a_page_that_leads_elsewhere_gets_no_token() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, FakeGraph() as thief, ours(fake) as graph:
            for number in range(3):
                fake.cloud.join(TEAM, f"5ca1ab1e-0000-4000-8000-00000000000{number}", "Någon")
            real = fake.address
            fake.__dict__["address"] = thief.address  # what it calls itself in its next link
            seen = await refusal_of(graph.members(TEAM))
            fake.__dict__["address"] = real
            assert (seen.how, seen.code) == ("stopped", "foreign_host")
            assert not thief.calls

    asyncio.run(play())


def test_channels_are_told_with_who_may_be_in_them() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            fake.cloud.channels[TEAM] = [
                {"id": "19:a@thread.tacv2", "displayName": "Arbetslag 4–6", "membershipType": "standard"},
                {"id": "19:b@thread.tacv2", "displayName": "Ledning", "membershipType": "private"},
                {"id": "19:c@thread.tacv2", "displayName": "Gammal", "isArchived": True},
            ]
            fake.cloud.join(f"{TEAM}/19:b@thread.tacv2", LENA, "Lena Berg")
            found = await graph.channels(TEAM)
            assert [(one.name, one.private) for one in found] == [("Arbetslag 4–6", False), ("Ledning", True)]
            (lena,) = await graph.members_of_channel(TEAM, "19:b@thread.tacv2")
            assert lena.name == "Lena Berg"
            assert not fake.wrong

    asyncio.run(play())


def test_a_meeting_made_twice_is_one_meeting() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            first = await graph.meet(LENA, MEETING)
            assert await graph.meet(LENA, MEETING) == first
            assert await graph.meet(LENA, MEETING, doubtful=True) == first
            await graph.move_meeting(LENA, first, MEETING.but(starts=datetime(2026, 12, 3, 9, 0)))  # noqa: DTZ001  on the wall
            assert fake.cloud.meetings(LENA) == [("2026-12-03T09:00:00", "Avstämning 4–6")]
            await graph.drop_meeting(LENA, first)
            await graph.drop_meeting(LENA, first)
            assert fake.cloud.meetings(LENA) == []
            assert not fake.wrong

    asyncio.run(play())


def test_a_meeting_whose_answer_was_lost_is_found_and_taken_away() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake, seconds=0.3) as graph:
            await graph.warm()
            fake.faults["meet"] = Fault(0, after=True)
            assert (await refusal_of(graph.meet(LENA, MEETING))).how == "doubt"
            assert len(fake.cloud.meetings(LENA)) == 1
            await graph.drop_meeting_called(LENA, ONE)
            assert fake.cloud.meetings(LENA) == []
            assert not fake.wrong

    asyncio.run(play())


def test_a_file_is_written_over_itself_and_nowhere_else() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            path = "Nuläge/Björkskolan/2026-27/v47.docx"
            first = await graph.put_file(HERS, path, b"ett")
            again = await graph.put_file(HERS, path, b"tva", doubtful=True)  # the first answer was lost
            assert first.item == again.item
            assert fake.cloud.files == {f"b!{LENA}/{path}": b"tva"}
            await graph.put_file(HERS, "elsewhere", b"tre", again)
            assert fake.cloud.files == {f"b!{LENA}/{path}": b"tre"}
            await graph.put_file(HERS, path, b"fyra", again)  # the last answer was lost
            assert fake.cloud.files == {f"b!{LENA}/{path}": b"fyra"}
            assert first.link.startswith("https://lundby.sharepoint.example/")
            assert [first.beside, again.beside] == [False, False]
            assert (
                await refusal_of(graph.put_file(Library(drive="b!d"), path, b"0" * 4_000_001))
            ).how == "content"
            assert not fake.wrong

    asyncio.run(play())


def test_what_somebody_else_wrote_is_let_be() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            path = "Nuläge/Björkskolan/2026-27/v47.docx"
            there = f"b!{LENA}/{path}"
            fake.cloud.files[there] = b"hers from the beginning"
            first = await graph.put_file(HERS, path, b"ett")
            fake.cloud.files[there.replace(".docx", " 1.docx")] = b"and her comments"
            again = await graph.put_file(HERS, path, b"tva", first)
            assert sorted(fake.cloud.files.values()) == [
                b"and her comments",
                b"hers from the beginning",
                b"tva",
            ]
            assert first.beside
            assert again.beside
            fake.cloud.files.clear()
            gone = await refusal_of(graph.put_file(HERS, path, b"tre", again))
            assert gone.how == "gone"
            assert fake.cloud.files == {}
            assert not fake.wrong

    asyncio.run(play())


def test_a_notice_and_an_installed_app() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            await graph.notify(TEAM, LENA, Notice(type="checkInAsked", preview="Öppna chatten."))
            assert fake.cloud.notices == [(TEAM, LENA, "checkInAsked")]
            chat = await graph.install(LENA, APP)
            assert await graph.install(LENA, APP) == chat == f"19:{LENA}_bot@unq.gbl.spaces"
            assert not fake.wrong

    asyncio.run(play())


ROOM = "19:ledning@thread.tacv2"


def test_whoever_reads_a_channel_counts_with_or_without_an_account() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            fake.cloud.join(TEAM, LENA, "Lena")
            fake.cloud.join(f"{TEAM}/{ROOM}", LENA.upper(), "Lena")
            assert await graph.readers(TEAM, ROOM) == frozenset({f"{TENANT}/{LENA}"})
            guest = {"@odata.type": "#microsoft.graph.anonymousGuestConversationMember", "id": "m-x"}
            fake.cloud.people[f"{TEAM}/{ROOM}"].append(guest)
            assert await graph.readers(TEAM, ROOM) == frozenset({f"{TENANT}/{LENA}", "/"})
            assert not fake.wrong

    asyncio.run(play())


@pytest.mark.parametrize(
    ("told", "is_open"),
    [
        ("private", False),
        ("hiddenMembership", False),
        ("public", True),
        ("unknownFutureValue", True),
        ("", True),
    ],
)
def test_a_team_is_closed_only_when_it_says_so(told: str, *, is_open: bool) -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            fake.cloud.join(TEAM, LENA, "Lena")
            fake.cloud.visibility[TEAM] = told
            assert await graph.is_open(TEAM) is is_open
            assert (await graph.readers(TEAM, ROOM) is None) is is_open

    asyncio.run(play())


def test_what_lies_beside_another_lies_in_the_channels_folder_too() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            where = ChannelFiles(team=TEAM, channel=ROOM)
            first = await graph.put_file(where, "Nuläge/a.docx", b"ett")
            (path,) = fake.cloud.files
            fake.cloud.files[path] = b"their own words"
            again = await graph.put_file(where, "Nuläge/a.docx", b"tva", first)
            assert fake.cloud.files == {
                f"b!{TEAM}/{ROOM}/Nuläge/a.docx": b"their own words",
                f"b!{TEAM}/{ROOM}/Nuläge/a 1.docx": b"tva",
            }
            assert again.beside
            assert not fake.wrong

    asyncio.run(play())

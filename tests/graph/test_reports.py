"""What an arbetslag agreed on, as a file among its channel's own: what was posted there, and no more."""

import asyncio
import io
from datetime import timedelta

import docx

from bot.rehearsal.example import TEAM_46, TEAM_79
from handlers.errands.here import Chosen
from storage.people.founding import change_arbetslag
from storage.unit import UnitOfWork
from tests.graph.agreed import CAUSE, RESULT, agree
from tests.graph.stage import GROUP, Stage, channel

REPORTS = Chosen(reports=True)
HOME = channel(TEAM_46)
NAME = "2026-11-16 09.00 Orsaksanalys Färre hinner läsa klart i åk 4 5 (8b1bf7)"
FILE = f"b!{GROUP}/{HOME}/Nuläge/2026-27/{NAME}.docx"


def written(stage: Stage, file: str = FILE) -> str:
    page = docx.Document(io.BytesIO(stage.graph.cloud.files[file]))
    return "\n".join(line.text for line in page.paragraphs)


def told(stage: Stage, word: str = "Word-fil") -> list[tuple[str, str]]:
    """What the arbetslag's channel has heard of files: under which message, and what."""
    said = stage.teams.cloud.from_bot(HOME)
    return [(post.thread, post.text) for post in said if word in post.text]


async def rounds(stage: Stage, number: int = 3) -> None:
    for _ in range(number):
        await stage.errands()
        stage.now += timedelta(minutes=20)
        await stage.app.settle()


def test_what_was_agreed_is_a_file_of_the_channels_and_they_hear_where_under_the_post_once() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage)
            (post,) = stage.teams.cloud.from_bot(HOME)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]
            assert len(stage.graph.made("put")) == 1
            page = written(stage)
            assert CAUSE in page
            assert RESULT in page
            assert {"Skola: Björkskolan", "Arbetslag: Arbetslag 4–6", "Överens: 2026-11-16"} <= set(
                page.splitlines()
            )
            assert [root for root, _ in told(stage)] == [post.id]

    asyncio.run(play())


def test_a_private_channel_has_its_file_in_a_site_of_its_own() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.cloud.private.add(HOME)
            await agree(stage)
            await stage.errands()
            assert list(stage.graph.cloud.files) == [FILE.replace(GROUP, HOME)]

    asyncio.run(play())


def test_what_is_agreed_anew_is_written_in_the_same_file_and_is_no_news() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage)
            await rounds(stage)
            await agree(stage, "Vi har för få böcker hemma")
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]
            assert "för få böcker" in written(stage)
            assert CAUSE not in written(stage)
            assert len(told(stage)) == 1

    asyncio.run(play())


def test_what_the_arbetslag_wrote_in_the_file_is_let_be_and_they_hear_of_the_new_one() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage)
            await rounds(stage)
            stage.graph.cloud.files[FILE] = b"with their own words"
            await agree(stage, "Vi har för få böcker hemma")
            await rounds(stage)
            assert stage.graph.cloud.files[FILE] == b"with their own words"
            assert "för få böcker" in written(stage, FILE.replace(".docx", " 1.docx"))
            assert len(told(stage, "i en ny fil")) == 1

    asyncio.run(play())


async def _of_elevhalsa(stage: Stage) -> None:
    def change(unit: UnitOfWork) -> None:
        team = unit.roster.arbetslag[TEAM_46]
        change_arbetslag(unit, team.model_copy(update={"kind": "elevhalsa"}))

    await stage.run(change)


def test_the_words_of_elevhalsa_become_no_file() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await _of_elevhalsa(stage)
            await agree(stage)
            await rounds(stage)
            assert stage.graph.cloud.files == {}

    asyncio.run(play())


def test_what_somebody_did_alone_becomes_no_file() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage, shared=False)
            await rounds(stage)
            assert stage.graph.cloud.files == {}

    asyncio.run(play())


def test_what_could_not_be_posted_becomes_no_file() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            del stage.teams.cloud.conversations[HOME]
            await agree(stage)
            assert stage.teams.cloud.from_bot(HOME) == []
            await rounds(stage)
            assert stage.graph.cloud.files == {}

    asyncio.run(play())


def test_an_arbetslag_that_has_moved_gets_no_file_where_it_talked_before() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            await agree(stage)

            def move(unit: UnitOfWork) -> None:
                mine, other = unit.roster.arbetslag[TEAM_46], unit.roster.arbetslag[TEAM_79]
                change_arbetslag(unit, other.model_copy(update={"place": None}))
                change_arbetslag(unit, mine.model_copy(update={"place": other.place}))

            await stage.run(move)
            await rounds(stage)
            assert stage.graph.cloud.files == {}
            assert stage.graph.calls == []

    asyncio.run(play())


def test_nothing_is_put_anywhere_that_nobody_chose() -> None:
    async def play() -> None:
        async with Stage(Chosen(files="rektor")) as stage:
            await agree(stage)
            await rounds(stage)
            assert stage.graph.cloud.files == {}

    asyncio.run(play())

"""A file of an arbetslag's that could not be written, or may have been: it is there once, or nowhere."""

import asyncio
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import update

from bot.messages.document import document
from bot.rehearsal.example import TEAM_79
from handlers.errands.settled import Page
from storage import tables
from storage.post.outbox import NO_WORDS
from tests.graph.agreed import agree
from tests.graph.fake import ALL, Fault
from tests.graph.stage import GROUP, Stage, channel
from tests.graph.test_reports import FILE, HOME, REPORTS, rounds, told


def test_a_team_that_anybody_may_read_gets_no_file() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.cloud.visibility[GROUP] = "public"
            await agree(stage)
            with structlog.testing.capture_logs() as logs:
                await rounds(stage)
            assert stage.graph.cloud.files == {}
            assert [one["code"] for one in logs if one["action"] == "graph.failed"] == ["team_is_open"]

    asyncio.run(play())


def test_a_channel_whose_files_nobody_has_opened_gets_its_file_when_somebody_has() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.cloud.unopened.add(HOME)
            await agree(stage)
            await agree(stage, key="01b", team=TEAM_79)
            await stage.errands()
            elsewhere = FILE.replace(HOME, channel(TEAM_79)).replace("8b1bf7", "33d96a")
            assert list(stage.graph.cloud.files) == [elsewhere]
            stage.graph.cloud.unopened.clear()
            stage.now += timedelta(minutes=20)
            await stage.errands()
            assert set(stage.graph.cloud.files) == {FILE, elsewhere}

    asyncio.run(play())


@pytest.mark.parametrize("grant", ["Files.ReadWrite.All", "Team.ReadBasic.All"])
def test_what_is_not_allowed_is_missing_by_itself(grant: str) -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.granted = ALL - {grant}
            await agree(stage)
            await rounds(stage)
            assert stage.graph.cloud.files == {}
            assert told(stage) == []
            assert stage.side.errands
            assert set(stage.side.errands.missing) == {"reports"}
            stage.graph.granted = ALL
            stage.now += timedelta(hours=7)
            await rounds(stage)
            assert list(stage.graph.cloud.files) == [FILE]

    asyncio.run(play())


@pytest.mark.parametrize(
    "fault",
    [
        Fault(429, headers={"Retry-After": "60"}),
        Fault(503),
        Fault(504, after=True),
        Fault(500, after=True),
    ],
    ids=["429", "503", "done and 504", "done and 500"],
)
def test_a_file_that_was_refused_for_now_or_may_be_there_is_there_once(fault: Fault) -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.faults["put"] = fault
            await agree(stage)
            await rounds(stage, 4)
            assert list(stage.graph.cloud.files) == [FILE]
            assert len(told(stage)) == 1

    asyncio.run(play())


def test_a_file_that_is_too_large_is_given_up_and_holds_up_no_other() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:
            stage.graph.faults["put"] = Fault(413)
            await agree(stage)
            await agree(stage, key="01b", team=TEAM_79)
            await rounds(stage)
            assert len(stage.graph.cloud.files) == 1
            assert len(stage.graph.made("put")) == 2

    asyncio.run(play())


def test_what_is_forgotten_before_it_is_written_is_given_up_alone() -> None:
    async def play() -> None:
        async with Stage(REPORTS) as stage:

            def draw(page: Page) -> bytes:
                """While the first of three is made, the words of the second are forgotten."""
                with stage.store.begin() as unit:
                    second = tables.outbox.c.key.startswith("analysis:01b:post:")
                    unit.change(update(tables.outbox).where(second).values(message=NO_WORDS))
                return document(page.message, title=page.message.title, about=page.about)

            await stage.side.close()
            stage.side = stage.started(draw=draw)
            for key in ("01a", "01b", "01c"):
                await agree(stage, key=key)
            with structlog.testing.capture_logs() as logs:
                await stage.errands()
            assert len(stage.graph.cloud.files) == 2
            codes = [one["code"] for one in logs if one["action"] == "graph.failed"]
            assert codes == ["nothing_to_write"]

    asyncio.run(play())

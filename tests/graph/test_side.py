"""Files, feed, doors and what is not allowed: each by itself, none in the way of another."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import docx
from sqlalchemy import update

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Message
from bot.rehearsal.example import TEAM_46
from handlers.errands.here import Chosen
from storage import tables
from storage.installed import references
from storage.people.founding import change_person
from storage.post.outbox import Promised, promise
from storage.unit import UnitOfWork
from tests.graph.fake import TENANT, Fault
from tests.graph.stage import CATALOGUE, GROUP, Stage, aad, spelled
from tests.teams.state import Conversation

EVERYTHING = Chosen(calendar="samtalsledare", files="rektor", app=CATALOGUE)
FRIDAY = datetime(2026, 11, 20, 13, 1, tzinfo=UTC)
"""A minute after the summary falls due: 14.00 in Stockholm."""

TEAM_46_CHANNEL = f"19:{TEAM_46}@thread.tacv2"
FILE = f"b!{aad('rut')}/Nuläge/Björkskolan (c0a405)/2026-27/v47.docx"


async def until_friday(stage: Stage) -> None:
    """Let a week pass: the arbetslag is asked on Thursday, the rektor gets the summary on Friday."""
    await stage.plan()
    await stage.wind(minutes=1)
    stage.now = FRIDAY - timedelta(minutes=1)
    await stage.wind(minutes=1)


async def promise_to(stage: Stage, slug: str, key: str) -> None:
    """Something is to be said to somebody, and goes out if it can."""

    def work(unit: UnitOfWork) -> None:
        place = Place(platform="teams", address=spelled(f"@{slug}"))
        message = Message(title="En fråga till dig")
        promise(unit, Promised(key, "critical", key, place, message, stage.now))

    await stage.run(work)
    await stage.app.settle()


def test_the_summary_that_was_sent_is_a_file_of_the_rektors_and_they_hear_where_once() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await until_friday(stage)
            for _ in range(3):
                await stage.errands()
            assert list(stage.graph.cloud.files) == [FILE]
            assert len(stage.graph.made("put")) == 1
            written = [
                line.text for line in docx.Document(io.BytesIO(stage.graph.cloud.files[FILE])).paragraphs
            ]
            assert {"Skola: Björkskolan", "Läsår: 2026/27", "Vecka: 47", "Skickad: 2026-11-20"} <= set(
                written
            )
            told = [said for said in stage.heard("rut") if "finns nu som Word-fil" in said]
            assert len(told) == 1
            assert not [said for said in stage.heard("pia") if "finns nu som Word-fil" in said]

    asyncio.run(play())


def test_who_cannot_be_reached_gets_one_line_in_the_feed_and_nobody_else_does() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            for _ in range(3):
                await stage.errands()
            assert stage.graph.cloud.notices == [(GROUP, aad("rut"), "summaryReady")]

    asyncio.run(play())


def test_a_line_in_the_feed_is_in_its_readers_language() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await stage.run(
                lambda unit: change_person(
                    unit, unit.roster.persons[PersonId("rut")].model_copy(update={"language": "en"})
                )
            )
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            await stage.errands()
            assert stage.graph.cloud.previews == ["Open the chat with Nuläge to read."]

    asyncio.run(play())


def test_nobody_is_nudged_in_the_evening() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            stage.now = FRIDAY + timedelta(hours=6)
            await stage.errands()
            assert stage.graph.cloud.notices == []
            stage.now = FRIDAY + timedelta(days=3)  # Monday
            await stage.errands()
            assert stage.graph.cloud.notices == [(GROUP, aad("rut"), "summaryReady")]

    asyncio.run(play())


def test_a_nudge_that_may_have_come_is_never_sent_twice() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            stage.graph.faults["notify"] = Fault(504, after=True)
            for _ in range(3):
                await stage.errands()
                stage.now += timedelta(minutes=20)
            assert len(stage.graph.cloud.notices) == len(stage.graph.made("notify")) == 1

    asyncio.run(play())


def test_a_nudge_that_surely_did_not_come_is_sent_again() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            stage.graph.faults["notify"] = Fault(429)
            await stage.errands()
            stage.now += timedelta(minutes=20)
            await stage.errands()
            assert len(stage.graph.cloud.notices) == 1

    asyncio.run(play())


def test_who_has_no_chat_gets_the_app_and_what_waited_for_them() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await stage.references.forget(TENANT, f"@{aad('lena')}")
            stage.teams.cloud.people[aad("lena")].installed = False
            stage.teams.cloud.conversations[TEAM_46_CHANNEL].members.clear()
            chat = f"19:{aad('lena')}_bot@unq.gbl.spaces"
            stage.teams.cloud._keep(Conversation(chat, "personal", "", [aad("lena")]))
            await promise_to(stage, "lena", "reminder:x")
            assert stage.heard("lena") == []
            stage.now += timedelta(minutes=1)  # what happened before a removal does not undo it
            stage.teams.cloud.people[aad("lena")].installed = True  # as Graph is about to see to
            await stage.errands()
            assert stage.graph.made("install") == [aad("lena")]
            found = await stage.run(lambda unit: references.find(unit, TENANT, f"@{aad('lena')}"))
            assert found
            assert found.conversation == chat
            assert found.service_url == stage.teams.service_url
            assert len(stage.teams.cloud.from_bot(chat)) == 1
            await stage.errands()
            assert stage.graph.made("install") == [aad("lena")]

    asyncio.run(play())


def test_who_has_a_chat_and_shut_it_is_not_given_the_app_again() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            await stage.errands()
            assert stage.graph.made("install") == []

    asyncio.run(play())


def test_a_file_is_written_over_when_something_in_it_was_taken_back_and_nobody_hears_of_it_again() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await until_friday(stage)
            await stage.errands()

            def otherwise(unit: UnitOfWork) -> None:
                unit.change(
                    update(tables.errand).where(tables.errand.c.kind == "document").values(mark="was")
                )

            await stage.run(otherwise)
            for _ in range(2):
                await stage.errands()
                stage.now += timedelta(minutes=11)
            assert len(stage.graph.made("put_over")) == 1
            assert list(stage.graph.cloud.files) == [FILE]
            assert len([said for said in stage.heard("rut") if "finns nu som Word-fil" in said]) == 1

    asyncio.run(play())

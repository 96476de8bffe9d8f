"""What Graph refuses, and what that means to us: one attempt, one table, a token that stays with us."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.platforms.graph.aside import Aside
from bot.platforms.graph.errors import MOST_SECONDS, NOT_ENTRA, Refusal, refused, refused_login
from tests.graph.fake import SECRET, FakeGraph, Fault, page
from tests.graph.test_calls import LENA, TEAM, ours, refusal_of


def test_one_attempt_a_call_and_what_it_was_told_to_wait() -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            fake.cloud.join(TEAM, LENA, "Lena Berg")
            fake.faults["members"] = Fault(429, headers={"Retry-After": "17"}, code="TooManyRequests")
            told = await refusal_of(graph.members(TEAM))
            assert (told.how, told.code, told.retry_after) == ("later", "TooManyRequests", 17.0)
            assert len(fake.made("members")) == 1
            assert "Lena" not in repr(told)

    asyncio.run(play())


@pytest.mark.parametrize(
    ("status", "code", "how"),
    [
        (403, "Forbidden", "consent"),
        (404, "NotFound", "gone"),
        (404, "MailboxNotEnabledForRESTAPI", "gone"),
        (413, "tooLarge", "content"),
        (412, "", "held"),
        (423, "resourceLocked", "held"),
        (507, "quotaLimitReached", "held"),
        (503, "", "later"),
        (504, "", "doubt"),
        (408, "", "doubt"),
        (500, "", "doubt"),
        (599, "", "doubt"),
        (418, "", "content"),
    ],
)
def test_what_a_status_means(status: int, code: str, how: str) -> None:
    assert refused(Refusal(status, code, {})).how == how


@pytest.mark.parametrize(
    ("status", "kind", "how"),
    [
        *((status, "text/html; charset=utf-8", "later") for status in (302, 401, 403, 404, 407, 429)),
        (407, "text/plain", "later"),
        (502, "text/html", "doubt"),
        (403, "application/json", "consent"),
    ],
)
def test_a_page_is_some_proxys_and_not_graphs_no(status: int, kind: str, how: str) -> None:
    assert refused(Refusal(status, "", {"content-type": kind})).how == how


def test_a_page_in_an_answers_place_may_have_been_done() -> None:
    async def play() -> None:
        async with FakeGraph(front=page) as fake, ours(fake) as graph:
            fake.cloud.join(TEAM, LENA, "Lena Berg")
            fake.paged.add("members")
            told = await refusal_of(graph.members(TEAM))
            assert (told.how, told.code) == ("doubt", "unreadable_Exception")
            fake.paged.clear()
            assert len(await graph.members(TEAM)) == 1

    asyncio.run(play())


def test_a_page_at_the_log_in_is_not_entras_no() -> None:
    async def play() -> None:
        async with FakeGraph(page_at_login="<html>") as fake, ours(fake) as graph:
            told = await refusal_of(graph.members(TEAM))
            assert (told.how, told.code) == ("later", NOT_ENTRA)
            told = refused_login(503, "", {"retry-after": "5"})
            assert (told.how, told.code, told.retry_after) == ("later", "503", 5.0)

    asyncio.run(play())


def test_how_long_to_wait_is_read_by_the_book() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    waits = [refused(Refusal(429, "", {"retry-after": told})).retry_after for told in ("5", "x", "-3", "")]
    assert waits == [5.0, 0.0, 0.0, 0.0]
    assert 80 < refused(Refusal(429, "", {"retry-after": soon})).retry_after <= 90
    assert refused(Refusal(429, "", {"retry-after": "999999999"})).retry_after == MOST_SECONDS


def test_a_tenant_that_has_not_let_us_in_stops_us_by_its_own_word() -> None:
    async def play() -> None:
        async with FakeGraph(login_refused=7000229) as fake, ours(fake) as graph:
            told = await refusal_of(graph.members(TEAM))
            assert (told.how, told.code) == ("stopped", "AADSTS7000229")
            assert SECRET not in repr(told)
            assert not fake.calls

    asyncio.run(play())


def test_a_token_is_asked_for_once_and_anew_when_it_runs_out_or_is_refused() -> None:
    async def play() -> None:
        async with FakeGraph(expires=60) as fake, ours(fake) as graph:
            fake.cloud.join(TEAM, LENA, "Lena Berg")
            await graph.members(TEAM)
            await graph.members(TEAM)
            assert fake.logins == 2  # a minute is too short to start on
            fake.expires = 3600
            await graph.members(TEAM)
            await graph.members(TEAM)
            assert fake.logins == 3
            fake._tokens.clear()
            assert (await refusal_of(graph.members(TEAM))).how == "stopped"
            await graph.members(TEAM)
            assert fake.logins == 4

    asyncio.run(play())


@pytest.mark.parametrize("told", ["soon", "", None, "nan", "inf", [3600], 10**400])
def test_a_token_of_no_known_length_is_used_at_once_and_asked_for_anew(told: object) -> None:
    async def play() -> None:
        async with FakeGraph() as fake, ours(fake) as graph:
            fake.__dict__["expires"] = told
            fake.cloud.join(TEAM, LENA, "Lena Berg")
            for _ in range(2):
                await graph.members(TEAM)
            assert fake.logins == 2

    asyncio.run(play())


def test_what_the_administrator_granted_is_read_from_our_own_token() -> None:
    async def play() -> None:
        async with FakeGraph(granted=frozenset({"Calendars.ReadWrite"})) as fake, ours(fake) as graph:
            assert await graph.granted() == frozenset({"Calendars.ReadWrite"})

    asyncio.run(play())


def test_nobody_listens_is_surely_not_done() -> None:
    async def play() -> None:
        async with FakeGraph() as fake:
            address = fake.address
        gone = FakeGraph(address=address)
        async with ours(gone) as graph:
            assert (await refusal_of(graph.members(TEAM))).how == "later"

    asyncio.run(play())


def test_what_runs_aside_runs_in_its_own_thread_and_is_cancelled_with_whoever_waits() -> None:
    async def play() -> None:
        aside = Aside("beside")
        cut = threading.Event()

        async def name() -> str:
            return threading.current_thread().name

        async def hang() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                cut.set()

        assert await aside.run(name) == "beside"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await aside.run(hang)
        await asyncio.to_thread(cut.wait, 30)
        assert cut.is_set()
        await aside.stop()

    asyncio.run(play())

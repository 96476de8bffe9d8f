import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from structlog.testing import capture_logs

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Unknowable
from bot.messages.model import Message
from tests.platforms.teams.sending import (
    CARD,
    CHANNEL,
    GROUP,
    LAG46,
    LENA,
    LONG,
    OTHER,
    SHORT,
    SINCE,
    TEAM,
    Desk,
    alone,
    at_desk,
)
from tests.teams.fake import FakeTeams
from tests.teams.fake_mischief import FOREVER, Fault
from tests.teams.state import TENANT
from tests.waiting import DEADLINE, until


@contextmanager
def environment(**values: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        yield


@contextmanager
def talkative() -> Iterator[None]:
    """The log as in the program; the tests are else told of warnings only."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)


async def many(desk: Desk, number: int) -> list[Place]:
    """So many channels, each with a thread begun; and time enough between for the tenant's pace."""
    places = []
    for one in range(number):
        key = f"19:m{one}@thread.tacv2"
        desk.teams.cloud.channel(key, f"{one}", TEAM)
        desk.heard_from(key, kind="channel")
        places.append(Place(platform="teams", address=f"{TENANT}/{key}"))
        desk.passed += 1
    return places


def test_no_more_than_so_many_calls_are_under_way() -> None:
    async def act(desk: Desk) -> None:
        *places, another = await many(desk, 37)
        desk.teams.mischief.plan(Fault("stall", "begin", times=FOREVER))
        sending = [asyncio.create_task(desk.send(SHORT, place)) for place in places]
        await until(lambda: len(desk.teams.calls) >= 32)
        for _ in range(100):
            await asyncio.sleep(0)
        assert len(desk.teams.calls) == 32
        sending[0].cancel()
        sending.append(asyncio.create_task(desk.send(SHORT, another)))
        await until(lambda: len(desk.teams.calls) > 32)
        for one in sending:
            one.cancel()
        await asyncio.gather(*sending, return_exceptions=True)

    at_desk(act, whole=60)


def test_what_is_closed_can_be_opened_again() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, key="1")
        await desk.connector.close()
        await desk.send(SHORT, key="2")
        assert len(desk.standing()) == 2

    at_desk(act)


def test_a_redirection_is_not_followed() -> None:
    async def act(desk: Desk) -> None:
        async with FakeTeams(open_door=True) as elsewhere:
            where = f"{elsewhere.service_url}v3/conversations"
            desk.teams.mischief.plan(Fault("http", "begin", status=307, location=where, silent=True))
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT)
            assert failed.value.how == "doubt"
            assert not elsewhere.calls

    at_desk(act)


def test_an_answer_that_comes_drop_by_drop_is_left() -> None:
    """Each drop comes in time; it is the whole that does not."""

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            while not writer.is_closing():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.005)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def act(desk: Desk) -> None:
        async with await asyncio.start_server(drip, "127.0.0.1", 0) as server, asyncio.timeout(DEADLINE):
            port = server.sockets[0].getsockname()[1]
            desk.heard_from(LAG46, kind="channel", service_url=f"http://127.0.0.1:{port}/teams/")
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT)
            assert failed.value.how == "doubt"

    at_desk(act, whole=0.2, stand_in="127.0.0.1")


def test_what_is_on_this_machine_is_not_asked_for_through_a_proxy() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT)
        assert len(desk.standing()) == 1

    with environment(HTTP_PROXY="http://127.0.0.1:9", ALL_PROXY="http://127.0.0.1:9", NO_PROXY=""):
        at_desk(act)


def test_the_log_holds_neither_words_nor_people_nor_tokens() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        secret = Message(title="Hemliga ord om Lena")
        for fault in (
            Fault("http", "begin", status=403, code="ConversationBlockedByUser"),
            Fault("http", "begin", status=400, code="lena.berg skrev: x", times=2),
            Fault("reset", "targeted"),
        ):
            desk.teams.mischief.plan(fault)
        for number, place in enumerate((CHANNEL, OTHER, alone(GROUP))):
            with pytest.raises(DeliveryFailed):
                await desk.send(secret, place, key=f"{number}")

    with talkative(), capture_logs() as logged:
        at_desk(act)
    assert {line["code"] for line in logged} == {"ConversationBlockedByUser", "http_400", "no_answer"}
    said = str(logged).casefold()
    assert not [word for word in ("lena", "ord", "thread.tacv2", "ey", LENA) if word in said]


@pytest.mark.parametrize("message", [SHORT, CARD, LONG], ids=["words", "card", "parts"])
def test_what_is_remembered_is_found(message: Message) -> None:
    async def act(desk: Desk) -> None:
        reference = await desk.send(message)
        calls = len(desk.teams.calls)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) == reference
        assert await desk.platform.find(OTHER, key="k", since=SINCE) is Unknowable.UNKNOWABLE
        assert await desk.platform.find(CHANNEL, key="another", since=SINCE) is Unknowable.UNKNOWABLE
        assert len(desk.teams.calls) == calls

    at_desk(act)


def test_what_is_half_there_or_from_before_is_unknowable() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("reset", "create"))
        with pytest.raises(DeliveryFailed):
            await desk.send(LONG)
        assert await desk.platform.find(CHANNEL, key="k", since=SINCE) is Unknowable.UNKNOWABLE
        await desk.send(SHORT, OTHER)
        desk.platform = desk.started()
        assert await desk.platform.find(OTHER, key="k", since=SINCE) is Unknowable.UNKNOWABLE

    at_desk(act)


def test_a_message_without_an_id_in_its_answer_is_a_doubt() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("http", "begin", status=202, silent=True))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert failed.value.how == "doubt"
        assert LAG46 in str(desk.teams.calls[0].conversation)

    at_desk(act)

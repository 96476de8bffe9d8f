"""The outbox and its courier over Teams: whatever goes wrong, one message, nothing lost, others flow."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from bot.domain.school import Place
from bot.domain.value import SchoolId
from bot.platforms.teams.send.wire import WHOLE_CALL
from bot.runtime.clock import frozen
from bot.runtime.courier import Courier
from bot.runtime.dispatcher import Dispatcher
from storage.post.outbox import Claimed, Promised
from storage.post.settling import mark_arrived, send_anyway
from storage.store import open_store
from storage.unit import UnitOfWork
from tests.platforms.teams.sending import CARD, CHANNEL, LAG46, LAG79, NOT_FOR_EVER, OTHER, SHORT, Desk
from tests.runtime.stage import NoHandlers
from tests.storage.made import NOW, promise_all, promised, rows_of, seconds
from tests.teams.fake import FakeTeams
from tests.teams.fake_mischief import Calls, Fault

IN_DOUBT = [
    Fault("http", status=500),
    Fault("html", status=502),
    Fault("http", status=503),
    Fault("http", status=504),
    Fault("http", status=408),
    Fault("stall"),
    Fault("reset"),
    Fault("garbage"),
    Fault("refuse"),
]
LATER = [
    Fault("rate", retry_after=1),
    Fault("rate", retry_after=45),
    Fault("rate", retry_after=0),
    Fault("http", status=412, code="PreconditionFailed"),
    Fault("html", status=407),
]
ARRIVES = {"stall", "reset", "garbage"}


class Round:
    """An outbox, a courier, and time that passes when it is told to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.store = open_store("sqlite://")
        self.clock = frozen(NOW)
        self.told: list[tuple[str, str]] = []
        self.dispatcher = Dispatcher(self.store, NoHandlers())
        self.dispatcher.start()
        self.restart()

    def restart(self) -> None:
        """The process was ended and begun anew: nothing is remembered but what is on disk."""
        self.desk.platform = self.desk.started()
        platforms = {"teams": self.desk.platform}
        self.courier = Courier(
            self.dispatcher, platforms, self.clock.now, trouble=self._tell, hours=_whenever
        )

    def promise(self, key: str, place: Place = CHANNEL, **changes: Any) -> None:
        made: Promised = promised(key, **{"place": place, "message": CARD, **changes})
        promise_all(self.store, made)

    async def after(self, number: float = 0) -> None:
        """So many seconds pass, and what is due then is carried."""
        self.clock.offset += seconds(number)
        self.desk.passed += number
        while await self.courier.deliver():
            pass

    async def through(self, number: int) -> None:
        """As `after`, and looked at each ten seconds on the way."""
        for _ in range(0, number, 10):
            await self.after(10)

    def state(self, key: str) -> str:
        return str(rows_of(self.store)[key]["state"])

    def decide(self, act: Callable[[UnitOfWork], object]) -> None:
        with self.store.begin() as unit:
            act(unit)

    def _tell(self, _unit: UnitOfWork, claimed: Claimed, state: str) -> None:
        self.told.append((claimed.promised.key, state))


def _whenever(_unit: UnitOfWork, _school: SchoolId, now: datetime) -> datetime:
    return now


def carry(act: Callable[[Round], Awaitable[None]], *, whole: float = WHOLE_CALL) -> None:
    async def playing() -> None:
        async with FakeTeams() as teams:
            work = Round(Desk(teams, whole))
            try:
                await act(work)
            finally:
                work.dispatcher.stop()
                work.store.close()
                await work.desk.connector.close()
            assert not teams.wrong, teams.wrong

    asyncio.run(playing())


def named(fault: object) -> str:
    return f"{fault.how}-{fault.code or fault.status}" if isinstance(fault, Fault) else str(fault)


def here(fault: Fault, call: Calls = "begin", **more: Any) -> Fault:
    """The same fault, of one kind of call in one channel."""
    return Fault(**{**vars(fault), "call": call, "conversation": LAG46, **more})


def patience(fault: Fault) -> float:
    """An answer that never comes is waited for; so is one that only takes its time."""
    return NOT_FOR_EVER if fault.how == "stall" else WHOLE_CALL


@pytest.mark.parametrize("fault", IN_DOUBT, ids=named)
def test_a_create_in_doubt_is_never_sent_again_blindly_and_somebody_is_told(fault: Fault) -> None:
    async def act(work: Round) -> None:
        work.desk.teams.mischief.plan(here(fault))
        work.promise("a")
        work.promise("b", OTHER)
        await work.after()
        assert (work.state("b"), len(work.desk.standing(LAG79))) == ("sent", 1)
        await work.through(600)
        arrived = fault.how in ARRIVES
        assert len(work.desk.standing()) == arrived
        assert work.desk.teams.times("begin", conversation=LAG46) == 1
        assert (work.state("a"), work.told) == ("uncertain", [("a", "uncertain")])
        act_on = mark_arrived if arrived else _again(work)
        work.decide(lambda unit: act_on(unit, "a"))
        await work.through(600)
        assert (len(work.desk.standing()), work.state("a")) == (1, "sent")

    carry(act, whole=patience(fault))


def _again(work: Round) -> Callable[[UnitOfWork, str], bool]:
    return lambda unit, key: send_anyway(unit, key, work.clock.now())


@pytest.mark.parametrize("fault", LATER, ids=named)
def test_what_was_surely_not_sent_is_sent_once_when_teams_wants_it(fault: Fault) -> None:
    async def act(work: Round) -> None:
        work.desk.teams.mischief.plan(here(fault, times=2))
        for key in "12":
            work.promise(key)
        work.promise("b", OTHER)
        await work.after()
        assert (len(work.desk.standing()), len(work.desk.standing(LAG79))) == (0, 1)
        await work.through(300)
        assert [post.id for post in work.desk.standing()] == [
            rows_of(work.store)[key]["reference"] for key in "12"
        ], "both, in order"
        assert work.desk.teams.times("begin", "ok", LAG46) == 2
        assert not work.told

    carry(act)


@pytest.mark.parametrize("fault", [*IN_DOUBT, *LATER], ids=named)
def test_a_change_is_tried_until_it_stands(fault: Fault) -> None:
    async def act(work: Round) -> None:
        work.promise("root", message=SHORT)
        await work.after()
        work.desk.teams.mischief.plan(here(fault, "update", times=2))
        work.promise("v1", message_class="replaceable", replacing="root")
        await work.through(300)
        (post,) = work.desk.standing()
        assert post.card is not None
        assert (work.state("v1"), work.told) == ("sent", [])

    carry(act, whole=patience(fault))


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "Unauthorized"),
        (403, "BotNotInConversationRoster"),
        (403, "MessageWritesBlocked"),
        (404, "ConversationNotFound"),
    ],
)
def test_a_shut_place_is_parked_and_told_once(status: int, code: str) -> None:
    async def act(work: Round) -> None:
        work.desk.teams.mischief.plan(here(Fault("http", status=status, code=code, times=9)))
        for key in "12":
            work.promise(key)
        work.promise("b", OTHER)
        await work.through(3600)
        assert [work.state(key) for key in "12b"] == ["parked", "parked", "sent"]
        assert work.told == [("1", "parked")]
        assert work.desk.teams.times("begin", conversation=LAG46) == 2, "no storm"

    carry(act)


def test_content_that_teams_refuses_is_said_plainly_and_what_it_never_takes_holds_nobody_up() -> None:
    async def act(work: Round) -> None:
        work.desk.teams.mischief.plan(here(Fault("http", status=413, code="MessageSizeTooBig")))
        work.promise("a")
        await work.through(60)
        assert [(post.card, work.state("a")) for post in work.desk.standing()] == [(None, "sent")]
        work.desk.teams.mischief.plan(here(Fault("http", status=413, code="MessageSizeTooBig", times=99)))
        work.promise("b")
        work.promise("c", OTHER)
        await work.through(600)
        assert (work.state("b"), work.state("c")) == ("quarantined", "sent")
        assert work.told == [("b", "quarantined")]

    carry(act)


def test_what_was_said_and_not_written_down_is_remembered_until_the_process_ends() -> None:
    async def act(work: Round) -> None:
        work.promise("a")
        reference = await work.desk.platform.send(CARD, CHANNEL, key="a")  # and then the store was away
        assert await work.desk.platform.find(CHANNEL, key="a", since=NOW) == reference
        await work.after()
        assert work.state("a") == "sent"
        assert len(work.desk.standing()) == 1

    carry(act)


@pytest.mark.parametrize("how", ["stall", "reset"])
def test_a_doubt_that_outlives_the_process_is_still_not_sent_again(how: Any) -> None:
    async def act(work: Round) -> None:
        work.desk.teams.mischief.plan(here(Fault(how)))
        work.promise("a")
        await work.after()
        work.restart()
        await work.through(600)
        assert len(work.desk.standing()) == 1
        assert work.state("a") == "uncertain"

    carry(act, whole=NOT_FOR_EVER)

"""Every fault the Connector can answer with (or not): what it means, what then stands, and whom it stops."""

import asyncio
from typing import NamedTuple

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from tests.platforms.teams.sending import (
    CARD,
    CHANNEL,
    LAG46,
    LAG79,
    NOT_FOR_EVER,
    OTHER,
    SHORT,
    TEAM,
    Desk,
    at_desk,
)
from tests.teams.fake_mischief import FOREVER, Calls, Fault
from tests.teams.state import TENANT
from tests.waiting import until


class Case(NamedTuple):
    """A fault of a create, what it means, and how many posts then stand."""

    fault: Fault
    how: str
    why: Why
    stand: int = 0
    update: str = ""
    """What the same fault means for a change; empty when it is the same."""


CASES = [
    Case(Fault("rate", retry_after=17), "later", Why.BUSY),
    Case(Fault("rate", retry_after=0), "later", Why.BUSY),
    Case(Fault("http", status=412, code="PreconditionFailed"), "later", Why.BUSY),
    Case(Fault("http", status=500), "doubt", Why.AWAY, update="later"),
    Case(Fault("http", status=502), "doubt", Why.AWAY, update="later"),
    Case(Fault("html", status=502), "doubt", Why.AWAY, update="later"),
    Case(Fault("http", status=503), "doubt", Why.AWAY, update="later"),
    Case(Fault("http", status=504), "doubt", Why.AWAY, update="later"),
    Case(Fault("http", status=408), "doubt", Why.AWAY, update="later"),
    Case(Fault("reset"), "doubt", Why.AWAY, 1, update="later"),
    Case(Fault("refuse"), "doubt", Why.AWAY, update="later"),
    Case(Fault("garbage"), "doubt", Why.AWAY, 1, update="later"),
    Case(Fault("html", status=408), "doubt", Why.AWAY, update="later"),
    Case(Fault("html", status=413, times=2), "content", Why.CONTENT),
    Case(Fault("html", status=429, retry_after=17), "later", Why.BUSY),
    Case(Fault("html", status=403), "later", Why.AWAY),
    Case(Fault("html", status=404), "later", Why.AWAY),
    Case(Fault("html", status=407), "later", Why.AWAY),
    Case(Fault("http", status=401, code="Unauthorized"), "refused", Why.DISCONNECTED),
    Case(Fault("http", status=403, code="BotDisabledByAdmin"), "refused", Why.HELD),
    Case(Fault("http", status=403, code="BotNotInConversationRoster"), "refused", Why.REMOVED),
    Case(Fault("http", status=403, code="ConversationBlockedByUser"), "refused", Why.LOCKED),
    Case(Fault("http", status=403, code="MessageWritesBlocked"), "refused", Why.LOCKED),
    Case(Fault("http", status=403, code="InvalidBotApiHost"), "refused", Why.DISCONNECTED),
    Case(Fault("http", status=403, code="NotEnoughPermissions"), "refused", Why.SCOPE),
    Case(Fault("http", status=403, silent=True), "refused", Why.REMOVED),
    Case(Fault("http", status=404, code="ConversationNotFound"), "refused", Why.REMOVED),
    Case(Fault("http", status=404, silent=True), "refused", Why.REMOVED),
    Case(Fault("http", status=413, code="MessageSizeTooBig", times=2), "content", Why.CONTENT),
    Case(Fault("http", status=400, code="BadSyntax", times=2), "content", Why.CONTENT),
    Case(Fault("http", status=409, code="NeverHeardOf", times=2), "content", Why.CONTENT),
    Case(Fault("http", status=307, silent=True), "doubt", Why.AWAY, update="later"),
]


def named(case: object) -> str:
    return f"{case.fault.how}-{case.fault.status}-{case.fault.code}" if isinstance(case, Case) else str(case)


def there(fault: Fault, call: Calls) -> Fault:
    """The same fault, of one kind of call in one channel."""
    return Fault(**{**vars(fault), "call": call, "conversation": LAG46})


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_new_thread_that_fails(case: Case) -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(there(case.fault, "begin"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(CARD)
        assert (failed.value.how, str(failed.value)) == (case.how, case.why)
        assert len(desk.standing()) == case.stand, "at most one post"
        await desk.send(CARD, OTHER)
        assert len(desk.standing(LAG79)) == 1, "the other conversation does not wait"
        assert desk.passed == 0

    at_desk(act)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_reply_that_fails(case: Case) -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.teams.mischief.plan(there(case.fault, "create"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(CARD, CHANNEL.model_copy(update={"thread": root}), key="2")
        assert (failed.value.how, str(failed.value)) == (case.how, case.why)
        assert len(desk.standing()) == 1 + case.stand

    at_desk(act)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_change_that_fails_may_be_done_again(case: Case) -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.teams.mischief.plan(there(case.fault, "update"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(CARD, key="2", replacing=root)
        assert failed.value.how == (case.update or case.how)
        desk.passed += 60
        desk.teams.mischief.planned.clear()
        assert await desk.send(CARD, key="2", replacing=root) == root
        assert [post.card is not None for post in desk.standing()] == [True]

    at_desk(act)


def test_a_pages_429_is_heeded_as_any_other() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(there(Fault("html", status=429, retry_after=120), "begin"))
        for _ in range(2):
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT)
            assert (failed.value.how, failed.value.retry_after) == ("later", 120)
        assert desk.teams.times("begin") == 1, "nothing is asked until then"

    at_desk(act)


def test_an_answer_that_never_comes_is_a_doubt() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("stall", "begin"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert (failed.value.how, len(desk.standing())) == ("doubt", 1)

    at_desk(act, whole=NOT_FOR_EVER)


def test_a_change_without_an_answer_is_done_again() -> None:
    async def act(desk: Desk) -> None:
        root = await desk.send(SHORT)
        desk.teams.mischief.plan(Fault("stall", "update"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(CARD, key="2", replacing=root)
        assert failed.value.how == "later"

    at_desk(act, whole=NOT_FOR_EVER)


def test_nobody_at_the_other_end_is_no_doubt() -> None:
    async def act(desk: Desk) -> None:
        desk.heard_from(LAG46, kind="channel", service_url="http://127.0.0.1:9/teams/")
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert (failed.value.how, str(failed.value)) == ("refused", Why.DISCONNECTED), "no stand-in of ours"
        port = desk.teams.address.rpartition(":")[2]
        await desk.teams._runner.cleanup()
        desk.heard_from(LAG46, kind="channel", service_url=f"http://127.0.0.1:{port}/teams/")
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert (failed.value.how, str(failed.value)) == ("later", Why.AWAY)

    at_desk(act)


def test_many_conversations_at_once_and_one_in_trouble() -> None:
    async def act(desk: Desk) -> None:
        places = []
        for number in range(40):
            key = f"19:lag{number}x@thread.tacv2"
            desk.teams.cloud.channel(key, f"Lag {number}", TEAM)
            desk.heard_from(key, kind="channel")
            places.append(Place(platform="teams", address=f"{TENANT}/{key}"))
        desk.teams.mischief.plan(Fault("stall", "begin", "19:lag0x@thread.tacv2", times=FOREVER))
        sending = [asyncio.create_task(desk.send(SHORT, place)) for place in places]
        await until(lambda: len(desk.teams.cloud.from_bot()) == 40)
        done = await asyncio.gather(*sending[1:])
        assert len(set(done)) == 39
        sending[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending[0]

    at_desk(act)

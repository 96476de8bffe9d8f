"""Places and people that take nothing, for a while or for good: whom it stops, and who is told."""

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from tests.platforms.teams.sending import (
    CARD,
    CHANNEL,
    GROUP,
    LAG46,
    LENA,
    OTHER,
    SHORT,
    WITH_LENA,
    WITH_SAM,
    Desk,
    alone,
    at_desk,
)
from tests.teams.fake_mischief import Fault, How
from tests.teams.state import TENANT

CHAT = f"a:{LENA}"


@pytest.mark.parametrize("seconds", [17, 0])
def test_a_429_rests_its_own_conversation_for_as_long_as_teams_says(seconds: float) -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("rate", "begin", LAG46, retry_after=seconds))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        rest = seconds or 30
        assert failed.value.retry_after == rest
        calls = len(desk.teams.calls)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert (failed.value.how, failed.value.retry_after) == ("later", rest)
        assert len(desk.teams.calls) == calls, "asked again only when the rest is over"
        await desk.send(SHORT, OTHER)
        desk.passed += rest
        await desk.send(SHORT)
        assert len(desk.standing()) == 1

    at_desk(act)


def test_a_rest_without_end_is_not_believed() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("rate", "begin", retry_after=10**9))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert failed.value.retry_after == 3600

    at_desk(act)


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (401, "Unauthorized", True),
        (403, "BotDisabledByAdmin", True),
        (403, "BotNotInConversationRoster", False),
        (403, "MessageWritesBlocked", False),
        (413, "MessageSizeTooBig", False),
        (502, "ServiceError", False),
    ],
)
def test_what_stops_a_whole_tenant_is_told(status: int, code: str, *, told: bool) -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("http", "begin", status=status, code=code, times=2))
        with pytest.raises(DeliveryFailed):
            await desk.send(CARD)
        assert desk.told == ([(TENANT, code)] if told else [])

    at_desk(act)


@pytest.mark.parametrize(
    ("shut", "begun"),
    [("blocked", True), ("blocked", False), ("uninstalled", True), ("uninstalled", False)],
)
def test_a_person_who_shut_the_bot_out_is_out_of_reach(shut: str, *, begun: bool) -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        if begun:
            await desk.send(SHORT, WITH_LENA)
        person = desk.teams.cloud.people[LENA]
        person.blocked, person.installed = shut == "blocked", shut != "uninstalled"
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, WITH_LENA, key="2")
        assert (failed.value.how, str(failed.value)) == ("refused", Why.UNREACHABLE)
        desk.knows("5ca1ab1e-0000-4000-8000-000000000002")
        await desk.send(SHORT, WITH_SAM)
        person.blocked, person.installed = False, True
        await desk.send(SHORT, WITH_LENA, key="3")
        assert len(desk.standing(f"a:{LENA}")) == 1 + begun

    at_desk(act)


def test_a_chat_that_is_no_longer_there_is_begun_anew() -> None:
    async def act(desk: Desk) -> None:
        desk.heard_from(f"@{LENA}", user="29:0001", conversation="a:from-before")
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, WITH_LENA)
        assert str(failed.value) == Why.UNREACHABLE
        await desk.send(SHORT, WITH_LENA)
        assert len(desk.standing(f"a:{LENA}")) == 1

    at_desk(act)


def test_who_cannot_be_spoken_to_in_either_way_is_out_of_reach() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.cloud.conversations[LAG46].targeted = False
        desk.teams.cloud.people[LENA].blocked = True
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, alone(CHANNEL))
        assert (failed.value.how, str(failed.value)) == ("refused", Why.UNREACHABLE)

    at_desk(act)


@pytest.mark.parametrize("fault", ["reset", "rate"])
def test_a_line_for_one_person_that_may_have_arrived_is_not_said_elsewhere(fault: How) -> None:
    async def act(desk: Desk) -> None:
        desk.knows(LENA)
        desk.teams.mischief.plan(Fault(fault, "targeted"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, alone(CHANNEL))
        assert failed.value.how == ("doubt" if fault == "reset" else "later")
        assert desk.teams.times("chat") == 0

    at_desk(act)


@pytest.mark.parametrize("place", [CHANNEL, GROUP])
def test_the_bot_that_was_removed_is_told_so(place: Place) -> None:
    async def act(desk: Desk) -> None:
        desk.teams.cloud.conversations[place.address.partition("/")[2]].bot_in = False
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, place)
        assert (failed.value.how, str(failed.value)) == ("refused", Why.REMOVED)

    at_desk(act)

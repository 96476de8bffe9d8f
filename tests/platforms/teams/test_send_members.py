import asyncio

import pytest

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.send.connector import _member
from bot.platforms.teams.send.errors import TeamsRefused
from bot.platforms.teams.send.members import BELIEVED, Members, is_guest, name_in
from tests.platforms.teams.sending import (
    CHANNEL,
    GAST,
    GROUP,
    LAG46,
    LENA,
    SAM,
    SHORT,
    TEAM,
    WITH_SAM,
    Desk,
    at_desk,
)
from tests.teams.fake_mischief import Fault
from tests.teams.state import BOT, TENANT

ELSEWHERE = "07e4abcd-0000-4000-8000-0000000000bb"


def members(desk: Desk) -> Members:
    return Members(desk.connector, desk.references, lambda: desk.passed)


def test_everybody_there_is_told_guests_as_such_and_no_bots() -> None:
    async def act(desk: Desk) -> None:
        there = await members(desk).of(CHANNEL)
        assert there == (
            (f"{TENANT}/{GAST}", "Gun Åberg (gäst)"),
            (f"{TENANT}/{LENA}", "Lena Berg"),
            (f"{TENANT}/{SAM}", "Sam Ek"),
        )
        assert BOT not in str(there)

    at_desk(act)


def test_all_pages_are_read() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.page_size = 50
        many = [f"5ca1ab1e-0000-4000-9000-{number:012d}" for number in range(120)]
        for aad in many:
            desk.teams.cloud.person(aad, "Någon Annan")
        desk.teams.cloud.conversations[TEAM].members = many
        assert len(await members(desk).of(CHANNEL)) == 120
        assert desk.teams.times("members") == 3

    at_desk(act)


def test_pages_that_lead_to_themselves_come_to_an_end() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.page_size = 0
        assert await members(desk).of(CHANNEL) == ()

    at_desk(act)


def test_they_are_asked_for_again_only_after_some_minutes() -> None:
    async def act(desk: Desk) -> None:
        known = members(desk)
        await known.of(GROUP)
        desk.teams.cloud.conversations[GROUP.address.partition("/")[2]].members.remove(SAM)
        assert len(await known.of(GROUP)) == 2
        desk.passed += 300
        assert len(await known.of(GROUP)) == 1
        assert desk.teams.times("members") == 2

    at_desk(act)


def test_when_teams_does_not_tell_it_is_who_was_there() -> None:
    async def act(desk: Desk) -> None:
        known = members(desk)
        before = await known.of(CHANNEL)
        desk.passed += 300
        desk.teams.mischief.plan(Fault("http", "members", status=503))
        assert await known.of(CHANNEL) == before
        desk.teams.mischief.plan(Fault("http", "members", status=503))
        with pytest.raises(DeliveryFailed) as failed:
            await members(desk).of(CHANNEL)
        assert failed.value.how == "later", "reading is never in doubt"

    at_desk(act)


def test_who_was_there_long_ago_is_believed_no_more() -> None:
    """Rights rest on it: somebody may have been taken out of a private channel since."""

    async def act(desk: Desk) -> None:
        known = members(desk)
        await known.of(CHANNEL)
        desk.passed += BELIEVED - 1
        desk.teams.mischief.plan(Fault("http", "members", status=503, times=2))
        assert len(await known.of(CHANNEL)) == 3
        desk.passed += 1
        with pytest.raises(DeliveryFailed) as failed:
            await known.of(CHANNEL)
        assert failed.value.how == "later"
        assert len(await known.of(CHANNEL)) == 3

    at_desk(act)


def test_where_nothing_was_heard_nobody_is_known() -> None:
    async def act(desk: Desk) -> None:
        with pytest.raises(DeliveryFailed) as failed:
            await members(desk).of(Place(platform="teams", address=f"{TENANT}/19:okand@thread.v2"))
        assert str(failed.value) == Why.REMOVED

    at_desk(act)


def test_who_belongs_to_another_tenant_is_not_one_of_ours() -> None:
    async def act(desk: Desk) -> None:
        for aad, tenant in ((SAM, ELSEWHERE), (LENA, TENANT.upper())):
            desk.teams.cloud.people[aad].tenant = tenant
        there = await members(desk).of(CHANNEL)
        assert [user for user, _ in there] == [f"{TENANT}/{GAST}", f"{TENANT}/{LENA}"]
        assert await members(desk).meet(desk.references.kept[TENANT, LAG46], SAM) is None
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, WITH_SAM)
        assert str(failed.value) == Why.UNREACHABLE
        assert (TENANT, f"@{SAM}") not in desk.references.kept

    at_desk(act)


def test_a_guest_is_told_by_the_label_and_not_by_the_name() -> None:
    labels = ("Gun Åberg (gäst)", "Lena Berg", "Gäst Svensson")
    assert [name_in(one) for one in labels] == ["Gun Åberg", "Lena Berg", "Gäst Svensson"]
    assert [is_guest(one) for one in labels] == [True, False, False]


@pytest.mark.parametrize(
    "told",
    [
        {"userRole": "Guest"},
        {"userRole": "anonymous"},
        {"userType": "Guest"},
        {"userPrincipalName": "gun_annan.example#EXT#@alm.example"},
    ],
)
def test_a_guest_is_known_by_each_sign_that_teams_gives(told: dict[str, str]) -> None:
    assert _member({"id": "29:x", "aadObjectId": GAST, "name": "Gun", **told}).guest
    assert not _member({"id": "29:x", "aadObjectId": GAST, "name": "Gun", "userRole": "user"}).guest


def test_who_is_read_of_is_not_kept() -> None:
    async def act(desk: Desk) -> None:
        before = dict(desk.references.kept)
        await members(desk).of(CHANNEL)
        assert desk.references.kept == before
        await desk.send(SHORT, WITH_SAM)
        assert desk.references.kept.keys() - before.keys() == {(TENANT, f"@{SAM}")}

    at_desk(act)


def test_many_who_ask_at_once_cost_one_reading() -> None:
    async def act(desk: Desk) -> None:
        known = members(desk)
        told = await asyncio.gather(*(known.of(CHANNEL) for _ in range(20)))
        assert {len(one) for one in told} == {3}
        assert desk.teams.times("members") == 1
        await known.of(GROUP)
        assert desk.teams.times("members") == 2

    at_desk(act)


def test_one_who_gives_up_waiting_takes_it_from_nobody_and_a_failure_is_told_to_all() -> None:
    async def act(desk: Desk) -> None:
        known = members(desk)
        first, second = (asyncio.ensure_future(known.of(CHANNEL)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        assert len(await second) == 3
        desk.passed += 300
        fresh = members(desk)
        desk.teams.mischief.plan(Fault("http", "members", status=503))
        failed = await asyncio.gather(*(fresh.of(CHANNEL) for _ in range(3)), return_exceptions=True)
        assert {type(one) for one in failed} == {TeamsRefused}
        assert len(await fresh.of(CHANNEL)) == 3, "a failure is not kept"

    at_desk(act)


def test_a_chat_that_is_begun_stays_the_one_it_is() -> None:
    async def act(desk: Desk) -> None:
        desk.knows(SAM)
        await desk.send(SHORT, WITH_SAM)
        await members(desk).of(CHANNEL)
        assert desk.references.kept[TENANT, f"@{SAM}"].conversation == f"a:{SAM}"

    at_desk(act)


def test_no_names_are_kept_in_references() -> None:
    async def act(desk: Desk) -> None:
        await members(desk).of(CHANNEL)
        assert "Lena" not in str(desk.references.kept)

    at_desk(act)


def test_reading_does_not_wait_for_speaking() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.mischief.plan(Fault("rate", "begin", LAG46, retry_after=60))
        with pytest.raises(DeliveryFailed):
            await desk.send(SHORT)
        assert len(await members(desk).of(CHANNEL)) == 3

    at_desk(act)


def test_the_channels_of_a_team_are_told() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.cloud.channel("19:hemlig@thread.tacv2", "Hemlig", TEAM).channel_type = "private"
        told = await desk.connector.channels(desk.references.kept[TENANT, LAG46])
        assert [(one.id, one.name) for one in told][:2] == [(TEAM, ""), (LAG46, "Arbetslag 4–6")]
        assert "Hemlig" not in str(told)

    at_desk(act)

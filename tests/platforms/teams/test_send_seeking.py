"""Whom the bot writes to for the first time is looked for where it is."""

import pytest

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.send.members import MOST_SOUGHT
from tests.platforms.teams.sending import LAG46, LEDNING, LENA, SAM, SHORT, TEAM, WITH_SAM, Desk, at_desk
from tests.teams.fake_mischief import Fault
from tests.teams.state import TENANT


def test_who_was_chosen_is_found_where_the_bot_is_when_first_written_to() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, WITH_SAM)
        assert len(desk.standing(f"a:{SAM}")) == 1
        assert desk.references.kept[TENANT, f"@{SAM}"].user == desk.teams.cloud.people[SAM].user
        assert desk.teams.times("members") == 1
        await desk.send(SHORT, WITH_SAM, key="2")
        assert desk.teams.times("members") == 1

    at_desk(act)


def test_each_team_is_looked_through_once_and_then_what_has_members_of_its_own() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.cloud.conversations[TEAM].members = [LENA]
        desk.teams.cloud.conversations[LEDNING].members = [LENA, SAM]
        await desk.send(SHORT, WITH_SAM)
        assert [call.conversation for call in desk.teams.calls if call.name == "members"] == [LAG46, LEDNING]

    at_desk(act)


def test_while_not_all_can_be_looked_through_the_message_waits() -> None:
    async def act(desk: Desk) -> None:
        desk.teams.cloud.conversations[TEAM].members = [LENA]
        desk.teams.mischief.plan(Fault("http", "members", LEDNING, status=503))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, WITH_SAM)
        assert failed.value.how == "later"
        await desk.send(SHORT, WITH_SAM)

    at_desk(act)


def test_no_more_than_so_many_conversations_are_looked_through() -> None:
    async def act(desk: Desk) -> None:
        for number in range(40):
            chat = desk.teams.cloud.group(f"19:grupp{number}@thread.v2", "Grupp", [LENA])
            desk.heard_from(chat.id, kind="group")
        desk.teams.cloud.conversations[TEAM].members = [LENA]
        desk.teams.cloud.conversations[LEDNING].members = [LENA]
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, WITH_SAM)
        assert str(failed.value) == Why.UNREACHABLE
        assert desk.teams.times("members") == MOST_SOUGHT

    at_desk(act)

"""The bot comes and goes; people, channels and teams too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.events import BotAdded, BotRemoved, Commanded, MemberLeft, PlaceMoved
from bot.domain.school import Place
from bot.platforms.teams.parse.values import Gone
from tests.platforms.teams.reading import NOW, happened, heard, outcome, read
from tests.teams import payloads
from tests.teams.payloads import (
    AT,
    CHANNEL,
    GROUP,
    LENA,
    PERSONAL,
    SAM,
    Who,
    changed,
    general,
    installation,
    members,
)
from tests.teams.state import APP, TENANT, Json

TEAM = general(CHANNEL)
NOBODY = Who("", "")
EARLIER = NOW - timedelta(minutes=10)


def at(key: str) -> Place:
    return Place(platform="teams", address=f"{TENANT}/{key}")


def gone(activity: Json) -> Gone:
    found = read(activity)
    assert isinstance(found, Gone), found
    return found


def removed(activity: Json) -> BotRemoved:
    event = gone(activity).event
    assert isinstance(event, BotRemoved), event
    return event


def test_the_bot_is_let_into_a_team() -> None:
    found = heard(installation(LENA, TEAM))
    assert isinstance(found.event, BotAdded)
    assert (found.event.where, found.event.name) == (at(TEAM.id), "Björkskolan")
    assert found.event.who.user == f"{TENANT}/{LENA.aad}"
    team, lena = found.learnt
    assert (team.key, team.team, team.team_thread) == (TEAM.id, CHANNEL.group, TEAM.id)
    assert lena.key == f"@{LENA.aad}"


def test_somebody_chose_a_channel_for_it() -> None:
    found = heard(installation(LENA, TEAM, chosen=CHANNEL))
    assert isinstance(found.event, BotAdded)
    assert (found.event.where, found.event.name) == (at(CHANNEL.id), "Arbetslag 4-6")
    assert (found.learnt[0].key, found.way.conversation) == (CHANNEL.id, CHANNEL.id)
    assert (found.learnt[0].name, found.learnt[0].conversation) == ("Arbetslag 4-6", CHANNEL.id)


def test_the_name_of_another_channel_is_not_the_chosen_ones() -> None:
    activity = installation(LENA, CHANNEL, chosen=CHANNEL)
    activity["channelData"]["settings"]["selectedChannel"] = {"id": "19:lag79@thread.tacv2"}
    found = heard(activity)
    assert isinstance(found.event, BotAdded)
    assert (found.event.where.address, found.event.name) == (f"{TENANT}/19:lag79@thread.tacv2", "Björkskolan")
    assert (found.learnt[0].key, found.learnt[0].name) == ("19:lag79@thread.tacv2", "")


def test_the_bot_is_let_into_a_group_chat() -> None:
    for activity in (installation(LENA, GROUP), installation(LENA, GROUP, chosen=CHANNEL)):
        assert happened(BotAdded, activity).where == at(GROUP.id)


@pytest.mark.parametrize("where", [TEAM, GROUP, PERSONAL])
def test_what_teams_tells_twice_of_one_installation_happens_once(where: payloads.Where) -> None:
    first = installation(LENA, where, at=EARLIER)
    second = members(LENA, where, bot="came", at=EARLIER + timedelta(seconds=2))
    assert first["id"] != second["id"]
    assert heard(first).event.id == heard(second).event.id
    again = installation(LENA, where, at=EARLIER + timedelta(minutes=1))
    assert heard(again).event.id != heard(first).event.id


def test_a_channel_chosen_in_one_of_the_two_makes_no_second_welcome() -> None:
    chosen = installation(LENA, CHANNEL, chosen=CHANNEL, at=EARLIER)
    assert heard(chosen).event.id == heard(members(LENA, TEAM, bot="came", at=EARLIER)).event.id


def test_in_a_chat_of_two_the_bot_says_what_it_can() -> None:
    found = heard(installation(LENA, PERSONAL))
    assert isinstance(found.event, Commanded)
    assert (found.event.command, found.event.where) == ("/hjälp", at(f"@{LENA.aad}"))
    assert found.way.private
    assert [one.conversation for one in found.learnt] == ["a:1lena"]


def test_a_policy_lets_the_bot_into_a_team() -> None:
    found = heard(installation(NOBODY, TEAM))
    assert isinstance(found.event, BotAdded)
    assert found.event.who.user == f"{TENANT}/{APP}"
    assert found.way.surface == "none"
    assert [one.key for one in found.learnt] == [TEAM.id]
    assert outcome(read(installation(NOBODY, PERSONAL))) == "no_person"


@pytest.mark.parametrize("action", ["add-upgrade", "remove-upgrade", "upgrade"])
@pytest.mark.parametrize("where", [TEAM, GROUP, PERSONAL])
def test_a_new_version_is_neither_a_coming_nor_a_going(action: str, where: payloads.Where) -> None:
    assert outcome(read(installation(LENA, where, action))) == "upgrade"


def test_the_bot_is_removed_from_a_team() -> None:
    for activity in (installation(LENA, TEAM, "remove"), members(LENA, TEAM, bot="went")):
        assert (gone(activity).tenant, gone(activity).key) == (TENANT, TEAM.id)
        found = removed(activity)
        assert (found.where, found.why) == (at(TEAM.id), "removed")
        assert found.who is not None
        assert found.who.user == f"{TENANT}/{LENA.aad}"


def test_the_bot_is_removed_from_a_group_chat_and_from_a_chat_of_two() -> None:
    assert gone(installation(LENA, GROUP, "remove")).key == GROUP.id
    assert removed(installation(LENA, GROUP, "remove")).where == at(GROUP.id)
    alone = gone(installation(LENA, PERSONAL, "remove"))
    assert (alone.key, alone.event) == (f"@{LENA.aad}", None)
    assert removed(members(NOBODY, GROUP, bot="went")).who is None


@pytest.mark.parametrize(
    ("kind", "why"),
    [("teamArchived", "archived"), ("teamDeleted", "deleted"), ("teamHardDeleted", "deleted")],
)
def test_a_team_is_closed(kind: str, why: str) -> None:
    activity = changed(LENA, TEAM, kind)
    assert gone(activity).key == TEAM.id
    assert (removed(activity).where, removed(activity).why) == (at(TEAM.id), why)


@pytest.mark.parametrize("kind", ["teamRestored", "teamUnarchived"])
def test_a_team_is_opened_again(kind: str) -> None:
    assert happened(BotAdded, changed(LENA, TEAM, kind)).where == at(TEAM.id)


def about_channel(kind: str) -> Json:
    """Told in the team's own conversation, about another of its channels."""
    activity = changed(LENA, CHANNEL, kind, at=AT)
    activity["conversation"]["id"] = TEAM.id
    return activity


def by_a_channel(where: payloads.Where, bot: str) -> Json:
    """A team that has the bot lets it into one of its closed channels, or takes it out of that one alone.

    Told in the channel's own conversation (microsoft/Agents, issue 179).
    """
    activity = members(LENA, where, bot=bot, at=EARLIER)
    activity["channelData"]["eventType"] = "channelMemberAdded" if bot == "came" else "channelMemberRemoved"
    return activity


@pytest.mark.parametrize("kind", ["private", "shared", ""])
def test_a_channel_of_its_own_people_takes_the_bot_out_and_the_team_has_it_still(kind: str) -> None:
    activity = by_a_channel(replace(CHANNEL, channel_type=kind), "went")
    assert gone(activity).key == CHANNEL.id
    assert (removed(activity).where, removed(activity).why) == (at(CHANNEL.id), "removed")


def test_two_channels_of_a_team_that_let_the_bot_in_are_two() -> None:
    closed = replace(CHANNEL, channel_type="private")
    other = replace(closed, id="19:lag79@thread.tacv2", name="Arbetslag 7-9")
    events = [heard(by_a_channel(where, "came")).event for where in (closed, other)]
    assert all(isinstance(one, BotAdded) for one in events)
    assert [(one.where, one.name) for one in events if isinstance(one, BotAdded)] == [
        (at(closed.id), "Arbetslag 4-6"),
        (at(other.id), "Arbetslag 7-9"),
    ]
    assert events[0].id != events[1].id
    told_again = installation(LENA, closed, at=EARLIER + timedelta(seconds=2))
    assert heard(told_again).event.id == events[0].id


def test_a_channel_is_deleted_and_comes_back() -> None:
    found = gone(about_channel("channelDeleted"))
    assert found.key == CHANNEL.id
    assert removed(about_channel("channelDeleted")).why == "deleted"
    back = happened(BotAdded, about_channel("channelRestored"))
    assert (back.where, back.name) == (at(CHANNEL.id), "Arbetslag 4-6")


def test_a_channel_gets_another_name() -> None:
    found = happened(PlaceMoved, about_channel("channelRenamed"))
    assert (found.where, found.to, found.name) == (at(CHANNEL.id), at(CHANNEL.id), "Arbetslag 4-6")


@pytest.mark.parametrize("kind", ["channelCreated", "teamRenamed", "channelShared", "somethingOfTomorrow"])
def test_what_changes_nothing_of_ours(kind: str) -> None:
    assert outcome(read(about_channel(kind))) == "unwatched"
    assert outcome(read(installation(LENA, TEAM, "somethingOfTomorrow"))) == "unknown_action"


def test_people_leave_a_team_together() -> None:
    found = heard(members(LENA, TEAM, went=[LENA, SAM]))
    assert isinstance(found.event, MemberLeft)
    assert found.event.where == at(TEAM.id)
    left = (found.event, *found.also)
    assert [one.who.user for one in left if isinstance(one, MemberLeft)] == [
        f"{TENANT}/{LENA.aad}",
        f"{TENANT}/{SAM.aad}",
    ]
    assert len({one.id for one in left}) == 2


def test_somebody_leaves_a_private_channel() -> None:
    activity = about_channel("channelMemberRemoved")
    activity["membersRemoved"] = [{"id": "29:0002", "aadObjectId": SAM.aad}]
    activity["channelData"]["channel"]["type"] = "private"
    found = happened(MemberLeft, activity)
    assert (found.where, found.who.user) == (at(CHANNEL.id), f"{TENANT}/{SAM.aad}")


def test_who_leaves_without_an_account_is_nobody() -> None:
    activity = members(LENA, TEAM, went=[SAM])
    del activity["membersRemoved"][0]["aadObjectId"]
    assert outcome(read(activity)) == "no_person"
    assert outcome(read(members(LENA, TEAM, came=[SAM]))) == "unwatched"


def test_when_the_bot_goes_with_others_it_is_the_bot_that_counts() -> None:
    assert outcome(read(members(LENA, TEAM, went=[SAM], bot="went"))) == "gone"
    assert outcome(read(members(LENA, TEAM, came=[SAM], bot="came"))) == "BotAdded"

"""Channels that people of other tenants share, and a team that breaks: nobody is proposed who is not ours."""

import asyncio
from datetime import timedelta

import structlog

from bot.domain.events import Event
from bot.messages.model import Quiet, Response
from bot.rehearsal import example
from bot.runtime.metrics import Counts
from bot.serve.sides import Working
from storage.errands import seen
from tests.graph.fake import ALL
from tests.graph.stage import GROUP, Stage, aad, channel
from tests.graph.test_rosters import KEY

ELSEWHERE = "99999999-0000-4000-8000-0000000000aa"
SHARED = channel("arbetslag-7-9")
SPOT = f"{GROUP}/{SHARED}"


async def shared(stage: Stage) -> None:
    """Vide is in the shared channel, Mira comes by another team of ours, Zoe by another tenant."""
    cloud = stage.graph.cloud
    cloud.channels[GROUP] = [
        {**one, "membershipType": "shared"} if one["id"] == SHARED else one for one in cloud.channels[GROUP]
    ]
    for slug, name, _, teams in example.PEOPLE:
        if any("7-9" in team for team in teams) and slug != "mira":
            cloud.join(SPOT, aad(slug), name)
    for slug, name in (("mira", "Mira Sjö"), ("zoe", "Zoe Holm")):
        cloud.join("by team", aad(slug), name)
    cloud.by_team[SPOT] = cloud.people.pop("by team")
    cloud.by_team[SPOT][-1]["tenantId"] = ELSEWHERE


def said_of(stage: Stage) -> set[str]:
    """Whose names the processledare has heard: everybody's who is new, or said to have left."""
    told = "\n".join(stage.heard("pia"))
    return {name for _, name, _, _ in (*example.PEOPLE, ("", "Zoe Holm", "", ())) if name in told}


def test_who_comes_by_another_team_is_not_said_to_have_left_and_another_tenants_people_are_not_ours() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await shared(stage)
            await stage.rosters()
            assert said_of(stage) == set()
            kept = await stage.run(lambda unit: seen.find(unit, KEY))
            assert kept is None or "Zoe" not in str(kept)
            assert stage.graph.made("all_members") == [SPOT]

    asyncio.run(play())


def test_another_tenants_people_are_not_ours_when_teams_tells_of_them_either() -> None:
    async def play() -> None:
        async with Stage() as stage:
            stage.graph.granted = ALL - {"TeamMember.Read.All"}
            stage.teams.cloud.person(aad("zoe"), "Zoe Holm", tenant=ELSEWHERE)
            for conversation in stage.teams.cloud.conversations.values():
                if conversation.kind == "channel":
                    conversation.members = [*conversation.members, aad("zoe")]
            await stage.rosters()
            assert said_of(stage) == set()

    asyncio.run(play())


def test_without_leave_to_read_a_channels_own_people_the_team_is_read_by_teams() -> None:
    async def play() -> None:
        async with Stage() as stage:
            await shared(stage)
            stage.graph.granted = ALL - {"ChannelMember.Read.All"}
            await stage.rosters()
            assert said_of(stage) == set()
            assert stage.side.errands
            assert set(stage.side.errands.missing) == {"roster"}

    asyncio.run(play())


def test_a_team_that_breaks_is_read_the_next_time_and_holds_up_no_other() -> None:
    async def play() -> None:
        async with Stage() as stage:
            told: list[str] = []

            async def dispatch(event: Event) -> Response:
                told.append(event.id)
                if len(told) == 1:
                    raise LookupError
                return Quiet()

            other, group = "19:other@thread.tacv2", GROUP.replace("00f0", "00f1")
            stage.teams.cloud.team(other, group, "En annan")
            stage.teams.cloud.channel(SHARED, "Arbetslag 7–9", other, [aad("mira")])
            await stage._knows(SHARED, "channel", SHARED, team=group, team_thread=other)
            rosters, working = stage.side.rosters, Working(stage.run, dispatch, stage.clock, Counts())
            stage.side.rosters = type(rosters)(working, stage.connector)
            with structlog.testing.capture_logs() as logs:
                for _ in range(3):
                    await stage.side.round()
                    stage.now += timedelta(minutes=5)
            assert len(told) == 2
            assert [one["action"] for one in logs if one["log_level"] == "error"] == ["graph.roster_broke"]

    asyncio.run(play())

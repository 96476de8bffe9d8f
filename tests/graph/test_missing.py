"""What is not allowed, or breaks, is missing by itself: nothing of it is in the way of anything else."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest
import structlog

from bot.serve.graph.side import Pace
from handlers.errands.here import Chosen
from handlers.errands.settled import Page
from tests.graph.fake import ALL, TENANT, Fault
from tests.graph.stage import GROUP, Stage, aad
from tests.graph.test_side import EVERYTHING, FILE, TEAM_46_CHANNEL, promise_to, until_friday
from tests.waiting import DEADLINE, until


def test_what_is_not_allowed_is_missing_by_itself_and_said_once() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            stage.graph.granted = ALL - {"Calendars.ReadWrite"}
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)
            with structlog.testing.capture_logs() as logs:
                await stage.errands()
                assert len(stage.graph.made("meet")) == 1  # nothing else of hers would be allowed
                for _ in range(2):
                    await stage.errands()
            assert [one for one in logs if one["action"] == "graph.missing"] == [
                {
                    "event": "not_allowed",
                    "action": "graph.missing",
                    "kind": "calendar",
                    "code": "Forbidden",
                    "log_level": "warning",
                }
            ]
            assert list(stage.graph.cloud.files) == [FILE]
            assert stage.graph.cloud.notices == [(GROUP, aad("rut"), "summaryReady")]
            assert len(stage.graph.made("meet")) == 1
            (lacks,) = [one for one in stage.side.samples() if one.name == "nulage_graph_missing"]
            assert lacks.values == {"calendar": 1.0}
            stage.graph.granted = ALL
            stage.now += timedelta(hours=7)
            await stage.errands()
            assert stage.graph.cloud.meetings(aad("sam"))
            assert not stage.side.errands or not stage.side.errands.missing

    asyncio.run(play())


def test_each_grant_missing_takes_away_what_it_gives_and_no_more() -> None:
    gives = {
        "Calendars.ReadWrite": "calendar",
        "Files.ReadWrite.All": "files",
        "TeamsActivity.Send": "feed",
        "TeamsAppInstallation.ReadWriteSelfForUser.All": "install",
    }

    async def play(grant: str) -> None:
        async with Stage(EVERYTHING) as stage:
            stage.graph.granted = ALL - {grant}
            await stage.references.forget(TENANT, f"@{aad('lena')}")
            stage.teams.cloud.people[aad("lena")].installed = False
            stage.teams.cloud.people[aad("rut")].blocked = True
            stage.teams.cloud.conversations[TEAM_46_CHANNEL].members.clear()
            await until_friday(stage)
            await promise_to(stage, "lena", "welcome:x")
            await stage.errands()
            cloud = stage.graph.cloud
            did = {
                "calendar": bool(cloud.meetings(aad("sam"))),
                "files": bool(cloud.files),
                "feed": bool(cloud.notices),
                "install": bool(cloud.installed),
            }
            assert did == {one: one != gives[grant] for one in gives.values()}
            assert stage.side.errands
            assert set(stage.side.errands.missing) == {gives[grant]}

    for grant in gives:
        asyncio.run(play(grant))


def test_a_tenant_that_refuses_us_stops_it_all_calmly_and_people_notice_nothing() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            stage.graph.login_refused = 7000229
            await until_friday(stage)
            await stage.errands()
            assert stage.graph.logins == 1
            assert stage.graph.calls == []
            assert any(
                "Björkskolan" in said or "sammanfattning" in said.lower() for said in stage.heard("rut")
            )
            assert stage.side.hindrances() == ()
            stage.graph.login_refused = 0
            stage.now += timedelta(minutes=11)
            await stage.errands()
            assert list(stage.graph.cloud.files) == [FILE]

    asyncio.run(play())


def test_a_file_that_cannot_be_made_holds_up_nothing_else() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            stage.teams.cloud.people[aad("rut")].blocked = True
            await until_friday(stage)

            def broken(page: Page) -> bytes:
                raise LookupError(page.message.title)

            stage.side = stage.started(draw=broken)
            with structlog.testing.capture_logs() as logs:
                await stage.errands()
            assert [one["action"] for one in logs if one["log_level"] == "error"] == ["graph.broke"]
            assert stage.graph.cloud.notices
            assert stage.graph.cloud.meetings(aad("sam"))

    asyncio.run(play())


def test_it_runs_by_itself_and_ends_when_told_in_the_middle_of_a_call() -> None:
    async def play() -> None:
        async with Stage(EVERYTHING) as stage:
            await stage.plan()
            stage.graph.faults["meet"] = Fault(0, after=True)
            stage.side = stage.started(pace=Pace(first=0, ending=0.01))
            working = asyncio.create_task(stage.side.run())
            await until(lambda: stage.graph.cloud.meetings(aad("sam")))
            await stage.side.shut()
            async with asyncio.timeout(DEADLINE):
                await working
            await stage.side.close()
            stage.side = stage.started(pace=Pace(first=0))
            stage.now += timedelta(minutes=11)
            working = asyncio.create_task(stage.side.run())
            await until(lambda: stage.side.rounds)
            await stage.side.shut()
            await working
            assert len(stage.graph.cloud.meetings(aad("sam"))) == 5

    asyncio.run(play())


def test_without_graph_the_side_does_what_needs_none() -> None:
    async def play() -> None:
        async with Stage(Chosen(calendar="links")) as stage:
            stage.side = stage.started(graph=False)
            await stage.plan()
            await stage.side.round()
            await stage.app.settle()
            assert stage.graph.logins == 0
            assert any("kalendern" in said for said in stage.heard("sam"))
            assert stage.side.samples() == ()

    asyncio.run(play())


IMPORT = """
import asyncio, sys, threading
from contextlib import suppress
class Watch:
    seen = {}
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"msgraph", "msgraph_core", "kiota_http"}:
            self.seen.setdefault(name.split(".")[0], threading.current_thread().name)
sys.meta_path.insert(0, Watch())
import bot.serve.graph.side
assert not Watch.seen, Watch.seen
from bot.platforms.graph.aside import Aside
from bot.platforms.graph.port import GraphRefused
from bot.platforms.graph.sdk import SdkGraph
from bot.platforms.graph.tokens import Registration
async def main():
    aside = Aside("aside")
    graph = SdkGraph(Registration("t", "c", "s", "http://127.0.0.1:9", "http://127.0.0.1:9/v1.0"), aside)
    turns = 0
    async def turn():
        nonlocal turns
        while True:
            await asyncio.sleep(0.001)
            turns += 1
    turning = asyncio.create_task(turn())
    with suppress(GraphRefused):  # nobody listens there
        await getattr(graph, sys.argv[1])(*sys.argv[2:])
    turning.cancel()
    assert Watch.seen["msgraph"] == "aside", Watch.seen
    assert set(Watch.seen.values()) == {"aside"}, Watch.seen
    assert turns >= 5, turns
    await graph.close()
    await aside.stop()
asyncio.run(main())
"""


@pytest.mark.parametrize("asked", [("warm",), ("members", "a-team")], ids=["warmed", "called"])
def test_the_sdk_is_imported_when_it_is_needed_and_never_on_the_loop(asked: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT, *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""`nulage serve` with one chat alone: from nothing to ready, and the most memory that one event took."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.bench.start import Started, median, run
from tests.serving import calls, served, slack_with_school, started
from tests.slack import payloads
from tests.slack.school import channel_of, user_of
from tests.teams import school
from tests.teams.sender import Sender
from tests.test_serve_teams import ROOM, invited, said_in, settings, teams_with_school
from tests.waiting import until

IMPORTS = "import sqlalchemy, pydantic, starlette.applications, uvicorn, "


def measure(rounds: int) -> tuple[Started, Started]:
    """Return the bare imports and our readiness with Slack, each the median of alternating rounds."""
    return _alternating(rounds, "slack_bolt.app.async_app", _with_slack)


def measure_teams(rounds: int) -> tuple[Started, Started]:
    """The same with Teams."""
    return _alternating(rounds, "microsoft_teams.apps", _with_teams)


def _alternating(rounds: int, sdk: str, serve: Callable[[], Awaitable[Started]]) -> tuple[Started, Started]:
    async def serving() -> Started:
        return await serve()

    bare, ours = [], []
    for _ in range(rounds):
        bare.append(run(IMPORTS + sdk))
        ours.append(asyncio.run(serving()))
    return median(bare), median(ours)


async def _with_teams() -> Started:
    with tempfile.TemporaryDirectory() as folder:
        async with teams_with_school(Path(folder), open_door=False) as teams:
            begun = time.perf_counter()
            async with started(Path(folder), settings(teams, Path(folder))) as bot:
                await bot.ready()
                seconds = time.perf_counter() - begun
                await Sender(teams, bot.client).deliver(invited(teams))
                await until(lambda: said_in(teams, school.channel_of(ROOM)))
                megabytes = _peak(bot.process.pid)
                await bot.told()
    return Started(seconds, megabytes)


async def _with_slack() -> Started:
    with tempfile.TemporaryDirectory() as folder:
        async with slack_with_school(Path(folder)) as slack:
            begun = time.perf_counter()
            async with served(slack, Path(folder)) as bot:
                await bot.ready()
                seconds = time.perf_counter() - begun
                joined = payloads.joined(slack.workspace, channel_of("#arbetslag-4-6"), user_of("pia"))
                await bot.sender.event(payloads.event(slack.workspace, joined))
                await until(lambda: calls(slack, "chat.postMessage"))
                megabytes = _peak(bot.process.pid)
                await bot.told()
    return Started(seconds, megabytes)


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

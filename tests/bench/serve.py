"""`nulage serve` with Slack alone: from nothing to ready, and the most memory it took to take an event in."""

import asyncio
import tempfile
import time
from pathlib import Path

from tests.bench.start import Started, median, run
from tests.serving import calls, served, slack_with_school
from tests.slack import payloads
from tests.slack.school import channel_of, user_of
from tests.waiting import until

IMPORTS = "import sqlalchemy, pydantic, starlette.applications, uvicorn, slack_bolt.app.async_app"


def measure(rounds: int) -> tuple[Started, Started]:
    """Return the bare imports and our readiness, each the median of alternating rounds."""
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(run(IMPORTS))
        ours.append(asyncio.run(_served()))
    return median(bare), median(ours)


async def _served() -> Started:
    with tempfile.TemporaryDirectory() as folder:
        async with slack_with_school(Path(folder)) as slack:
            started = time.perf_counter()
            async with served(slack, Path(folder)) as bot:
                await bot.ready()
                seconds = time.perf_counter() - started
                joined = payloads.joined(slack.workspace, channel_of("#arbetslag-4-6"), user_of("pia"))
                await bot.sender.event(payloads.event(slack.workspace, joined))
                await until(lambda: calls(slack, "chat.postMessage"))
                megabytes = _peak(bot.process.pid)
                await bot.told()
    return Started(seconds, megabytes)


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

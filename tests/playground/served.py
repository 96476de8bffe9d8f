"""`nulage serve` with a clock that can be wound: a process of its own, told what to do on its standard input.

Run as `python -m tests.playground.served SECONDS_AHEAD`. Each line in is a moment (ISO 8601) to wind to;
each line out is the seconds that the clock is ahead then, when all that was due has happened.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from bot.rehearsal.winding import wind
from bot.runtime.clock import Clock
from bot.runtime.logs import set_up_logs
from bot.runtime.port import listen
from bot.serve.running import Running
from bot.settings import read_settings
from prompts.book import load_prompts
from storage.store import open_store
from tests.playground.school import found


async def told(running: Running, clock: Clock) -> None:
    """Wind the clock as told."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        await wind(running._app, datetime.fromisoformat(line.decode().strip()))
        print(clock.offset.total_seconds(), flush=True)


async def work(ahead: float) -> int:
    settings = read_settings()
    set_up_logs(settings.log_format)
    clock = Clock()
    clock.offset = timedelta(seconds=ahead)
    store = open_store(settings.database_url)
    found(store, (datetime.now(UTC) + clock.offset).date())
    running = Running(settings, store, load_prompts(), clock)
    with listen(0, settings.http.host, choose="") as listening:
        listener = asyncio.create_task(told(running, clock))
        code = await running.run(listening, lambda said: print(said, flush=True))
        listener.cancel()
    return code


if __name__ == "__main__":
    sys.exit(asyncio.run(work(float(sys.argv[1]))))

"""Starting: time and peak memory from nothing to the first answer, against the bare imports."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

IMPORTS = "import sqlalchemy, pydantic, starlette.applications"
FIRST_ANSWER = """
import sys
from datetime import UTC, datetime
from bot.app import App
from bot.domain.events import Commanded
from bot.domain.school import Account, Place
from bot.rehearsal import example
from bot.runtime.clock import Clock
from prompts.book import load_prompts
from storage.store import open_store
store = open_store(sys.argv[1])
app = App(store, load_prompts(), {}, Clock())
app.start()
now = datetime.now(UTC)
if len(sys.argv) > 2:
    with store.begin() as unit:
        example.found(unit, "web", now.date())
place = Place(platform="web", address="@lena")
lena = Account(platform="web", user="lena")
asked = Commanded(id=f"a{now}", at=now, who=lena, where=place, command="hjälp")
print(app.dispatcher.dispatch(asked).result().kind)
app.stop()
"""
PEAK = """
import pathlib, sys
status = pathlib.Path("/proc/self/status").read_text()
print(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1], file=sys.stderr)
"""


class Started(NamedTuple):
    seconds: float
    megabytes: float


def measure(rounds: int) -> tuple[Started, Started]:
    """Return the bare imports and our first answer, each the median of alternating rounds."""
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'nulage.sqlite3'}"
        run(FIRST_ANSWER, url, "found")
        for _ in range(rounds):
            bare.append(run(IMPORTS))
            ours.append(run(FIRST_ANSWER, url))
    return median(bare), median(ours)


def run(program: str, *arguments: str) -> Started:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program + PEAK, *arguments], capture_output=True, text=True, check=True
    )
    return Started(time.perf_counter() - started, int(done.stderr.split()[-1]) / 1024)


def median(runs: list[Started]) -> Started:
    return Started(
        statistics.median(one.seconds for one in runs), statistics.median(one.megabytes for one in runs)
    )

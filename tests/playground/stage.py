"""The bot and its Playgrounds side by side, with clocks that are wound together, and windows on them."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser

from bot.rehearsal.provrum import ZONE
from tests.playground.acting import Colleague
from tests.playground.tool import playing
from tests.playground.window import Window, window_on
from tests.serving import OPEN, database
from tests.teams.state import APP, TENANT, Json

START = datetime(2026, 11, 23, 8, tzinfo=ZONE)
"""A Monday in the middle of a term, whatever day it is."""

ROOT = Path(__file__).parents[2]


class Bot:
    """`nulage serve` with a clock that can be wound. `ahead` is how many seconds."""

    def __init__(self, process: subprocess.Popen[str], ahead: float, log: Path) -> None:
        self.process = process
        self.ahead = ahead
        self._log = log
        said = self._line()
        assert said.startswith(OPEN), log.read_text()
        self.address = f"http://{said.removeprefix(OPEN).split('. ')[0]}"

    def wind(self, to: datetime) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{to.isoformat()}\n")
        self.process.stdin.flush()
        self.ahead = float(self._line())

    def complaints(self) -> list[str]:
        """What it has logged that is more than information."""
        return [line for line in self._log.read_text().splitlines() if '"level": "info"' not in line]

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


class Stage:
    """Everything that a test of the Playground does and sees."""

    def __init__(self, bot: Bot, opened: Callable[[str], Window]) -> None:
        self.bot = bot
        self._opened = opened
        self._windows: dict[str, Window] = {}
        self.lena = self.window("lena")

    def window(self, slug: str) -> Window:
        """Somebody's window, opened when it is first needed. Only Lena's is on channel and group chat."""
        if slug not in self._windows:
            self._windows[slug] = self._opened(slug)
            self._windows[slug].playground.wind(self.bot.ahead)
        return self._windows[slug]

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.bot.ahead)

    def wind(self, to: datetime) -> None:
        """Move all clocks forward; everything due on the way happens."""
        self._wind_windows((to - datetime.now(UTC)).total_seconds())
        self.bot.wind(to)
        self._wind_windows(self.bot.ahead)

    def _wind_windows(self, ahead: float) -> None:
        for window in self._windows.values():
            window.playground.wind(ahead)

    def colleague(self, slug: str) -> Colleague:
        return Colleague(slug, self.lena.playground, self.now)

    def inbound(self) -> list[Json]:
        """The activities that the bot was sent, from all windows."""
        return [one for window in self._windows.values() for one in window.playground.inbound()]


@contextmanager
def staged(program: Path, folder: Path, browser: Browser) -> Iterator[Stage]:
    """Björkskolan, at START; all of it on loopback, and all of it gone afterwards."""
    ahead = (START - datetime.now(UTC)).total_seconds()
    with _serving(folder, ahead) as bot, ExitStack() as opened:

        def window(slug: str) -> Window:
            place = folder / slug
            place.mkdir()
            endpoint = f"{bot.address}/api/messages"
            playground = opened.enter_context(playing(program, place, endpoint, ahead, slug))
            return opened.enter_context(window_on(browser, playground))

        yield Stage(bot, window)


@contextmanager
def _serving(folder: Path, ahead: float) -> Iterator[Bot]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("NULAGE_")},
        "NULAGE_DATABASE_URL": database(folder),
        "NULAGE_HTTP__PORT": "0",
        "NULAGE_LOG_FORMAT": "json",
        "NULAGE_TEAMS__CLIENT_ID": APP,
        "NULAGE_TEAMS__TENANT_ID": TENANT,
        "NULAGE_TEAMS__DANGEROUSLY_ALLOW_UNAUTHENTICATED": "true",
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.playground.served", str(ahead)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    with process:
        try:
            yield Bot(process, ahead, folder / "log")
        finally:
            process.kill()

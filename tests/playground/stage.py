"""The bot and the Playground side by side, with clocks that are wound together, and a window on them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Route, expect

from bot.rehearsal.provrum import ZONE
from tests.browser.conftest import ARTEFACTS, PATIENCE
from tests.playground.acting import Colleague
from tests.playground.school import NAME
from tests.playground.tool import Playground, playing
from tests.serving import OPEN, database
from tests.teams.state import APP, TENANT

START = datetime(2026, 11, 23, 8, tzinfo=ZONE)
"""A Monday in the middle of a term, whatever day it is."""

ROOT = Path(__file__).parents[2]
WORDS = "[role=textbox][contenteditable]"


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

    def __init__(self, bot: Bot, playground: Playground, page: Page) -> None:
        self.bot = bot
        self.playground = playground
        self.page = page

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.bot.ahead)

    def wind(self, to: datetime) -> None:
        """Move both clocks forward; everything due on the way happens."""
        self.playground.wind((to - datetime.now(UTC)).total_seconds())
        self.bot.wind(to)
        self.playground.wind(self.bot.ahead)

    def colleague(self, slug: str) -> Colleague:
        return Colleague(slug, self.playground, self.now)

    def go(self, chat: str) -> None:
        """Open a chat or a channel from the list."""
        self.page.get_by_role("treeitem", name=re.compile(f"{re.escape(chat)}$")).click()

    def thread(self, words: str) -> Locator:
        """The newest thread of a channel that has these words in it."""
        threads = self.page.get_by_role("group").filter(has=self.page.locator(WORDS))
        return threads.filter(has_text=words).first

    def press(self, title: str, within: Locator | None = None) -> None:
        """Press the newest button with this title."""
        (within or self.page).get_by_role("button", name=title, exact=True).last.click()

    def told(self, words: str, within: Locator | None = None) -> None:
        """Wait until it can be read."""
        expect((within or self.page).get_by_text(words).last).to_be_visible(timeout=PATIENCE)

    def say(self, words: str, within: Locator | None = None, *, to_bot: bool = False) -> None:
        """Write in the chat or in a thread; a mention is chosen from the list, as people do."""
        (within or self.page).locator(WORDS).last.click()
        if to_bot:
            self.page.keyboard.type(f"@{NAME[:2]}")
            self.page.get_by_role("menuitem", name=NAME).click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")

    def keep(self, name: str) -> None:
        """Keep a picture of the window in `artefacts/`."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"playground-{name}.png")


@contextmanager
def staged(program: Path, folder: Path, browser: Browser) -> Iterator[Stage]:
    """Björkskolan, at START; all of it on loopback, and all of it gone afterwards."""
    ahead = (START - datetime.now(UTC)).total_seconds()
    with _serving(folder, ahead) as bot:
        endpoint = f"{bot.address}/api/messages"
        with playing(program, folder, endpoint, ahead) as playground, _window(browser, playground) as page:
            yield Stage(bot, playground, page)


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


@contextmanager
def _window(browser: Browser, playground: Playground) -> Iterator[Page]:
    """Lena's window. Its page asks others for fonts; nothing leaves this machine."""
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 1100})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.route("**/*", _here)
    page.goto(playground.address)
    yield page
    context.close()


def _here(route: Route) -> None:
    if urlsplit(route.request.url).hostname in {"127.0.0.1", "localhost"}:
        route.continue_()
    else:
        route.abort()

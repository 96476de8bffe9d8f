"""What one person sees in a Playground, and what they do there: real clicks and keys in a real Chromium."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, ProxySettings, expect

from bot.rehearsal.provrum import ZONE
from tests.browser.conftest import ARTEFACTS
from tests.playground.school import NAME
from tests.playground.tool import Playground
from tests.waiting import DEADLINE

PATIENCE = DEADLINE * 1000
"""Milliseconds: three windows, a bot and a browser on a busy machine take their time."""

NOWHERE = ProxySettings(server="http://127.0.0.1:1", bypass="127.0.0.1,localhost")
"""Nobody listens there: what is not on this machine cannot be reached. To ask us of each request is dear."""

JOINER = "\u2060"
WORDS = "[role=textbox][contenteditable]"
ALONE = "Personal Chat"
"""What the Playground calls the chat between the bot and whoever clicks."""


def read(words: str) -> re.Pattern[str]:
    """These words as they are read: a card has joiners in them, which nobody sees and Markdown stops at."""
    return re.compile(f"{JOINER}*".join(re.escape(one) for one in words))


class Window:
    """A window on a Playground of its own."""

    def __init__(self, playground: Playground, page: Page) -> None:
        self.playground = playground
        self.page = page

    def go(self, chat: str) -> None:
        """Open a chat or a channel from the list."""
        self.page.get_by_role("treeitem", name=re.compile(f"{re.escape(chat)}$")).click()

    def thread(self, words: str) -> Locator:
        """The newest thread of a channel that has these words in it."""
        threads = self.page.get_by_role("group").filter(has=self.page.locator(WORDS))
        return threads.filter(has_text=read(words)).first

    def press(self, title: str, within: Locator | None = None) -> None:
        """Press the newest button with this title."""
        (within or self.page).get_by_role("button", name=title, exact=True).last.click()

    def choose(self, option: str, within: Locator | None = None) -> None:
        """Choose the newest option with this name, once it is there."""
        (within or self.page).get_by_role("radio", name=read(option)).last.check()

    def card(self, title: str) -> Locator:
        """The newest card with this title."""
        return self.page.locator(".ac-adaptiveCard").filter(has=self.headed(title)).last

    def headed(self, title: str) -> Locator:
        """The headings that have this title."""
        return self.page.get_by_role("heading", name=read(title))

    def told(self, words: str, within: Locator | None = None) -> None:
        """Wait until it can be read."""
        expect((within or self.page).get_by_text(read(words)).last).to_be_visible()

    def stands(self, words: str, within: Locator) -> None:
        """Wait until it can be read and is the last that was sent: nothing on its way moves the buttons."""
        self.told(words, within)
        self.playground.until(lambda: words in str(self.playground.posts()[-1].activity) or None)

    def say(self, words: str, within: Locator | None = None, *, to_bot: bool = False) -> None:
        """Write in the chat or in a thread; a mention is chosen from the list, as people do."""
        self._write((within or self.page).locator(WORDS).last, words, to_bot=to_bot)
        self.page.keyboard.press("Enter")

    def _write(self, box: Locator, words: str, *, to_bot: bool) -> None:
        box.click()
        if to_bot:
            self.page.keyboard.type(f"@{NAME[:2]}")
            self.page.get_by_role("menuitem", name=NAME).click()
        self.page.keyboard.insert_text(words)

    def post(self, words: str) -> None:
        """Begin a thread in the channel with words to the bot."""
        self._write(self.page.locator(WORDS).first, words, to_bot=True)
        self.page.get_by_role("button", name="Post", exact=True).click()

    def keep(self, name: str, of: Locator | None = None) -> None:
        """Keep a picture of the window in `artefacts/`, with the whole of what it is a picture `of` in it."""
        ARTEFACTS.mkdir(exist_ok=True)
        if of is not None:
            of.scroll_into_view_if_needed()
            expect(of).to_be_in_viewport(ratio=1)
        self.page.screenshot(path=ARTEFACTS / f"playground-{name}.png")


@contextmanager
def window_on(browser: Browser, playground: Playground) -> Iterator[Window]:
    """Its page asks others for fonts; nothing leaves this machine."""
    context = browser.new_context(
        locale="sv-SE", timezone_id=ZONE.key, viewport={"width": 1280, "height": 1100}, proxy=NOWHERE
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    page.goto(playground.address)
    yield Window(playground, page)
    context.close()

"""A real Chromium and a provrum on a port of its own. `served` is the only part that knows the fake bot."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from starlette.applications import Starlette

from bot.domain.value import PersonId
from bot.messages.model import Message, Paragraph
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.door import local_hosts
from bot.platforms.web.lines import Draft
from bot.platforms.web.listen import build_app
from tests.chromium import launch
from tests.platforms.web_stage import CHANNEL, QUESTION, STAGE, START, SUMMARY, FakeEngine

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
TOKEN = "hemligt"
PATIENCE = 10_000


@dataclass(frozen=True)
class Served:
    """A provrum that answers, and where."""

    address: str
    chat: ChatLog
    restart: Callable[[], None] = lambda: None


@pytest.fixture
def served() -> Iterator[Served]:
    """Serve a small school with a fake bot; swap this fixture to run the same tests on the real one."""
    chat = ChatLog()
    engine = FakeEngine(chat)
    with ThreadPoolExecutor(1) as aside:  # Playwright's loop runs in this thread
        aside.submit(lambda: asyncio.run(_furnish(engine))).result()
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = build_app(STAGE, chat, engine, token=TOKEN, hosts=local_hosts(port))
    running = [Serving(app, listening)]

    def restart() -> None:
        running.pop().stop()
        running.append(Serving(app, socket.create_server(("127.0.0.1", port))))

    yield Served(f"http://127.0.0.1:{port}", chat, restart)
    running.pop().stop()
    chat.close()


class Serving:
    """An app that runs in a thread until it is stopped."""

    def __init__(self, app: Starlette, listening: socket.socket) -> None:
        config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=0)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listening],))
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


async def _furnish(engine: FakeEngine) -> None:
    root = await engine.say(SUMMARY)
    question = await engine.say(QUESTION)
    said = (("lena", "Vi hann med två läsgrupper i dag.", None), ("omar", "Bra! Då tar jag bokpratet.", None))
    replies = (
        ("omar", "Ska vi skriva om tyst läsning?", question),
        ("lena", "Ja, det tar vi med.", question),
    )
    for author, text, thread in said + replies:
        draft = Draft(address=CHANNEL, at=START, key=text, author=author, text=text, thread=thread)
        engine.chat.post(draft)
    hello = Message(title="Hej Lena", blocks=(Paragraph(text="Här är det bara du och jag."),))
    await engine.say(hello, "@lena")
    private = Draft(address=CHANNEL, at=START, key="p", only_to=PersonId("p-lena"), message=hello)
    engine.chat.post(private)
    assert root < question


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium. Not for the whole session: Playwright's loop would stand in asyncio.run's way."""
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a window at an address as one persona; it must end without a word on its console."""
    complaints: list[str] = []
    contexts = []

    def open_(address: str, who: str, path: str, *, token: str = TOKEN, **look: object) -> Page:
        context = browser.new_context(locale="sv-SE", **look)  # type: ignore[arg-type]  # Playwright checks what it is given
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.request.get(f"{address}/t/{token}", max_redirects=0)  # leaves the cookie
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/som/{who}{path}")
        if look.get("java_script_enabled", True):
            page.wait_for_selector("body[data-live=yes]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def window(served: Served, opened: Open) -> Open:
    """Open a window to the small school with the fake bot. It is shut first: the server waits for it."""

    def open_(who: str = "lena", path: str = "/kanal/arbetslag-4-6", **look: object) -> Page:
        return opened(served.address, who, path, **look)

    return open_


def _bad(said: ConsoleMessage) -> bool:
    """Say whether it is a complaint; an answer of 422 or 503, or a server we stopped, is none."""
    known = ("status of 422", "status of 503", "ERR_")
    meant = said.location["url"].endswith("finns-inte") or any(words in said.text for words in known)
    return said.type == "error" and not meant


@pytest.fixture
def keep() -> Callable[[Page, str], None]:
    """Keep a picture of a window in `artefacts/`."""

    def picture(page: Page, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"provrum-{name}.png")

    return picture

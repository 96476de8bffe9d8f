"""Microsoft's own renderer of Adaptive Cards in a real Chromium, dressed like Teams: a second opinion."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.chromium import launch
from tests.fetched import fetch

TOOLS = ("adaptivecards@3.0.6", "markdown-it@14.1.0")
HOST = Path(__file__).with_name("card_host.html")
ARTEFACTS = Path(__file__).parents[2] / "artefacts"
EAGER = """
    const eager = markdownit({ html: true, linkify: true });
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = eager.render(text);
      result.didProcess = true;
    };
"""
"""Markdown read as eagerly as can be: what is inert here is inert in Teams."""


TEAMS_OWN = tuple(
    f'Unknown element type "{kind}". Fallback will be used if present.'
    for kind in ("Chart.HorizontalBar", "ProgressBar")
)
LANG = 'Invalid value "sv" for property "lang".'
"""A slip of the renderer's: its pattern remembers where it stopped, and so refuses every other card."""


class Shown(NamedTuple):
    """What the renderer made of a card.

    `events` are complaints from parsing, `faults` from its validation. `active` is every element in it that
    only markup makes: links, emphasis, lists.
    """

    text: str
    events: tuple[str, ...]
    faults: tuple[str, ...]
    active: tuple[str, ...]


class Card(NamedTuple):
    """A card and the name above it. One that does not stay is taken away when it has been read."""

    name: str
    json: Mapping[str, Any]
    stays: bool = True


class Window:
    """A page that cards are shown on, one after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, name: str, card: Mapping[str, Any]) -> Shown:
        """Show a card after the others."""
        return self.show_all([Card(name, card)])[0]

    def show_all(self, cards: Iterable[Card]) -> list[Shown]:
        """Show them one after the other, at one go: the browser lays the page out once."""
        told = self.page.evaluate(
            """cards => cards.map(([name, card, stays]) => {
                const said = show(name, card);
                if (!stays) document.querySelector("main").lastChild.remove();
                return said;
            })""",
            [list(card) for card in cards],
        )
        return [
            Shown(
                said["text"],
                tuple(one for one in said["events"] if one not in {*TEAMS_OWN, LANG}),
                tuple(said["faults"]),
                tuple(said["active"]),
            )
            for said in told
        ]

    def clear(self, look: str = "") -> None:
        """Take the cards away; `alone` is the width of one message."""
        self.page.evaluate(
            "look => { const m = document.querySelector('main'); m.innerHTML = ''; m.className = look }", look
        )

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page in `artefacts/`."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.locator("main").screenshot(path=ARTEFACTS / f"teams-{name}.png")


@contextmanager
def opened(folder: Path) -> Iterator[Window]:
    """Fetch the renderer into a folder, and open a window with it; complaints on its console are a fault."""
    fetch(folder, *TOOLS)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(locale="sv-SE", viewport={"width": 1640, "height": 900})
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(HOST.as_uri())
        for script in ("adaptivecards/dist/adaptivecards.js", "markdown-it/dist/markdown-it.js"):
            page.add_script_tag(path=folder / "node_modules" / script)
        page.evaluate(f"() => {{{EAGER}}}")
        yield Window(page)
        browser.close()
    assert complaints == []

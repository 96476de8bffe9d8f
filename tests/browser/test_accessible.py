"""axe-core finds nothing against WCAG 2.2 AA in any view, in any look; a picture of each is kept.

The first walk goes through what the real bot says, the second through what is left of the pages
themselves, with the fake bot: every kind of block, the dialogs of the chat, errors.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.messages import charts
from tests.browser.conftest import TOKEN, Open
from tests.browser.journey import NUMBER, ROUND, Keep, choose, press, say, submit, told
from tests.browser.real import ToldSchool

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # to describe all that is well takes three times as long
}
LOOKS: dict[str, dict[str, object]] = {
    "ljus": {"viewport": {"width": 1280, "height": 860}},
    "mork": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "telefon": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
View = Callable[[Page], None]


def to(page: Page, path: str) -> None:
    page.goto(page.url.split("/som/", maxsplit=1)[0] + path)
    page.wait_for_selector("body[data-live=yes]")


def drawn(page: Page) -> None:
    """Wait until the newest chart is a picture; a broken one fails here."""
    chart = page.locator(".chart img").last
    chart.scroll_into_view_if_needed()
    assert chart.evaluate("image => image.decode().then(() => image.naturalWidth)") == charts.WIDTH


# what the real bot says


def question(page: Page) -> None:
    told(page, "har svarat")


def filling(page: Page) -> None:
    press(page, "Svara")
    page.wait_for_selector("dialog[open]")


def stopped(page: Page) -> None:
    choose(page, "Ganska tydligt")
    page.locator("dialog textarea").first.fill(f"Eleven med {NUMBER} når målen.")
    submit(page)
    page.get_by_role("radio", name="Maskera").wait_for()


def dialogue(page: Page) -> None:
    page.keyboard.press("Escape")  # a form that is left open would be open again there
    to(page, "/som/sam/kanal/arbetslag-4-6")
    page.locator(".room .replies").last.click()
    told(page, "Hur mycket kan ni själva påverka", ".thread")


def winding(page: Page) -> None:
    to(page, "/som/sam/kanal/arbetslag-4-6")
    page.get_by_role("link", name="Spola fram").click()
    page.wait_for_selector("dialog[open]")


def week(page: Page) -> None:
    to(page, "/som/rut/direkt")
    told(page, "Veckan på Björkskolan, v. 48")


def state(page: Page) -> None:
    to(page, "/som/lena/direkt")
    say(page, "/nuläge")
    page.get_by_text("Siffrorna som tabell").last.click()
    drawn(page)


REAL = (question, filling, stopped, dialogue, winding, week, state)


@pytest.fixture(scope="module")
def school() -> Iterator[ToldSchool]:
    school = ToldSchool(ROUND, TOKEN)
    yield school
    school.stop()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_what_the_bot_says(
    school: ToldSchool, opened: Open, keep: Keep, look: str
) -> None:
    page = opened(school.address, "sam", "/kanal/arbetslag-4-6", **LOOKS[look])
    assert faults(page, REAL, keep, look) == {}


# the rest of the pages


def every_block(page: Page) -> None:
    page.locator("summary", has_text="Siffrorna").click()
    drawn(page)


def mistaken(page: Page) -> None:
    page.get_by_role("button", name="Svara nu").first.click()
    page.get_by_role("button", name="Spara svaret").click()
    page.wait_for_selector("dialog .alert")


def commands(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Svara nu").first).to_be_focused()  # only then is it all closed
    page.locator("#skriv").press_sequentially("/")
    page.wait_for_selector("[role=listbox]:not([hidden])")


def mend(page: Page) -> None:
    page.fill("#skriv", "")
    page.locator(".mine", has_text="två läsgrupper").hover()
    page.locator(".mine", has_text="två läsgrupper").get_by_role("link", name="Ändra").click()
    page.wait_for_selector("dialog[open]")


def elsewhere(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator(".line.bot .aside").first.dispatch_event("click")  # a phone does not show it
    page.wait_for_selector("dialog[open] pre")


def thread(page: Page) -> None:
    page.keyboard.press("Escape")
    page.click(".replies")
    page.wait_for_selector("aside.thread .line")


def over(page: Page) -> None:
    page.goto(page.url.split("/kanal/", maxsplit=1)[0] + "/borja-om")


def start(page: Page) -> None:
    page.goto(page.url.split("/som/", maxsplit=1)[0])


def lost(page: Page) -> None:
    page.goto(page.url.rstrip("/") + "/som/lena/kanal/finns-inte")


REST = (every_block, mistaken, commands, mend, elsewhere, thread, over, start, lost)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_the_rest(window: Open, keep: Keep, look: str) -> None:
    page = window(**LOOKS[look])
    assert faults(page, REST, keep, look) == {}


def faults(page: Page, views: Iterable[View], keep: Keep, look: str) -> dict[str, Any]:
    """Walk through the views; return what axe, and our own eye for the frame, find in each."""
    found = {}
    for view in views:
        view(page)
        keep(page, f"{view.__name__}-{look}")
        told = Axe().run(page, options=RULES)
        frame = (page.locator("h1").count(), page.locator("main").count())
        if told.violations_count or frame != (1, 1):
            found[view.__name__] = (frame, told.generate_report())
    assert page.locator("html").get_attribute("lang") == "sv"
    return found

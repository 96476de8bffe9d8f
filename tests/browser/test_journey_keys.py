"""A whole answer without a mouse, on the real bot: from the top of the page to the receipt."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import TOKEN, Open
from tests.browser.journey import PLANNED, choose, press, submit, told
from tests.browser.real import ToldSchool

NAME = """() => { const e = document.activeElement; const label = e.labels?.[0];
  return (label || e.closest('fieldset')?.querySelector('legend') || e).innerText + ' | ' + e.tagName; }"""


@pytest.fixture
def school() -> Iterator[ToldSchool]:
    school = ToldSchool(PLANNED, TOKEN)
    yield school
    school.stop()


def tab_to(page: Page, words: str, tag: str) -> None:
    for _ in range(60):
        name = page.evaluate(NAME)
        if words in name and name.endswith(tag):
            shown = "document.activeElement.matches(':focus-visible')"
            assert page.evaluate(shown), f"no visible focus on {name}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words!r} by Tab; stopped at {page.evaluate(NAME)!r}")


def test_an_answer_by_keyboard_alone(school: ToldSchool, opened: Open) -> None:
    page = opened(school.address, "lena", "/kanal/arbetslag-4-6")
    tab_to(page, "Svara", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Inte än")).to_be_focused()
    tab_to(page, "Spara", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=alert]")).to_contain_text("Det du har skrivit är kvar.")
    expect(page.get_by_role("radio", name="Inte än")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Mycket väl")).to_be_checked()
    tab_to(page, "Vad säger eleverna", "TEXTAREA")
    page.keyboard.type("Många vill läsa mer tillsammans.")
    tab_to(page, "Spara", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    told(page, "Sparat. Så här står det nu")
    told(page, "Många vill läsa mer tillsammans.")
    told(page, "1 av 4 har svarat")
    expect(page.get_by_role("button", name="Svara", exact=True)).to_be_focused()
    tab_to(page, "Ångra", "BUTTON")
    page.keyboard.press("Enter")
    told(page, "0 av 4 har svarat")


def test_on_a_phone_the_receipt_is_in_sight_when_the_question_moves(school: ToldSchool, opened: Open) -> None:
    """The question above is updated at the same moment, and has the focus."""
    phone = {"viewport": {"width": 360, "height": 560}, "has_touch": True, "is_mobile": True}
    page = opened(school.address, "lena", "/kanal/arbetslag-4-6", **phone)
    press(page, "Svara")
    choose(page, "Mycket väl")
    submit(page)
    told(page, "Sparat. Så här står det nu")
    told(page, "1 av 4 har svarat")
    expect(page.get_by_text("Sparat. Så här står det nu")).to_be_in_viewport()

"""What is written in a form outlives its page, and is put back in the same form alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_forms_stay import WORDS, box, fill_in, send_in


@pytest.mark.parametrize("away", ["reload", "back"])
def test_words_outlive_the_page(window: Open, away: str) -> None:
    page = window()
    fill_in(page)
    page.get_by_role("radio", name="Klart").check()
    page.get_by_role("checkbox", name="Tid").check()
    if away == "reload":
        page.reload()
    else:
        page.goto(page.url.replace("/kanal/arbetslag-4-6", "/direkt"))
        expect(page.locator("dialog")).to_be_hidden()
        page.go_back()
    expect(box(page)).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="Klart")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Tid")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Stöd")).not_to_be_checked()
    send_in(page)
    page.reload()
    page.wait_for_selector("body[data-live=yes]")
    expect(page.locator("dialog")).to_be_hidden()


def test_words_whose_form_does_not_come_back_wait_until_it_does(window: Open) -> None:
    """As when something on the way answers in the place of the bot."""
    page = window()
    fill_in(page)
    page.route("**/formular/*", lambda asked: asked.fulfill(body="<p>Logga in på nätverket</p>"))
    with page.expect_response("**/formular/*"):
        page.reload()
    page.wait_for_selector("body[data-live=yes]")
    expect(page.locator("dialog")).to_be_hidden()
    page.unroute("**/formular/*")
    page.reload()
    expect(box(page)).to_have_value(WORDS)

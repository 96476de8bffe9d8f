"""Many windows of one browser: each hears all, and none takes more than its share of the connections."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.journey import say

COUNTING = """
window.streams = [];
window.EventSource = class extends EventSource { constructor(at) { super(at); window.streams.push(this); } };
"""
RESTS = 5_000
"""Milliseconds: longer than a window looks and rests (`stream.js`)."""


def test_more_windows_of_one_browser_than_it_opens_connections(window: Open) -> None:
    first = window("lena")
    context, address = first.context, first.url
    more = [context.new_page() for _ in range(8)]
    for number, page in enumerate(more):
        page.goto(address)
        say(page, f"Från fönster {number}")
        expect(first.locator(".room .line").last).to_contain_text(f"Från fönster {number}")
    for page in more:
        expect(page.locator(".room .line").last).to_contain_text("Från fönster 7")
    first.close()
    say(more[0], "Ett är stängt")
    for page in more:
        expect(page.locator(".room .line").last).to_contain_text("Ett är stängt")


def rested(page: Page, until: str) -> None:
    """Let the rests that a window takes between two looks at the stream be over, until something is so."""
    while not page.evaluate(until):
        page.clock.fast_forward(RESTS)
        page.wait_for_timeout(50)


def test_a_window_that_is_refused_for_a_while_listens_once_when_it_is_let_in_again(window: Open) -> None:
    first = window("lena")
    pages = [first.context.new_page() for _ in range(5)]
    for page in pages:
        page.add_init_script(COUNTING)
        page.goto(first.url)
    last = pages[-1]
    last.clock.install()
    first.context.route("**/flode?*", lambda asked: asked.fulfill(status=403))
    rested(last, "streams.length >= 4")
    first.context.unroute("**/flode?*")
    say(last, "Insläppt igen")
    rested(last, "stream.readyState < EventSource.CLOSED")
    expect(last.locator(".room .line").last).to_contain_text("Insläppt igen")
    for page in pages:
        assert page.evaluate("streams.filter((one) => one.readyState < EventSource.CLOSED).length") <= 1

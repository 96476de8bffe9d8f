"""A form that is open stays, with every word in it, until whoever fills it in sends or closes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Route, expect

from bot.platforms.web.lines import Draft
from bot.platforms.web.stream import BEHIND
from tests.browser.conftest import Open, Served
from tests.platforms.web_stage import CHANNEL, QUESTION, START

WORDS = "mitt i en mening"
ROOM = "**/kanal/arbetslag-4-6"


@contextmanager
def held(page: Page, url: str) -> Iterator[Callable[[], None]]:
    """Keep the first request to `url` waiting until what is given is called, or the block ends."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        if waiting:
            route.fallback()
        else:
            waiting.append(route)

    def release() -> None:
        while not waiting:
            page.wait_for_timeout(20)
        waiting[0].continue_()

    page.route(url, hold)
    yield release
    page.unroute(url, hold)


def box(page: Page) -> Locator:
    return page.get_by_label("Hur har det gått?")


def fill_in(page: Page) -> None:
    """Open the form from the question, or by a command where the question is gone, and begin to write."""
    page.get_by_role("button", name="Svara nu").click()
    box(page).fill(WORDS)


def send_in(page: Page) -> None:
    page.get_by_role("radio", name="Klart").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".room .line").last).to_contain_text("Sparat. Tack.")


def post(served: Served, text: str) -> None:
    served.chat.post(Draft(address=CHANNEL, at=START, key=text, author="omar", text=text))


def test_a_form_opened_while_the_page_is_taken_anew_stays(window: Open, served: Served) -> None:
    page = window()
    with held(page, ROOM) as release:
        served.chat.clear()
        page.wait_for_timeout(500)  # the window has heard of it, and asks for the page
        page.fill("#skriv", "/notera")
        page.press("#skriv", "Enter")
        box(page).fill(WORDS)
        release()
    expect(page.locator(".room .line")).to_have_count(1)
    expect(box(page)).to_have_value(WORDS)
    send_in(page)


def test_everything_starts_over_behind_an_open_form_too(window: Open, served: Served) -> None:
    page = window()
    fill_in(page)
    served.chat.clear()
    expect(page.locator(".room .line")).to_have_count(0)
    expect(box(page)).to_have_value(WORDS)
    post(served, "Sagt efteråt")
    expect(page.locator(".room .line").last).to_contain_text("Sagt efteråt")


def test_an_earlier_click_answered_late_leaves_the_form_alone(window: Open) -> None:
    page = window()
    with held(page, "**/spola") as release:
        page.get_by_role("link", name="Spola fram").click()
        fill_in(page)
        release()
        page.wait_for_timeout(500)
    expect(box(page)).to_have_value(WORDS)
    send_in(page)


def test_a_press_answered_late_waits_for_its_turn(window: Open) -> None:
    page = window()
    with held(page, "**/tryck") as release:
        page.get_by_role("button", name="Svara nu").click()
        page.get_by_role("link", name="Spola fram").click()
        page.fill("#spola-tid", "16.30")
        release()
        page.wait_for_timeout(500)
    expect(page.locator("#spola-tid")).to_have_value("16.30")
    page.keyboard.press("Escape")
    box(page).fill(WORDS)
    send_in(page)


def test_a_form_that_follows_at_once_on_one_that_closes_is_not_emptied(window: Open) -> None:
    page = window()
    page.get_by_role("link", name="Spola fram").click()
    page.wait_for_selector("dialog[open]")
    page.evaluate("dialog.close(), present(made('<form class=dialog-form><input id=ny></form>'))")
    page.wait_for_timeout(200)
    expect(page.locator("#ny")).to_be_visible()


def test_what_is_marked_with_the_mouse_and_let_go_outside_stays(window: Open) -> None:
    page = window()
    page.get_by_role("link", name="Spola fram").click()
    at = page.locator("#spola-tid").bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 20, at["y"] + 10)
    page.mouse.down()
    page.mouse.move(5, 5, steps=4)
    page.mouse.up()
    expect(page.locator("dialog")).to_be_visible()
    page.fill("#spola-tid", "16.30")
    page.mouse.click(5, 5)
    expect(page.locator("#spola-tid")).to_have_value("16.30")


def test_beside_a_form_that_nobody_has_filled_in_closes_it(window: Open) -> None:
    page = window()
    page.get_by_role("link", name="Spola fram").click()
    page.wait_for_selector("dialog[open]")
    page.mouse.click(5, 5)
    expect(page.locator("dialog")).to_be_hidden()


def test_a_form_closed_while_it_was_sent_comes_back_when_it_was_not_saved(window: Open) -> None:
    page = window()
    page.get_by_role("button", name="Svara nu").click()
    box(page).fill("krasch")
    page.get_by_role("radio", name="Klart").check()
    with held(page, "**/formular/*") as release:
        page.get_by_role("button", name="Spara svaret").click()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_be_hidden()
        release()
    expect(page.locator("dialog [role=alert]")).to_contain_text("Boten svarar inte just nu.")
    expect(box(page)).to_have_value("krasch")


def test_nothing_can_be_written_in_a_form_under_way(window: Open) -> None:
    page = window()
    fill_in(page)
    page.get_by_role("radio", name="Klart").check()
    with held(page, "**/formular/*") as release:
        page.get_by_role("button", name="Spara svaret").click()
        page.mouse.click(*_middle(box(page)))
        page.keyboard.type(" och mer")
        expect(box(page)).to_have_value(WORDS)
        release()
    expect(page.locator("dialog")).to_be_hidden()


def test_what_is_written_while_the_line_before_is_sent_stays(window: Open) -> None:
    page = window()
    with held(page, "**/skriv") as release:
        page.fill("#skriv", "Först det här.")
        page.press("#skriv", "Enter")
        page.keyboard.type(" Sedan det här.")
        release()
    expect(page.locator(".room .line").last.locator(".text")).to_have_text("Först det här.")
    expect(page.locator("#skriv")).to_have_value("Sedan det här.")


def test_a_form_lives_through_everything_on_a_slow_machine(window: Open, served: Served) -> None:
    page, omar = window(), window("omar")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    fill_in(page)
    question = next(line for line in served.chat.lines(CHANNEL) if line.message == QUESTION)
    served.restart()
    page.context.set_offline(True)
    for number in range(BEHIND + 1):
        post(served, f"Rad {number}")
    page.context.set_offline(False)
    expect(page.locator(".room .line").last).to_contain_text(f"Rad {BEHIND}")
    served.chat.update(question.reference, START, QUESTION.model_copy(update={"title": "Ändrad fråga"}))
    omar.fill("#skriv", "Jag är här också")
    omar.press("#skriv", "Enter")
    omar.get_by_role("link", name="Spola fram").click()
    omar.get_by_role("button", name="En vecka").click()
    expect(page.locator(".room .line").last).to_contain_text("En ny vecka.")
    served.restart()
    expect(box(page)).to_have_value(WORDS)
    send_in(page)


def test_a_form_is_sent_after_a_restart_of_the_server(window: Open, served: Served) -> None:
    page = window()
    fill_in(page)
    page.get_by_role("radio", name="Klart").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("dialog [role=alert]")).to_contain_text("Det gick inte att nå provrummet.")
    expect(box(page)).to_have_value(WORDS)
    served.restart()
    page.context.set_offline(False)
    expect(page.locator("dialog [role=alert]")).to_have_count(0)
    send_in(page)


def _middle(one: Locator) -> tuple[float, float]:
    at = one.bounding_box()
    assert at is not None
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2

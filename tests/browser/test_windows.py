"""Two windows are two people, everything works by keyboard, and no break loses a word."""

import pytest
from playwright.sync_api import expect

from bot.platforms.web.lines import Draft
from tests.browser.conftest import Open, Served
from tests.browser.journey import say
from tests.platforms.web_stage import CHANNEL

HOSTILE = "<!channel> <@U1> [x](javascript:alert(1)) {{7*7}} <img src=x onerror=alert(1)> =1+1"


def test_private_lines_stay_private(window: Open) -> None:
    lena, omar = window("lena"), window("omar")
    say(lena, "/nuläge")
    expect(lena.locator(".room .line").last).to_contain_text("Bara du ser det här")
    say(omar, "Nu då?")
    expect(lena.locator(".room .line").last).to_contain_text("Nu då?")
    expect(omar.locator("body")).not_to_contain_text("Nuläget för Arbetslag 4–6")


def test_unread_marks_in_the_other_room(window: Open) -> None:
    lena, omar = window("lena", "/direkt"), window("omar")
    expect(lena.locator(".side [data-place='#arbetslag-4-6'] .badge")).to_be_visible()
    before = int(lena.locator(".side [data-place='#arbetslag-4-6'] .badge span").first.inner_text())
    say(omar, "Nytt i kanalen")
    badge = lena.locator(".side [data-place='#arbetslag-4-6'] .badge span").first
    expect(badge).to_have_text(str(before + 1))


def test_a_form_the_bot_could_not_take_is_kept(window: Open) -> None:
    page = window()
    page.get_by_role("button", name="Svara nu").click()
    page.get_by_label("Hur har det gått?").fill("krasch")
    page.get_by_role("radio", name="Klart").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("dialog [role=alert]")).to_contain_text("Boten svarar inte just nu.")
    expect(page.get_by_label("Hur har det gått?")).to_have_value("krasch")
    page.get_by_label("Hur har det gått?").fill("bättre")
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator("dialog")).to_be_hidden()


def test_commands_stay_open_for_who_left_the_box_and_came_right_back(window: Open) -> None:
    page = window()
    page.locator("#skriv").focus()
    page.evaluate("document.activeElement.blur()")
    page.locator("#skriv").press_sequentially("/")
    page.wait_for_timeout(300)  # longer than a list waits for who left
    expect(page.get_by_role("listbox")).to_be_visible()


def test_escape_closes_and_focus_goes_back(window: Open) -> None:
    page = window()
    page.get_by_role("link", name="Spola fram").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Spola fram")).to_be_focused()


def test_the_first_tab_leads_past_everything(window: Open) -> None:
    page = window()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('.room .composer').contains(document.activeElement)")


def test_commands_complete_by_keyboard(window: Open) -> None:
    page = window()
    box = page.locator("#skriv")
    box.press_sequentially("/n")
    options = page.locator("#skriv-lista [role=option]")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(page.locator("#skriv-lista")).to_be_hidden()
    box.press_sequentially("u")
    page.keyboard.press("Tab")
    expect(box).to_have_value("/nuläge ")
    page.keyboard.press("Enter")
    expect(page.locator(".room .line").last).to_contain_text("Nuläget för Arbetslag 4–6")


def test_shift_enter_is_a_new_line(window: Open) -> None:
    page = window()
    page.locator("#skriv").press_sequentially("en")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("två")
    page.keyboard.press("Enter")
    expect(page.locator(".room .line").last.locator(".text")).to_have_text("en\ntvå", use_inner_text=True)


def test_too_long_a_text_stays_in_the_box(window: Open) -> None:
    page = window()
    say(page, "å" * 10_001)
    expect(page.locator("#skriv-fel")).to_contain_text("Texten är 1 tecken för lång.")
    assert page.input_value("#skriv") == "å" * 10_001


def test_a_draft_survives_a_reload(window: Open) -> None:
    page = window()
    page.locator("#skriv").press_sequentially("halvfärdigt")
    page.reload()
    expect(page.locator("#skriv")).to_have_value("halvfärdigt")


def test_own_words_are_changed_in_place(window: Open) -> None:
    lena, omar = window("lena"), window("omar")
    line = lena.locator(".room .mine", has_text="två läsgrupper")
    line.hover()
    line.get_by_role("link", name="Ändra").click()
    lena.get_by_role("textbox", name="Ditt meddelande").fill("Vi hann med tre läsgrupper i dag.")
    lena.get_by_role("button", name="Spara").click()
    expect(omar.locator(".room")).to_contain_text("Vi hann med tre läsgrupper i dag.")
    expect(omar.locator(".edited")).to_have_text("(ändrad 15.15)")


def test_starting_over_reaches_every_window(window: Open) -> None:
    lena, omar = window("lena"), window("omar")
    lena.locator(".side").get_by_role("link", name="Börja om").click()
    lena.locator("dialog").get_by_role("button", name="Börja om").click()
    for page in (lena, omar):
        expect(page.locator(".room .line")).to_have_count(1)


def test_a_reload_waits_for_whoever_is_filling_in_a_form(window: Open, served: Served) -> None:
    page = window()
    page.get_by_role("button", name="Svara nu").click()
    page.get_by_label("Hur har det gått?").fill("mitt i en mening")
    served.chat.clear()
    page.wait_for_timeout(700)
    expect(page.get_by_label("Hur har det gått?")).to_have_value("mitt i en mening")
    page.keyboard.press("Escape")
    expect(page.locator(".room .line")).to_have_count(0)


def test_a_break_in_the_line_loses_nothing(window: Open, served: Served) -> None:
    page = window()
    page.context.set_offline(True)
    page.evaluate("stream.close()")
    reference = served.chat.lines(CHANNEL)[0].reference
    served.chat.update(reference, served.chat.lines(CHANNEL)[0].at, "Ändrat under tiden")
    page.context.set_offline(False)
    page.evaluate("listen()")
    expect(page.locator(".room")).to_contain_text("Ändrat under tiden")


def test_that_nothing_could_be_sent_is_said_in_the_clear_until_contact_is_back(window: Open) -> None:
    page = window("lena")
    wrong, status = page.locator("#skriv-fel"), page.locator("[data-status]")
    page.context.set_offline(True)
    page.evaluate("stream.close(), listen(true)")
    expect(status).to_contain_text("Kontakten bröts")
    say(page, "Hej")
    expect(wrong).to_contain_text("Det gick inte att nå provrummet.")
    above, below = status.bounding_box(), wrong.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    page.context.set_offline(False)
    expect(wrong).to_be_hidden()
    expect(page.locator("#skriv")).to_have_value("Hej")


def test_a_restart_of_the_server_loses_nothing(window: Open, served: Served) -> None:
    page = window()
    page.locator("#skriv").press_sequentially("halvt")
    served.restart()
    newest = served.chat.lines(CHANNEL)[-1]
    said = newest.model_dump(include={"address", "at"})
    served.chat.post(Draft(**said, key="efter", author="omar", text="Sagt efter omstarten"))
    expect(page.locator(".room .line").last).to_contain_text("Sagt efter omstarten")
    expect(page.locator("#skriv")).to_have_value("halvt")
    page.keyboard.press("Enter")
    expect(page.locator(".room .line").last).to_contain_text("halvt")


def test_hostile_words_stay_words(window: Open) -> None:
    lena, omar = window("lena"), window("omar")
    say(lena, HOSTILE)
    expect(omar.locator(".room .line").last.locator(".text")).to_have_text(HOSTILE)
    assert omar.locator(".room .line").last.locator("img, a[href^=javascript]").count() == 0


@pytest.mark.parametrize("height", [460, 560])
def test_the_answer_to_a_press_comes_into_sight_however_far_up_it_was_made(window: Open, height: int) -> None:
    page = window(viewport={"width": 1280, "height": height})
    page.locator(".room .log").evaluate("log => { log.scrollTop = -log.scrollHeight; }")
    page.get_by_role("button", name="Svara nu").click()
    page.get_by_label("Hur har det gått?").fill("Bra")
    page.get_by_role("radio", name="Klart").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator(".room .line").last).to_contain_text("Sparat. Tack.")
    expect(page.locator(".room .line").last).to_be_in_viewport()

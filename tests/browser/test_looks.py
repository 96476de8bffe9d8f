"""Small windows, dark ones, and windows without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (320, 256), (1280, 400)])
def test_small_windows_scroll_one_way_only(window: Open, width: int, height: int) -> None:
    page = window(viewport={"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.fill("#skriv", "Det går att skriva här också")
    page.press("#skriv", "Enter")
    expect(page.locator(".room .line").last).to_contain_text("Det går att skriva här också")
    if width < 700:
        page.get_by_text("Meny").click()
        page.locator(".menu").get_by_role("link", name="ledning").click()
        expect(page.locator("h1")).to_contain_text("ledning")


def test_dark_is_dark(window: Open) -> None:
    page = window(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.querySelector('.room')).backgroundColor")
    assert max(int(part) for part in colour.strip("rgb()").split(",")) < 60


def test_targets_are_large_enough(window: Open) -> None:
    page = window()
    small = page.evaluate(
        "[...document.querySelectorAll('a, button, summary, input:not([type=hidden]), textarea')]"
        ".filter(e => e.checkVisibility() && !e.matches('.skip'))"
        ".map(e => [e.getBoundingClientRect(), e.outerHTML])"
        ".filter(([r]) => r.width && Math.min(r.width, r.height) < 24).map(([r, e]) => e)"
    )
    assert small == []


def test_without_scripts(window: Open, keep: Callable[[Page, str], None]) -> None:
    page = window(java_script_enabled=False)
    page.fill("#skriv", "Utan skript")
    page.locator(".room .composer button").click()
    expect(page.locator(".room .line").last).to_contain_text("Utan skript")
    page.get_by_role("button", name="Svara nu").click()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator(".alert")).to_contain_text("Det du har skrivit är kvar.")
    keep(page, "utan-skript")
    page.get_by_label("Hur har det gått?").fill("Bra")
    page.get_by_role("radio", name="Klart").check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.locator(".room .line").last).to_contain_text("Sparat. Tack.")

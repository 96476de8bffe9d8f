"""What people do in a window with the real bot, and the story that sets the scene."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Keep = Callable[[Page, str], None]
NUMBER = "20121230-2382"
PLANNED = (
    "pia direkt: /avstämning varannan torsdag 15.15",
    "pia väljer Arbetslag = Arbetslag 4–6",
    "pia väljer Vem svarar = Var och en för sig",
    "pia skickar",
    "pia trycker: Ja, spara",
    "klockan blir torsdag 26 november 2026 15.15",
)
"""Until the first question stands in the channel."""

ROUND = (
    "pia direkt: /avstämning torsdagar 15.15",
    *PLANNED[1:],
    "lena trycker: Svara",
    "lena väljer Hur väl nådde = Delvis",
    "lena väljer Vad i undervisningen fungerade = Vi läste högt varje dag.",
    "lena skickar",
    "lena väljer Vad i undervisningen vill ni = Gruppen hann inte samtala om texterna.",
    "lena skickar",
    "sam i #arbetslag-4-6: /orsaksanalys",
    "sam trycker: Välj resultat",
    "sam väljer Eget resultat = Läsförståelsen sjönk i åk 5",
    "sam skickar",
    "klockan blir torsdag 26 november 2026 15.17",
    "lena i tråden: Vi samtalar för lite om texterna",
    "omar trycker: Undervisningen",
    "klockan blir torsdag 3 december 2026 15.15",
    "lena trycker: Svara",
    "lena väljer Hur tydligt = Mycket tydligt",
    "lena väljer Vilket resultat = Fler läser hela böcker.",
    "lena skickar",
    "lena skickar",
)
"""Two rounds, a Friday between them, and an orsaksanalys under way."""


def say(page: Page, text: str, box: str = "#skriv") -> None:
    page.fill(box, text)
    page.press(box, "Enter")


def press(within: Page | Locator, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).last.click()


def submit(page: Page) -> None:
    page.locator("dialog button.main").click()


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()


def told(page: Page, words: str, where: str = ".room") -> None:
    expect(page.locator(f"{where} .log")).to_contain_text(words)


def wind(page: Page, stop: str = "", day: str = "", time: str = "") -> None:
    page.get_by_role("link", name="Spola fram").click()
    if stop:
        page.locator("dialog").get_by_role("button", name=stop).click()
    else:
        page.fill("#spola-dag", day)
        page.fill("#spola-tid", time)
        press(page, "Spola dit")
    expect(page.locator("dialog")).to_be_hidden()

"""Only what changed is touched: what is read out is new, and nobody is called away from what they do."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.messages.model import Message, Paragraph
from bot.platforms.web.lines import Draft, Line
from tests.browser.conftest import Open, Served
from tests.platforms.web_stage import CHANNEL, QUESTION, START, SUMMARY

HEARD = """() => {
  window.heard = [];
  const hear = ({ type, target, addedNodes }) => {
    for (const node of type === 'characterData' ? [target] : addedNodes) heard.push(node.textContent);
  };
  new MutationObserver((all) => all.forEach(hear))
    .observe(document.querySelector('.room .log'), { subtree: true, childList: true, characterData: true });
}"""


def line(served: Served, message: Message) -> Line:
    return next(one for one in served.chat.lines(CHANNEL) if one.message == message)


def answered(served: Served) -> None:
    """One more has answered: only the progress of the question is another."""
    blocks = tuple(
        block.but(done=4, text="4 av 5 har svarat") if block.kind == "progress" else block
        for block in QUESTION.blocks
    )
    served.chat.update(line(served, QUESTION).reference, START, QUESTION.but(blocks=blocks))


def test_only_what_changed_is_read_out(window: Open, served: Served) -> None:
    page = window()
    page.evaluate(HEARD)
    answered(served)
    expect(page.locator(".room .log")).to_contain_text("4 av 5 har svarat")
    heard = [words for words in page.evaluate("heard") if words.strip()]
    assert "4 av 5 har svarat" in heard
    assert "Svara nu" not in "".join(heard)


def test_a_button_under_way_stays_under_way_when_its_line_changes(window: Open, served: Served) -> None:
    page = window()
    form = page.locator(".room form.choices", has_text="Svara nu")
    form.evaluate("form => { form.setAttribute('aria-busy', 'true'); form.kept = true; }")
    answered(served)
    expect(page.locator(".room .log")).to_contain_text("4 av 5 har svarat")
    assert form.evaluate("form => form.kept && form.getAttribute('aria-busy') === 'true'")


def test_the_focus_stays_and_what_is_unfolded_stays_so(window: Open, served: Served) -> None:
    page = window()
    page.locator("summary", has_text="Siffrorna").click()
    expect(page.locator("summary", has_text="Siffrorna")).to_be_focused()
    summary = line(served, SUMMARY)
    served.chat.update(
        summary.reference, START, SUMMARY.but(blocks=(*SUMMARY.blocks, Paragraph(text="Ett stycke till.")))
    )
    expect(page.locator(".room .log")).to_contain_text("Ett stycke till.")
    expect(page.locator("summary", has_text="Siffrorna")).to_be_focused()
    assert page.locator("details", has_text="Siffrorna").evaluate("one => one.open")


def read_up(page: Page, served: Served) -> float:
    for number in range(40):
        served.chat.post(
            Draft(address=CHANNEL, at=START, key=str(number), author="omar", text=f"Rad {number}")
        )
    expect(page.locator(".room .line").last).to_contain_text("Rad 39")
    top: float = page.locator(".room .log").evaluate("log => { log.scrollTop = -500; return log.scrollTop; }")
    return top


@pytest.mark.parametrize(
    "away",
    [
        lambda page: page.reload(),
        lambda page: (page.goto(page.url.replace("/kanal/arbetslag-4-6", "/direkt")), page.go_back()),
    ],
    ids=["reload", "back"],
)
def test_who_comes_back_is_where_they_read(
    window: Open, served: Served, away: Callable[[Page], object]
) -> None:
    page = window()
    top = read_up(page, served)
    away(page)
    page.wait_for_selector("body[data-live=yes]")
    assert page.locator(".room .log").evaluate("log => log.scrollTop") == top


def test_who_walks_in_anew_sees_the_newest(window: Open, served: Served) -> None:
    page = window()
    read_up(page, served)
    page.goto(page.url.replace("/kanal/arbetslag-4-6", "/direkt"))
    page.locator(".side").get_by_role("link", name="arbetslag-4-6").click()
    expect(page.locator(".room .line").last).to_contain_text("Rad 39")
    assert page.locator(".room .log").evaluate("log => log.scrollTop") == 0


def test_starting_over_beside_an_open_thread_leads_back_to_the_room(window: Open, served: Served) -> None:
    page = window()
    page.locator(".room .replies").first.click()
    page.locator("#skriv-trad").press_sequentially("mitt i en mening")
    served.chat.clear()
    expect(page.locator(".thread")).to_have_count(0)
    expect(page.locator("#skriv")).to_have_value("mitt i en mening")
    expect(page.locator("#skriv")).to_be_focused()
    page.reload()
    expect(page.locator("h1")).to_contain_text("arbetslag-4-6")


def test_who_writes_at_once_after_closing_is_not_called_back(window: Open) -> None:
    page = window()
    page.get_by_role("link", name="Spola fram").click()
    page.wait_for_selector("dialog[open]")
    where = page.evaluate("""async () => {
        const told = new Promise((resolve) => dialog.addEventListener("close", resolve));
        dialog.close();
        document.getElementById("skriv").focus();
        await told;
        return document.activeElement.id;
    }""")
    assert where == "skriv"

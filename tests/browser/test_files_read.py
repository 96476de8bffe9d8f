"""A file read into a form: as Excel and old programs write it, and what is no text at all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

WORDS = "Höstlov;påskägg\nå ä ö"


def choose(page: Page, content: bytes) -> None:
    page.locator("dialog input[type=file]").set_input_files(
        {"name": "lov.csv", "mimeType": "text/csv", "buffer": content}
    )


@pytest.fixture
def page(window: Open) -> Page:
    page = window()
    page.get_by_role("button", name="Svara nu").click()
    return page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_swedish_letters_are_read_in_whatever_way_they_are_written(page: Page, encoding: str) -> None:
    choose(page, WORDS.encode(encoding))
    expect(page.get_by_role("textbox", name="Anteckningar från mötet")).to_have_value(WORDS)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"PK\x03\x04\x00\x00\x08", "Filen är ingen textfil."), (b"x" * 900_001, "Filen är för stor.")],
    ids=["no-text", "too-big"],
)
def test_what_cannot_be_read_is_said_in_the_form_and_changes_nothing(
    page: Page, content: bytes, told: str
) -> None:
    notes = page.get_by_role("textbox", name="Anteckningar från mötet")
    notes.fill("Det här fanns redan")
    choose(page, content)
    expect(page.locator("dialog [role=alert]")).to_contain_text(told)
    expect(notes).to_have_value("Det här fanns redan")
    choose(page, WORDS.encode())
    expect(page.locator("dialog [role=alert]")).to_have_count(0)
    expect(notes).to_have_value(WORDS)

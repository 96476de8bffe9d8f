"""Whatever people write comes out as it went in."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.privacy.free_text import clean, was_mended
from bot.domain.privacy.verdict import look
from tests.handlers.answer_stage import Answering, answering

ODD = (
    "<b>fet</b> & <script>alert(1)</script>",
    "*fet* _kursiv_ `kod` <!channel> <@U123>",
    '=HYPERLINK("http://x","y")',
    "+1 -1 @x",
    "\u202etxeT\u202c",
    "👩‍🏫🇸🇪 e\u0301",
    "rad ett\r\nrad två\n\n\trad tre",
    "{who} %s {{0}} \\n ' \" ; --",
    "| ~ % | &#x27;",
    "a" * 10_000,
    "👍" * 10_000,
)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_kept_and_shown_as_it_is(text: str) -> None:
    assert not look(text).kinds
    with answering() as world:
        world.reply("lena", text)
        assert world.notes()[0]["text"] == unicodedata.normalize("NFC", text)
        assert unicodedata.normalize("NFC", text) in world.said("lena")
        world.press("omar", "Svara")
        world.submit("omar", {"nadde": ("mycket_val",), "rost": (text,)})
        assert world.notes()[-1]["text"] == unicodedata.normalize("NFC", text)


def test_nul_is_shown_and_said() -> None:
    with answering() as world:
        world.reply("lena", "a\0b")
        assert world.notes()[0]["text"] == "a␀b"
        assert "De visas nu som ␀" in world.said("lena")


def test_one_character_too_many_is_refused_and_the_text_stays() -> None:
    with answering() as world:
        world.press("lena", "Svara")
        world.submit("lena", {"nadde": ("mycket_val",), "rost": ("å" * 10_001,)})
        assert "Texten är för lång." in world.errors("lena")
        assert "å" * 10_001 in world.form_text("lena")
        assert not world.table("conversation")


@pytest.fixture(scope="module")
def world() -> Iterator[Answering]:
    with answering() as begun:
        yield begun


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=300).filter(clean))
def test_any_text_in_is_the_same_text_out(world: Answering, text: str) -> None:
    looked = look(clean(text))
    before = len(world.notes())
    world.reply("lena", text)
    if looked.case:
        assert len(world.notes()) == before
    else:
        assert looked.masked in {row["text"] for row in world.notes()}


@given(text=st.text(alphabet=st.characters(codec=None)))
def test_cleaning_twice_is_cleaning_once_and_takes_nothing_away(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\0" not in once
    once.encode()
    if once and not was_mended(text):
        assert once == unicodedata.normalize("NFC", text)


NOTHING_TO_SEE = ("   ", "\n\t", "\u200b", "\u202e\u200b", "\ufe0f", "\u2800\u3164", "\u0301", "\0")


@pytest.mark.parametrize("text", NOTHING_TO_SEE)
def test_what_nobody_can_see_is_no_answer_and_no_note(text: str) -> None:
    with answering() as world:
        world.reply("lena", text)
        world.answer("omar", text)
        world.write("sara", text)
        assert not world.notes()
        world.reply("lena", "Vi läste högt.", reference="m1")
        world.press("lena", "Ändra")
        world.submit("lena", {"text": (text,)})
        assert "Rutan är tom." in world.errors("lena")
        world.rewrite("lena", "m1", text)
        assert "Du tog bort meddelandet." in world.said("lena")
        assert [(row["text"], row["state"]) for row in world.notes()] == [("Vi läste högt.", "removed")]

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.marks import JOINER, MOST, composed, spread
from bot.domain.privacy.free_text import clean
from bot.platforms.legible import clean as heard
from tests.play import prompts

PILED = st.text(
    st.sampled_from("aéi\u0315\u0300\u0327\u0344\u0f73\u0f71ǖ\u1f82가\u1161\u09c7\u09be \u034f"), max_size=200
)
ORDINARY = [
    "Åsa åt ägg på ön. Zoë é a\u030a o\u0308",
    "ភាសាខ្មែរ หนังสือที่นี่ རྒྱལ་ཁབ བཀྲ་ཤིས་བདེ་ལེགས།",
    "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם",
    "مَرْحَبًا بِالْعَالَمِ Χαῖρε, ὦ κόσμε Tiếng Việt rất đẹp",
    "👩🏽‍🏫👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 한국어 学校の品質",
]


@pytest.mark.parametrize("text", [*ORDINARY, str(prompts().texts)])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert spread(text) == text
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(st.text(st.characters(exclude_categories=["Cs", "Mn", "Mc", "Me"])))
def test_what_has_no_loose_marks_stays_as_it_is(text: str) -> None:
    assert spread(text) == text


def longest_row(text: str) -> int:
    """Of marks on one letter, taken apart: the time to sort them grows with its square."""
    row = longest = 0
    for sign in unicodedata.normalize("NFD", text):
        row = row + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, row)
    return longest


@pytest.mark.parametrize("sign", ["\u0301", "\u0344", "\u0f73"])
@pytest.mark.parametrize("letter", ["a", "ǖ", "\u1f82", ""])
def test_the_shortest_row_that_is_too_long_is_parted(letter: str, sign: str) -> None:
    for number in range(12, 70):
        assert longest_row(composed(letter + sign * number + "b")) <= MOST


@given(PILED)
def test_no_letter_carries_more_than_so_many_and_nothing_is_taken_away(text: str) -> None:
    done = composed(text)
    assert longest_row(done) <= MOST
    assert spread(text).replace(JOINER, "") == text.replace(JOINER, "")
    assert composed(done) == done


@pytest.mark.parametrize("tidy", [heard, clean], ids=["heard", "kept"])
def test_a_heap_of_marks_is_never_sorted_as_one_row(tidy: Callable[[str], str]) -> None:
    assert longest_row(tidy("a" + "\u0315\u0300\u0327" * 300)) <= MOST

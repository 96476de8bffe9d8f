from hypothesis import given
from hypothesis import strategies as st

from bot.messages.phrasing.labels import LONGEST, LONGEST_OPTION, button_labels, shorten


@given(st.lists(st.text(min_size=1, max_size=60), max_size=30))
def test_labels_fit_and_are_unlike_each_other(names: list[str]) -> None:
    labels = button_labels([f"Visa {name}" for name in names])
    assert len(labels) == len(names) == len(set(labels))
    assert all(len(label) <= LONGEST for label in labels)


@given(st.text())
def test_an_option_is_one_line_that_fits(text: str) -> None:
    assert len(shorten(text)) <= LONGEST_OPTION
    assert "\n" not in shorten(text)

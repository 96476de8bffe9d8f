"""Long text in pieces: nothing is lost, and each keeps to its measure."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.cutting import cut, size
from bot.platforms.legible import brief, visible
from tests.platforms.anything import texts


@given(texts, st.integers(4, 60))
def test_cutting_loses_nothing_and_keeps_to_its_measure(text: str, most: int) -> None:
    shown = visible(text)
    pieces = list(cut(shown, most))
    assert "".join(pieces) == shown
    assert all(0 < size(piece) <= most for piece in pieces)
    assert size(brief(text, most)) <= most

import pytest

from bot.messages.model import Bullets


@pytest.mark.parametrize(
    ("items", "numbered"),
    [
        (("1. a", "12. b"), True),
        (("1. a", "b"), False),
        (("a", "2. b"), False),
        (("1.a",), False),
        (("12",), False),
    ],
)
def test_only_items_that_all_carry_numbers_need_no_dots(items: tuple[str, ...], *, numbered: bool) -> None:
    assert Bullets(items=items).numbered is numbered

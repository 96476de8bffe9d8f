"""A key that is used up for a while: by whichever of two comes first, in one group or in two."""

from datetime import UTC, datetime

import pytest

from storage.post.inbox import take_a_while
from storage.store import Store

LATE_IN_A_MINUTE = datetime(2026, 11, 23, 10, 0, 59, tzinfo=UTC)
EARLY_IN_THE_NEXT = datetime(2026, 11, 23, 10, 1, 0, tzinfo=UTC)
TWO = (LATE_IN_A_MINUTE, EARLY_IN_THE_NEXT)


@pytest.mark.parametrize(
    "moments", [TWO, TWO[::-1], (TWO[0], TWO[0])], ids=["in order", "later first", "same"]
)
def test_the_second_is_told_so(store: Store, moments: tuple[datetime, datetime]) -> None:
    with store.begin() as unit:
        assert [take_a_while(unit, "one group", at) for at in moments] == [True, False]
    taken = []
    for at in moments:
        with store.begin() as unit:
            taken.append(take_a_while(unit, "two", at))
    assert taken == [True, False]


def test_two_minutes_later_it_is_free_again(store: Store) -> None:
    with store.begin() as unit:
        assert take_a_while(unit, "key", LATE_IN_A_MINUTE)
        assert take_a_while(unit, "key", LATE_IN_A_MINUTE.replace(minute=2))

"""A request waits for a yes in a store that is laid back: whoever decides may have been reminded already."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from handlers.restoring import on_restored
from tests.handlers.people_stage import FRIDAY, Workspaces, asked_for
from tests.play import prompts


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    with asked_for() as spaces:
        yield spaces


def reminders(spaces: Workspaces) -> list[str]:
    again = "Lena vill vara med och väntar på ditt svar."
    return [one.room for one in spaces.world.heard if one.text.startswith(again)]


def test_what_fell_due_before_a_restore_may_have_been_sent_and_waits_as_long_again(
    spaces: Workspaces,
) -> None:
    def restored(**passed: int) -> None:
        """Nothing came of what went out since Friday: the store is that of Friday again."""
        spaces.world.clock.wind_to(spaces.world.clock.now() + timedelta(**passed))
        with spaces.world.store.begin() as unit:
            on_restored(unit, prompts(), spaces.world.clock.now())

    restored(days=4, hours=3)  # Tuesday, three hours after she was reminded
    spaces.later(minutes=1)
    assert reminders(spaces) == []
    spaces.later(days=1, hours=23)
    assert reminders(spaces) == []
    spaces.later(hours=1)  # Thursday
    assert reminders(spaces) == ["T1/@pia"]
    restored(hours=1)
    spaces.later(days=10)
    assert reminders(spaces) == ["T1/@pia"]


def test_what_falls_due_after_a_restore_is_said_when_it_does(spaces: Workspaces) -> None:
    with spaces.world.store.begin() as unit:
        on_restored(unit, prompts(), FRIDAY + timedelta(days=3))
    spaces.later(days=4, hours=1)
    assert reminders(spaces) == ["T1/@pia"]

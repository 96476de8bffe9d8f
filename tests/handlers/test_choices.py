"""A choice that was never offered is refused beside its field, and nothing is written down."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.handlers.people_stage import FIRST_DAY, Workspaces
from tests.play import World

MISSING = "Fyll i det här. Det du har skrivit är kvar."
NEXT = {**FIRST_DAY, "school": ("Alskolan",), "head": ("T1/ove",), "role": ("rektor",)}


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    with World(datetime(2026, 11, 20, 11, 0, tzinfo=UTC)) as world:
        yield Workspaces(world)


@pytest.mark.parametrize("key", ["role", "skolform", "skolformer", "kind"])
@pytest.mark.parametrize("given", [(), ("påhittad",), ("grundskola", "påhittad")])
def test_the_first_school(spaces: Workspaces, key: str, given: tuple[str, ...]) -> None:
    before = spaces.written()
    assert MISSING in spaces.submit("T1/pia", "T1/C1", "found_form", {**FIRST_DAY, key: given})
    assert spaces.written() == before


@pytest.mark.parametrize("key", ["role", "skolform", "skolformer"])
@pytest.mark.parametrize("given", [(), ("påhittad",), ("grundskola", "påhittad")])
def test_the_next_school(spaces: Workspaces, key: str, given: tuple[str, ...]) -> None:
    spaces.begin()
    before = spaces.written()
    assert MISSING in spaces.submit("T1/pia", "T1/C2", "new_school", {**NEXT, key: given})
    assert spaces.written() == before
    spaces.submit("T1/pia", "T1/C2", "new_school", NEXT)
    assert spaces.written() > before

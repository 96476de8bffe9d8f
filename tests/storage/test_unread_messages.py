"""After a step back to an older version: what a newer one said cannot be read, and stops nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.school import Place
from storage.errands.posted import find_posted, posted_analyses
from storage.post.shown import standing
from storage.store import Store
from storage.tables import outbox
from tests.storage.made import NOW, finish, promise_all, promised, take

AHEAD = '{"title":"Analys","blocks":[{"kind":"hologram","text":"Hej"}]}'
FIRST, SECOND = "analysis:1:post:a", "analysis:2:post:a"


@pytest.fixture
def stepped_back(store: Store) -> Store:
    """Two analyses were posted; of the first, this version cannot read what was said."""
    promise_all(store, promised(FIRST), promised(SECOND, "#b"))
    for taken in take(store):
        assert finish(store, taken, reference=f"r-{taken.promised.key}")
    with store.begin() as unit:
        unit.change(update(outbox).where(outbox.c.key == FIRST).values(message=AHEAD))
    return store


def test_what_can_be_read_is_found_beside_what_cannot(stepped_back: Store) -> None:
    with stepped_back.begin() as unit:
        found = posted_analyses(unit, "test:", NOW - timedelta(days=1))
        assert [one.key for one in found] == [SECOND]
        assert find_posted(unit, FIRST) is None


def test_what_cannot_be_read_does_not_stand_there(stepped_back: Store) -> None:
    with stepped_back.begin() as unit:
        assert standing(unit, Place(platform="test", address="#a"), f"r-{FIRST}") is None
        assert standing(unit, Place(platform="test", address="#b"), f"r-{SECOND}")

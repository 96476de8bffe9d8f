"""What stands where a message was posted, on both databases: the newest, sent or on its way."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Message
from storage.post.shown import newest_about, standing
from storage.said.forgetting import forget_sent
from storage.store import Store, open_store
from tests.storage.made import NOW, finish, promise_all, promised, seconds, take

HERE = Place(platform="test", address="#a")


def title(
    store: Store, reference: str = "R", place: Place = HERE, asker: PersonId | None = None
) -> str | None:
    with store.begin() as unit:
        found = standing(unit, place, reference, asker)
        return found.title if found else None


def said(store: Store, key: str, reference: str = "R", lane: str = "#a", **changes: Any) -> None:
    promise_all(store, promised(key, lane, **changes))
    (claimed,) = take(store)
    assert finish(store, claimed, reference=reference)


def test_a_message_stands_where_it_was_posted(store: Store) -> None:
    said(store, "first")
    assert title(store) == "first"
    assert title(store, "another") is None


def test_what_takes_its_place_stands_there_before_it_has_arrived_and_after(store: Store) -> None:
    said(store, "first")
    promise_all(store, promised("second", message_class="replaceable", replacing="first"))
    assert title(store) == "second"
    (claimed,) = take(store)
    assert title(store) == "second"
    assert finish(store, claimed, reference="R")
    assert title(store) == "second"
    promise_all(store, promised("third", message_class="replaceable", replacing="first"))
    assert title(store) == "third"


def test_what_never_came_there_does_not_stand_there(store: Store) -> None:
    said(store, "first")
    promise_all(store, promised("second", message_class="replaceable", replacing="first"))
    (claimed,) = take(store)
    assert finish(store, claimed, state="expired")
    assert title(store) == "first"


def test_another_place_with_the_same_reference_is_another_message(store: Store) -> None:
    said(store, "here")
    said(store, "there", lane="#b")
    promise_all(store, promised("there:2", "#b", message_class="replaceable", replacing="there"))
    assert title(store) == "here"
    assert title(store, place=Place(platform="test", address="#b")) == "there:2"
    assert title(store, place=Place(platform="test", address="#c")) is None


def test_a_line_for_one_person_stands_there_for_nobody_else(store: Store) -> None:
    lena, omar = PersonId("lena"), PersonId("omar")
    said(store, "private", place=HERE.model_copy(update={"only_to": lena}))
    assert title(store) is None
    assert title(store, asker=omar) is None
    assert title(store, asker=lena) == "private"


def test_a_change_that_waits_for_its_place_to_open_again_is_what_holds(store: Store) -> None:
    said(store, "first")
    promise_all(store, promised("second", replacing="first"))
    (claimed,) = take(store)
    assert finish(store, claimed, state="parked")
    assert title(store) == "second"


def test_the_thread_it_stands_in_does_not_matter(store: Store) -> None:
    said(store, "first")
    assert title(store, place=HERE.model_copy(update={"thread": "root"})) == "first"


def test_words_that_are_forgotten_stand_nowhere(store: Store) -> None:
    said(store, "first")
    with store.begin() as unit:
        forget_sent(unit, NOW + seconds(1))
    assert title(store) is None


def test_the_newest_about_something_is_found_by_what_its_key_begins_with(store: Store) -> None:
    said(store, "welcome:1", concerns="welcome")
    said(store, "welcome:2", concerns="welcome", reference="R2")
    said(store, "welcome:3", lane="#b", concerns="welcome", reference="R3")
    said(store, "welcome:2:x", concerns="welcome", message_class="replaceable", replacing="welcome:2")
    said(store, "welcomed:4", concerns="welcomed", reference="R4")
    with store.begin() as unit:
        assert newest_about(unit, HERE, "welcome") == "welcome:2"
        assert newest_about(unit, HERE, "farewell") is None


@pytest.mark.parametrize("replaced", [0, 3])
def test_it_is_found_by_an_index(replaced: int) -> None:
    store = open_store("sqlite://")
    said(store, "first")
    for number in range(replaced):
        said(store, f"{number}", message_class="replaceable", replacing="first")
    asked: list[tuple[str, Any]] = []
    with store.begin() as unit:
        event.listen(
            store.engine,
            "before_cursor_execute",
            lambda _c, _cursor, sql, values, _context, _many: asked.append((sql, values)),
        )
        assert isinstance(standing(unit, HERE, "R"), Message)
    (heard,) = [(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked]
    with store.engine.connect() as connection:
        plans = [row[3] for row in connection.exec_driver_sql(*heard)]
    store.close()
    read = [plan for plan in plans if plan.startswith(("SCAN", "SEARCH"))]
    assert read
    assert all(" USING INDEX outbox_re" in plan for plan in read), plans

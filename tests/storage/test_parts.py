"""What stands of a message of several parts, on both databases."""

from bot.domain.school import Place
from storage.post import parts
from storage.store import Store
from tests.storage.made import finish, promise_all, promised, rows_of, take

HERE, ELSEWHERE = Place(platform="test", address="#a"), Place(platform="test", address="#b")


def note(store: Store, key: str, told: str, replacing: str | None = None, place: Place = HERE) -> None:
    with store.begin() as unit:
        parts.note(unit, place, key, replacing, told)


def read(store: Store, key: str, replacing: str | None = None, place: Place = HERE) -> str | None:
    with store.begin() as unit:
        return parts.read(unit, place, key, replacing)


def send(store: Store, key: str, reference: str, *noted: str, replacing: str | None = None) -> None:
    promise_all(store, promised(key, replacing="first" if replacing else None))
    (taken,) = take(store)
    for told in noted:
        note(store, key, told, replacing)
    assert finish(store, taken, reference=reference)


def test_what_is_noted_is_known_by_key_and_by_reference_in_its_place(store: Store) -> None:
    send(store, "first", "1", "one", "two")
    assert read(store, "first") == read(store, "second", "1") == "two"
    assert read(store, "second") is None
    assert read(store, "second", "1", ELSEWHERE) is None
    assert read(store, "second", "another") is None


def test_of_a_message_that_was_changed_the_newest_is_known(store: Store) -> None:
    send(store, "first", "1", "one")
    promise_all(store, promised("half", replacing="first"))
    (half,) = take(store)
    note(store, "half", "half changed", "1")
    assert read(store, "half", "1") == read(store, "next", "1") == "half changed"
    assert finish(store, half, "new")
    note(store, "half", "changed", "1")
    assert read(store, "next", "1") == "changed"


def test_what_came_to_stand_elsewhere_is_known_by_its_new_reference(store: Store) -> None:
    send(store, "first", "1", "one")
    send(store, "second", "9", "nine", replacing="1")
    assert read(store, "third", "9") == "nine"
    assert read(store, "third", "1") is None
    send(store, "third", "12", replacing="9")
    assert read(store, "fourth", "12") is None, "it has one part now, and is another message"
    assert rows_of(store)["first"]["parts"] is None

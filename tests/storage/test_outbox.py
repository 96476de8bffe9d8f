"""Promises, and what people and places do to them, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError

from bot.domain.school import Place
from bot.messages.delivery import Worded
from bot.messages.model import Document, Message
from storage.asked.due import next_moment
from storage.post.claims import LEASE, PLATFORM_OFF, is_first_parked, settle, switch_on
from storage.post.outbox import CannotReplace, Promised, concern_of, promise, reference_of, unpark
from storage.post.settling import mark_arrived, send_anyway, withdraw
from storage.store import Store
from storage.tables import outbox
from tests.each import each
from tests.storage.made import NOW, finish, keys, promise_all, promised, rows_of, seconds, states, take


def test_one_key_is_promised_once(store: Store) -> None:
    promise_all(store, promised("a"))
    with pytest.raises(IntegrityError):
        promise_all(store, promised("a"))


def replacing(key: str, target: str = "card") -> Promised:
    return promised(key, message_class="replaceable", replacing=target)


def test_of_replaceable_messages_the_latest_wins_before_and_after_they_are_written(store: Store) -> None:
    promise_all(store, promised("card"), replacing("v1"))
    with store.begin() as unit:
        promise(unit, replacing("v2"))
        promise(unit, replacing("v3"))
        unit.flush()
        promise(unit, replacing("v4"))
        promise(unit, replacing("other", "another card"))
    assert states(store) == {
        "card": "new",
        "v1": "replaced",
        "v2": "replaced",
        "v3": "replaced",
        "v4": "new",
        "other": "new",
    }


def test_an_old_version_that_must_be_tried_again_never_overwrites_a_new_one(store: Store) -> None:
    promise_all(store, replacing("v1"))
    (taken,) = take(store)
    promise_all(store, replacing("v2"))
    assert finish(store, taken, state="new", not_before=rows_of(store)["v1"]["not_before"])
    assert states(store) == {"v1": "replaced", "v2": "new"}


def test_a_person_sends_an_uncertain_message_once_more(store: Store) -> None:
    promise_all(store, promised("a", expires_at=NOW + seconds(1)))
    (taken,) = take(store)
    finish(store, taken, state="uncertain", why="cannot look", looks=2)
    with store.begin() as unit:
        assert send_anyway(unit, "a", NOW + seconds(9))
        assert not send_anyway(unit, "a", NOW + seconds(9)), "two people may press it"
    (again,) = take(store, after=9)
    assert (again.attempt, again.doubtful, again.since) == (2, False, NOW)
    assert again.promised.expires_at is None


def test_what_is_sent_once_more_says_what_holds_now(store: Store) -> None:
    promise_all(store, promised("card"))
    (taken,) = take(store)
    finish(store, taken, state="uncertain")
    promise_all(store, replacing("v1"), replacing("v2"), replacing("elsewhere", target="b"))
    (change,) = take(store)
    finish(store, change, state="expired", why="nothing to replace")
    with store.begin() as unit:
        assert send_anyway(unit, "card", NOW)
    again = next(one for one in take(store) if one.promised.key == "card")
    assert again.promised.read.title == "v2"


def test_a_person_says_that_an_uncertain_message_arrived(store: Store) -> None:
    promise_all(store, promised("a"))
    (taken,) = take(store)
    with store.begin() as unit:
        assert not mark_arrived(unit, "a")
    finish(store, taken, state="uncertain")
    with store.begin() as unit:
        assert mark_arrived(unit, "a")
        assert not send_anyway(unit, "a", NOW)
    assert states(store) == {"a": "sent"}


def test_what_was_parked_goes_out_when_the_place_works_again(store: Store) -> None:
    promise_all(store, promised("a1"), promised("a2"), promised("b1", "#b"))
    first, other = take(store)
    finish(store, first, state="parked", why="removed")
    finish(store, other, state="parked", why=PLATFORM_OFF)
    (second,) = take(store)
    with store.begin() as unit:
        assert settle(unit, second, state="parked", why="removed")
        assert not is_first_parked(unit, second)
        assert is_first_parked(unit, other)
    with store.begin() as unit:
        assert unpark(unit, Place(platform="test", address="#a"), NOW) == 2
        assert switch_on(unit, ["tes", "terminal"], NOW) == 0
        assert switch_on(unit, ["test"], NOW) == 1
    assert set(states(store).values()) == {"new"}


def test_what_is_about_a_message_is_found_by_its_reference_and_place(store: Store) -> None:
    promise_all(store, promised("a"))
    (taken,) = take(store)
    finish(store, taken, reference="r1")
    with store.begin() as unit:
        here, elsewhere = (Place(platform="test", address=address, thread="r1") for address in ("#a", "#b"))
        assert concern_of(unit, here, "r1") == "test:a"
        assert concern_of(unit, elsewhere, "r1") is None
        standing = reference_of(unit, "a")
        assert standing
        assert (standing.state, standing.reference) == ("sent", "r1")
        assert reference_of(unit, "b") is None


def test_only_what_is_not_on_its_way_is_withdrawn(store: Store) -> None:
    about = {"concerns": "check_in:1"}
    promise_all(store, promised("a", **about), promised("b", **about))
    take(store)
    with store.begin() as unit:
        assert withdraw(unit, "check_in:1", "lov") == 1
    assert states(store) == {"a": "sending", "b": "expired"}


def test_a_row_that_cannot_be_read_does_not_stop_the_others(store: Store) -> None:
    promise_all(store, promised("a"), promised("b", "#b"))
    with store.begin() as unit:
        unit.change(update(outbox).where(outbox.c.key == "a").values(message='{"from": "the future"}'))
    assert keys(take(store)) == ["b"]
    assert states(store) == {"a": "new", "b": "sending"}


def test_the_next_moment_is_what_is_due_first_or_the_end_of_a_doubt(store: Store) -> None:
    with store.begin() as unit:
        assert next_moment(unit) is None
    promise_all(store, promised("a"), promised("b", not_before=NOW + seconds(600)))
    take(store)
    with store.begin() as unit:
        assert next_moment(unit) == NOW + LEASE


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_every_question_of_the_courier_is_answered_from_an_index(store: Store) -> None:
    said: list[tuple[str, Any]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: Any) -> None:
        said.append((statement, values[0] if many else values))

    here = Place(platform="test", address="#a")
    promise_all(store, promised("a"), replacing("v1"), replacing("v2"))
    taken, *_ = take(store)
    finish(store, taken, state="new")
    with store.begin() as unit:
        is_first_parked(unit, taken)
        withdraw(unit, "test:a", "lov")
        send_anyway(unit, "a", NOW)
        mark_arrived(unit, "a")
        unpark(unit, here, NOW)
        concern_of(unit, here, "r1")
        reference_of(unit, "a")
        next_moment(unit)
    event.remove(store.engine, "before_cursor_execute", _note)
    asked = [one for one in said if "outbox" in one[0]]
    assert len(asked) > 8, "as many as there are questions above"
    with store.engine.begin() as connection:
        for statement, values in asked:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert not [line for line in plan if line.startswith("SCAN outbox")], (statement, plan)


DOCUMENT = Document(title="Nuläge", filename="nulage.docx", message=Message(title="Nuläge"))
WITH_FILE = Message(title="Här är filen", blocks=(DOCUMENT,))


@each("message", [WITH_FILE, Worded(WITH_FILE.title, WITH_FILE.model_dump_json())])
def test_a_file_takes_no_other_messages_place(
    opened: Callable[[str], Store], message: Message | Worded
) -> None:
    """No chat can change a message into a file: whoever promises it is told, not whoever waits for it."""
    store = opened("sqlite://")
    with pytest.raises(CannotReplace):
        promise_all(store, promised("a", message=message, replacing="card"))
    assert states(store) == {}
    promise_all(store, promised("a", message=message))
    assert states(store) == {"a": "new"}


def test_words_about_a_file_take_a_messages_place_as_any_others(store: Store) -> None:
    said = Message(title='{"kind":"document"}')
    promise_all(store, promised("a", message=Worded(said.title, said.model_dump_json()), replacing="card"))
    assert states(store) == {"a": "new"}

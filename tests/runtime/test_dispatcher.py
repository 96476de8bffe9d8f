"""One writer: nobody is answered before the commit, and what fails, fails alone."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.events import Event, Ticked
from bot.messages.model import Message, Quiet, Response, Say
from bot.runtime.dispatcher import MOST_AT_ONCE, Dispatcher
from storage.post.inbox import StoreAway
from storage.store import Store, open_store
from storage.tables import inbox, mark
from storage.unit import StaleVersion, UnitOfWork
from tests.faults.doors import watch_store
from tests.runtime.stage import one_group
from tests.storage.made import NOW
from tests.waiting import DEADLINE


class Notes:
    """Each event makes a mark; what `surprise` holds for its id is raised first."""

    def __init__(self) -> None:
        self.surprise: dict[str, list[BaseException]] = {}
        self.prepared: list[list[str]] = []

    def prepare(self, events: Sequence[Event], unit: UnitOfWork) -> None:
        del unit
        self.prepared.append([event.id for event in events])

    def handle(self, event: Event, unit: UnitOfWork) -> Response:
        if self.surprise.get(event.id):
            raise self.surprise[event.id].pop()
        unit.add(mark, {"name": event.id, "value": "1"})
        return Say(message=Message(title=f"Sparat {event.id}"))

    def already(self, event: Event) -> Response:
        del event
        return Quiet()

    def apologise(self, event: Event, code: str) -> Response:
        del event, code
        return Say(message=Message(title="Förlåt"))


class Desk:
    """A dispatcher, and what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.doors: list[str] = []
        self.at_commit: Callable[[], None] = lambda: None
        watch_store(self.store, self._door)
        self.handlers = Notes()
        self.dispatcher = Dispatcher(self.store, self.handlers)
        self.dispatcher.start()

    def _door(self, kind: str) -> None:
        if kind == "commit":
            self.at_commit()
        self.doors.append(kind)

    def hand_in(self, key: str) -> Future[Response]:
        return self.dispatcher.dispatch(Ticked(id=key, at=NOW))

    def marks(self) -> list[str]:
        with self.store.begin() as unit:
            noted = [row["name"] for row in unit.rows(select(mark.c.name).order_by(mark.c.name))]
            assert noted == [row["key"] for row in unit.rows(select(inbox.c.key).order_by(inbox.c.key))]
        return noted


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    yield found
    if not found.dispatcher._closed:
        found.dispatcher.stop()
    found.store.close()


def said(outcome: Future[Response]) -> str:
    response = outcome.result(DEADLINE)
    return response.message.title if isinstance(response, Say) else ""


def test_nobody_is_answered_before_the_commit(desk: Desk) -> None:
    handed: list[Future[Response]] = []
    early: list[bool] = []
    with one_group(desk.dispatcher):
        desk.at_commit = lambda: early.extend(one.done() for one in handed)
        handed.extend(desk.hand_in(f"e{one}") for one in range(5))
    assert [said(one) for one in handed] == [f"Sparat e{one}" for one in range(5)]
    assert early
    assert not any(early)


def test_what_waits_shares_one_commit_up_to_a_bound(desk: Desk) -> None:
    with one_group(desk.dispatcher):
        desk.doors.clear()
        handed = [desk.hand_in(f"e{one:04}") for one in range(MOST_AT_ONCE + 5)]
    for one in handed:
        one.result(DEADLINE)
    assert desk.doors.count("committed") == 2  # a full group, and the rest
    assert len(desk.marks()) == MOST_AT_ONCE + 5


def test_a_commit_that_fails_answers_nobody_as_saved(desk: Desk) -> None:
    import sqlite3

    def fail() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with one_group(desk.dispatcher):
        desk.at_commit = fail
        handed = [desk.hand_in(f"e{one}") for one in range(3)]
    for one in handed:
        with pytest.raises(StoreAway):
            one.result(DEADLINE)
    desk.at_commit = lambda: None
    assert desk.marks() == []


def test_somebody_was_quicker_is_tried_once_more(desk: Desk) -> None:
    desk.handlers.surprise = {"e1": [StaleVersion("x")], "e2": [StaleVersion("x"), StaleVersion("x")]}
    assert (said(desk.hand_in("e1")), said(desk.hand_in("e2"))) == ("Sparat e1", "Förlåt")
    assert desk.marks() == ["e1"]


@pytest.mark.parametrize("poison", [0, 7, 19])
def test_a_poisoned_event_fails_alone_wherever_it_stands(desk: Desk, poison: int) -> None:
    desk.handlers.surprise = {f"e{poison:02}": [KeyError("x") for _ in range(99)]}
    with one_group(desk.dispatcher):
        handed = [desk.hand_in(f"e{one:02}") for one in range(20)]
    answers = [said(one) for one in handed]
    assert answers.pop(poison) == "Förlåt"
    assert all(one.startswith("Sparat") for one in answers)
    assert len(desk.marks()) == 19


def test_what_is_done_is_neither_prepared_nor_handled_again(desk: Desk) -> None:
    desk.hand_in("e1").result(DEADLINE)
    with one_group(desk.dispatcher):
        handed = [desk.hand_in(key) for key in ("e1", "e2", "e2", "e1")]
    assert [said(one) for one in handed] == ["", "Sparat e2", "", ""]
    assert "e1" not in desk.handlers.prepared[-1]
    assert desk.marks() == ["e1", "e2"]


def test_bookkeeping_that_fails_tells_its_own_caller_only(desk: Desk) -> None:
    def broken(unit: UnitOfWork) -> None:
        unit.add(mark, {"name": "half", "value": "1"})
        raise KeyError("x")

    with one_group(desk.dispatcher):
        outcome: Future[Any] = desk.dispatcher.run(broken)
        event = desk.hand_in("e1")
    assert said(event) == "Sparat e1"
    with pytest.raises(KeyError):
        outcome.result(DEADLINE)
    assert desk.marks() == ["e1"]


def test_who_stops_listening_stops_nothing(desk: Desk) -> None:
    with one_group(desk.dispatcher):
        outcome = desk.hand_in("e1")
        assert not outcome.cancel()
        after = desk.hand_in("e2")
    assert said(after) == "Sparat e2"
    assert desk.marks() == ["e1", "e2"]


def test_stop_finishes_what_waits_and_refuses_what_comes_later(desk: Desk) -> None:
    with one_group(desk.dispatcher):
        handed = [desk.hand_in(f"e{one:03}") for one in range(MOST_AT_ONCE * 2)]
        stopping = threading.Thread(target=desk.dispatcher.stop)
        stopping.start()
        for _ in range(DEADLINE * 1000):
            if desk.dispatcher._closed:
                break
            time.sleep(0.001)
        late = desk.hand_in("late")
    stopping.join(DEADLINE)
    assert all(said(one).startswith("Sparat") for one in handed)
    with pytest.raises(StoreAway):
        late.result(DEADLINE)
    assert len(desk.marks()) == MOST_AT_ONCE * 2


class _Speechless(Notes):
    """Nothing can be said, not even that we are sorry: its sentences cannot be opened."""

    def apologise(self, event: Event, code: str) -> Response:
        raise OSError(f"too many open files: {event.id} {code}")


def test_an_apology_that_breaks_is_told_to_its_own_caller_only(desk: Desk) -> None:
    desk.dispatcher._handlers = _Speechless()
    desk.dispatcher._handlers.surprise = {"e1": [KeyError("x") for _ in range(99)]}
    with one_group(desk.dispatcher):
        handed = [desk.hand_in(f"e{one}") for one in range(3)]
    with pytest.raises(OSError, match="too many open files"):
        handed[1].result(DEADLINE)
    assert [said(handed[0]), said(handed[2])] == ["Sparat e0", "Sparat e2"]
    assert desk.marks() == ["e0", "e2"]


def test_the_only_writer_outlives_whatever_whoever_waits_does(desk: Desk) -> None:
    def ends_its_thread(_outcome: Future[Response]) -> None:
        raise SystemExit

    with one_group(desk.dispatcher):
        first, second = desk.hand_in("e1"), desk.hand_in("e2")
        first.add_done_callback(ends_its_thread)
    with pytest.raises(StoreAway):
        second.result(DEADLINE)
    assert said(desk.hand_in("e3")) == "Sparat e3"
    assert desk.marks() == ["e1", "e2", "e3"]

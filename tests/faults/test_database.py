"""The database fails in the middle of an answer: the person is told, nothing is half saved, once is once."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.domain.events import Event, Replied
from bot.messages.model import Response, Say
from storage.inbox import StoreAway
from storage.unit import UnitOfWork
from tests.faults.doors import watch_store
from tests.handlers.answer_stage import Answering, account
from tests.play import prompts

MOST_CALLS = 200


class Failing:
    """A door that raises at the `first` call that is counted, and at each after it when it is `broken`."""

    def __init__(self) -> None:
        self.first = 0
        self.broken = False
        self.kinds: set[str] = set()
        self.fired = 0
        self._calls = 0

    def set(self, first: int, *kinds: str, broken: bool = False) -> None:
        self.first, self.kinds, self.broken = first, set(kinds), broken
        self._calls = self.fired = 0

    def __call__(self, kind: str) -> None:
        if kind not in self.kinds:
            return
        self._calls += 1
        if self._calls == self.first or (self.broken and self._calls > self.first):
            self.fired += 1
            raise sqlite3.OperationalError("disk I/O error")


class Broken(Answering):
    """A round that is asked, in a store whose every call can fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(url=f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.door = Failing()
        watch_store(self.store, self.door)

    def words(self, text: str, key: str = "") -> Replied:
        key = key or f"event:{text}"
        return Replied(
            id=key, at=self.clock.now(), who=account("lena"), where=self.here(), text=text, reference=key
        )

    def say(self, event: Event) -> str:
        return title(self.app.dispatcher.dispatch(event).result())

    def texts(self) -> list[str]:
        return sorted(str(row["text"]) for row in self.notes())

    @contextmanager
    def one_group(self) -> Iterator[None]:
        """What is handed in meanwhile shares one commit."""
        go = threading.Event()
        started = threading.Event()

        def hold(_unit: UnitOfWork) -> None:
            started.set()
            go.wait()

        self.app.dispatcher.run(hold)
        started.wait()
        yield
        go.set()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Broken]:
    with Broken(tmp_path) as found:
        yield found


def title(response: Response) -> str:
    assert isinstance(response, Say)
    return response.message.title


def test_each_call_fails_once_and_nobody_notices(world: Broken) -> None:
    for number in range(1, MOST_CALLS):
        world.door.set(number, "read", "write", "commit")
        assert world.say(world.words(f"Svar {number:03}")).startswith("Sparat")
        if not world.door.fired:
            break
    else:
        pytest.fail("an answer takes too many calls")
    assert number > 3
    world.door.set(0)
    assert world.texts() == [f"Svar {one:03}" for one in range(1, number + 1)]


def test_each_call_fails_for_a_while_and_the_next_try_works(world: Broken) -> None:
    for number in range(1, MOST_CALLS):
        world.door.set(0)
        before, event = world.everything(), world.words(f"Svar {number:03}")
        world.door.set(number, "read", "write", "commit", broken=True)
        try:
            world.say(event)
        except StoreAway:
            world.door.set(0)
            assert world.everything() == before
            assert world.say(event).startswith("Sparat")
        else:
            break
    else:
        pytest.fail("an answer takes too many calls")
    assert number > 3
    world.door.set(0)
    assert world.texts() == [f"Svar {one:03}" for one in range(1, number + 1)]


def test_a_commit_that_was_done_but_not_answered_is_not_done_again(world: Broken) -> None:
    world.door.set(1, "committed")
    assert world.say(world.words("Svar")).startswith("Sparat"), "answered as the first time"
    assert world.door.fired
    assert world.texts() == ["Svar"]


def test_a_commit_that_is_never_answered_is_refused_and_repeated_without_effect(world: Broken) -> None:
    world.door.set(1, "committed", broken=True)
    with pytest.raises(StoreAway):
        world.say(world.words("Svar"))
    world.door.set(0)
    assert world.say(world.words("Svar")) == prompts().texts.common.already_done
    assert world.texts() == ["Svar"]


def test_a_group_whose_commit_was_not_answered_is_done_once(world: Broken) -> None:
    with world.one_group():
        world.door.set(1, "committed")
        handed = [world.app.dispatcher.dispatch(world.words(f"Svar {one}")) for one in range(9)]
    assert [title(one.result())[:6] for one in handed] == ["Sparat"] * 9
    assert world.door.fired
    assert world.texts() == [f"Svar {one}" for one in range(9)]


def poisoned(world: Broken, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[UnitOfWork], None]) -> None:
    handlers = world.app.dispatcher._handlers
    handle = handlers.handle

    def handling(event: Event, unit: UnitOfWork) -> Response:
        response = handle(event, unit)
        if isinstance(event, Replied) and event.text == "gift":
            break_it(unit)
        return response

    monkeypatch.setattr(handlers, "handle", handling)


def boom(_unit: UnitOfWork) -> None:
    raise KeyError("a bug")


def taken_key(unit: UnitOfWork) -> None:
    from storage.tables import inbox

    unit.add(inbox, {"key": "event:taken", "at": ""})


@pytest.mark.parametrize("break_it", [boom, taken_key], ids=["in the handler", "when it is written"])
def test_a_poisoned_event_in_a_group_of_twenty_fails_alone(
    world: Broken, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[UnitOfWork], None]
) -> None:
    world.say(world.words("Det första", key="event:taken"))
    poisoned(world, monkeypatch, break_it)
    words = ["gift" if one == 11 else f"Svar {one:02}" for one in range(20)]
    with world.one_group():
        handed = [world.app.dispatcher.dispatch(world.words(one)) for one in words]
    said = {one: title(outcome.result()) for one, outcome in zip(words, handed, strict=True)}
    sorry = prompts().texts.common.sorry.partition("{")[0]
    assert said.pop("gift").startswith(sorry)
    assert all(one.startswith("Sparat") for one in said.values())
    assert world.texts() == sorted(["Det första", *said])
    monkeypatch.undo()
    assert world.say(world.words("gift")).startswith("Sparat"), "it left no trace, and may come again"


def test_the_same_event_four_times_has_one_effect(world: Broken) -> None:
    already = prompts().texts.common.already_done
    handed: list[Future[Response]] = []
    with world.one_group():
        handed.extend(world.app.dispatcher.dispatch(world.words("Svar")) for _ in range(4))
    said = [title(one.result()) for one in handed]
    assert said[0].startswith("Sparat")
    assert said[1:] == [already] * 3
    assert world.say(world.words("Svar")) == already
    assert world.texts() == ["Svar"]


def limit(world: Broken, pages: int) -> None:
    with world.store.begin() as unit:
        unit._connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def test_a_full_disk_is_said_and_what_was_saved_stays_whole(world: Broken) -> None:
    limit(world, 1)  # SQLite makes that: no page more than there are
    saved = []
    with pytest.raises(StoreAway):  # noqa: PT012  as many as there is room for
        for number in range(MOST_CALLS):
            world.say(world.words(f"Svar {number:03} " + "x" * 3000))
            saved.append(number)
    assert [int(text[5:8]) for text in world.texts()] == saved
    limit(world, 1_000_000)
    assert world.say(world.words(f"Svar {len(saved):03} " + "x" * 3000)).startswith("Sparat")
    assert len(world.texts()) == len(saved) + 1
    with world.store.begin() as unit:
        assert unit._connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"

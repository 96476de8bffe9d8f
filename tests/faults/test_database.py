"""The database fails in the middle of an answer: the person is told, nothing is half saved, once is once."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from math import inf
from pathlib import Path

import pytest

from bot.domain.events import Event, Replied
from bot.messages.model import Quiet, Response, Say
from bot.runtime.dispatcher import Dispatcher, Handlers
from storage.post.inbox import StoreAway
from storage.unit import UnitOfWork
from tests.faults.doors import FailingDoor, watch_store
from tests.handlers.answer_stage import Answering, account
from tests.play import prompts
from tests.runtime.stage import one_group

MOST_CALLS = 200


class Broken(Answering):
    """A round that is asked, in a store whose every call can fail."""

    def __init__(self, folder: Path) -> None:
        super().__init__(url=f"sqlite:///{folder / 'nulage.sqlite3'}")
        self.door = FailingDoor()
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


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Broken]:
    with Broken(tmp_path) as found:
        yield found


def title(response: Response) -> str:
    """What is said; nothing when it is quiet."""
    if isinstance(response, Quiet):
        return ""
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
        world.door.set(number, "read", "write", "commit", times=inf)
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
    world.door.set(1, "committed", times=inf)
    with pytest.raises(StoreAway):
        world.say(world.words("Svar"))
    world.door.set(0)
    assert world.say(world.words("Svar")) == "", "words that come again are not spoken of again"
    assert world.texts() == ["Svar"]


def test_a_group_whose_commit_was_not_answered_is_done_once(world: Broken) -> None:
    with one_group(world.app.dispatcher):
        world.door.set(1, "committed")
        handed = [world.app.dispatcher.dispatch(world.words(f"Svar {one}")) for one in range(9)]
    assert [title(one.result())[:6] for one in handed] == ["Sparat"] * 9
    assert world.door.fired
    assert world.texts() == [f"Svar {one}" for one in range(9)]


class Poisoned:
    """The bot's own handlers, until the words are `gift`."""

    def __init__(self, handlers: Handlers, break_it: Callable[[UnitOfWork], None]) -> None:
        self.prepare, self.already, self.apologise = handlers.prepare, handlers.already, handlers.apologise
        self._inner = handlers
        self._break_it = break_it

    def handle(self, event: Event, unit: UnitOfWork) -> Response:
        response = self._inner.handle(event, unit)
        if isinstance(event, Replied) and event.text == "gift":
            self._break_it(unit)
        return response


def boom(_unit: UnitOfWork) -> None:
    raise KeyError("a bug")


def taken_key(unit: UnitOfWork) -> None:
    from storage.tables import inbox

    unit.add(inbox, {"key": "event:taken", "at": ""})


@pytest.mark.parametrize("break_it", [boom, taken_key], ids=["in the handler", "when it is written"])
def test_a_poisoned_event_in_a_group_of_twenty_fails_alone(
    world: Broken, break_it: Callable[[UnitOfWork], None]
) -> None:
    world.say(world.words("Det första", key="event:taken"))
    words = ["gift" if one == 11 else f"Svar {one:02}" for one in range(20)]
    other = Dispatcher(world.store, Poisoned(world.app.handlers, break_it))
    other.start()
    with one_group(other):
        handed = [other.dispatch(world.words(one)) for one in words]
    other.stop()
    said = {one: title(outcome.result()) for one, outcome in zip(words, handed, strict=True)}
    sorry = prompts().texts.common.sorry.partition("{")[0]
    assert said.pop("gift").startswith(sorry)
    assert all(one.startswith("Sparat") for one in said.values())
    assert world.texts() == sorted(["Det första", *said])
    assert world.say(world.words("gift")).startswith("Sparat"), "it left no trace, and may come again"


def test_the_same_event_four_times_has_one_effect(world: Broken) -> None:
    handed = list[Future[Response]]()
    with one_group(world.app.dispatcher):
        handed.extend(world.app.dispatcher.dispatch(world.words("Svar")) for _ in range(4))
    said = [title(one.result()) for one in handed]
    assert said[0].startswith("Sparat")
    assert said[1:] == [""] * 3
    assert world.say(world.words("Svar")) == ""
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

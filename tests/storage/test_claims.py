"""Claims: what is due, in order within a lane, and no row twice."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, update

from storage.post.claims import LEASE
from storage.store import Store
from storage.tables import outbox
from tests.postgres import Server
from tests.storage.made import NOW, finish, keys, promise_all, promised, rows_of, seconds, take

WORKERS = 4
ROWS = 60


def test_the_oldest_due_of_each_lane_is_taken_and_one_at_a_time(store: Store) -> None:
    promise_all(
        store,
        promised("a1"),
        promised("a2"),
        promised("b1", "#b"),
        promised("c1", "#c", not_before=NOW + seconds(1)),
    )
    taken = take(store)
    assert keys(taken) == ["a1", "b1"]
    assert not take(store), "nothing of a lane goes while one of it is on its way"
    assert finish(store, taken[0], reference="1")
    assert keys(take(store)) == ["a2"]
    assert keys(take(store, after=1)) == ["c1"]


def test_what_is_not_due_yet_does_not_stop_what_is(store: Store) -> None:
    promise_all(store, promised("tomorrow", not_before=NOW + seconds(86_400)), promised("now"))
    assert keys(take(store)) == ["now"]


def test_order_within_a_lane_is_the_order_of_promising(store: Store) -> None:
    promise_all(store, promised("first", not_before=NOW + seconds(5)), promised("second"))
    assert keys(take(store, after=9)) == ["first"]


def test_busy_lanes_are_left_alone_and_no_more_than_asked_for_is_taken(store: Store) -> None:
    promise_all(store, *(promised(name, f"#{name}") for name in "abcdef"))
    assert keys(take(store, busy={"test:#a", "test:#c"}, most=3)) == ["b", "d", "e"]


def test_a_lease_that_ends_makes_a_doubt_that_remembers_when_it_began(store: Store) -> None:
    promise_all(store, promised("a"), promised("a2"))
    (first,) = take(store)
    assert not take(store, after=LEASE.total_seconds() - 1)
    (second,) = take(store, after=LEASE.total_seconds())
    assert (first.doubtful, second.doubtful) == (False, True)
    assert (second.since, second.attempt, second.fence) == (NOW, 1, first.fence + 1)
    assert not finish(store, first, reference="late"), "the first holder has lost the row"
    assert finish(store, second, reference="found")
    assert rows_of(store)["a"]["reference"] == "found"
    assert not finish(store, second, state="new"), "what is settled stays settled"


def test_four_workers_take_no_row_twice(store: Store) -> None:
    promise_all(store, *(promised(f"k{number}", f"#{number}") for number in range(ROWS)))
    got: list[str] = []
    together = threading.Barrier(WORKERS)

    def work(_number: int) -> None:
        together.wait()
        while taken := take(store, most=3):
            got.extend(keys(taken))

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    assert len(got) == ROWS
    assert len(set(got)) == ROWS


def test_the_naive_claim_takes_rows_twice(postgres: Server, opened: Callable[[str], Store]) -> None:
    """What the test above would see without the lock: select, then update."""
    store = opened(postgres.at_head())
    promise_all(store, promised("a"))
    both_looked = threading.Barrier(2)
    got: list[int] = []

    def work(_number: int) -> None:
        with store.begin() as unit:
            rows = unit.rows(select(outbox.c.seq).where(outbox.c.state == "new"))
            both_looked.wait()
            for row in rows:
                unit.change(update(outbox).where(outbox.c.seq == row["seq"]).values(state="sending"))
                got.append(row["seq"])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert len(got) == 2

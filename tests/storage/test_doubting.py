"""What was unsent in a copy may have been sent since: it is looked for, in order, as any other doubt."""

from storage.backup.epoch import doubt_unsent
from storage.post.claims import switch_on
from storage.store import Store
from tests.storage.copies import HOURS
from tests.storage.made import NOW, finish, keys, promise_all, promised, rows_of, seconds, states, take


def test_all_that_may_have_been_sent_is_in_doubt(store: Store) -> None:
    promise_all(store, promised("sent", "#0"), promised("asked", "#1"), promised("parked", "#2"))
    first, second, third = take(store)
    finish(store, first, reference="1")
    finish(store, third, state="parked", why="platform is off")
    promise_all(store, promised("new", "#3"), promised("late", "#4", not_before=NOW + HOURS * 2))
    with store.begin() as unit:
        assert doubt_unsent(unit, NOW + seconds(60), NOW + HOURS) == 3
        assert switch_on(unit, ["test"], NOW + HOURS) == 0
    assert {key: state for key, state in states(store).items() if state != "sending"} == {
        "sent": "sent",
        "late": "new",
    }
    assert not finish(store, second, reference="2"), "who held it before has lost it"
    taken = {one.promised.key: one for one in take(store, after=HOURS.total_seconds())}
    assert all(one.doubtful for one in taken.values())
    assert {key: one.attempt for key, one in taken.items()} == {"asked": 1, "parked": 2, "new": 1}
    assert {key: one.since for key, one in taken.items()} == {
        "asked": NOW,
        "parked": NOW + seconds(60),
        "new": NOW + seconds(60),
    }


def test_a_message_was_not_sent_before_its_time(store: Store) -> None:
    promise_all(store, promised("a", not_before=NOW + HOURS))
    with store.begin() as unit:
        doubt_unsent(unit, NOW, NOW + HOURS * 2)
    assert [one.since for one in take(store, after=HOURS.total_seconds() * 2)] == [NOW + HOURS]


def test_doubts_of_a_lane_are_looked_into_in_order_and_one_at_a_time(store: Store) -> None:
    promise_all(store, *(promised(key) for key in "abc"), promised("d", "#d"))
    with store.begin() as unit:
        assert doubt_unsent(unit, NOW, NOW) == 4
        assert doubt_unsent(unit, NOW, NOW) == 4, "done twice it is as done once"
    first, other = take(store)
    assert [first.promised.key, other.promised.key] == ["a", "d"]
    assert not take(store), "nothing of a lane goes while one of it is on its way"
    finish(store, first, reference="1")
    assert keys(take(store)) == ["b"]
    assert rows_of(store)["b"]["attempt"] == 1

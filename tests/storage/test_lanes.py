"""A place that goes or moves, on both databases."""

from bot.domain.check_in import CheckIn
from bot.domain.school import Arbetslag, Huvudman, Place, School, Skolform
from bot.domain.value import ArbetslagId, HuvudmanId, PersonId, SchoolId
from storage.asked.check_ins import load_check_in, save_check_in
from storage.people import founding
from storage.post.lanes import follow, move, park
from storage.post.outbox import concern_of, unpark
from storage.post.parts import note, read
from storage.store import Store
from tests.storage.made import NOW, finish, promise_all, promised, rows_of, states, take

A, B = Place(platform="test", address="T1/a"), Place(platform="test", address="T1/b")


def test_what_waits_is_parked_and_comes_back(store: Store) -> None:
    promise_all(store, promised("sent", "T1/a"), promised("waits", "T1/a"), promised("other", "T1/b"))
    (first, *_) = take(store)
    finish(store, first, reference="ts1")
    with store.begin() as unit:
        assert park(unit, A, "removed") == 1
    assert states(store) | {"other": "new"} == {"sent": "sent", "waits": "parked", "other": "new"}
    with store.begin() as unit:
        assert unpark(unit, A, NOW) == 1


def test_what_hangs_under_nothing_follows_to_another_place(store: Store) -> None:
    promise_all(store, promised("alone", "T1/a"), promised("thread", "T1/a", thread_of="alone"))
    with store.begin() as unit:
        park(unit, A, "deleted")
        follow(unit, A, B, NOW)
    rows = rows_of(store)
    assert (rows["alone"]["lane"], rows["alone"]["state"]) == ("test:T1/b", "new")
    assert (rows["thread"]["lane"], rows["thread"]["state"]) == ("test:T1/a", "parked")


def test_what_one_person_was_to_see_and_what_hangs_in_a_thread_does_not_follow(store: Store) -> None:
    private = A.model_copy(update={"only_to": PersonId("anna")})
    inside = A.model_copy(update={"thread": "ts1"})
    promise_all(store, promised("line", "T1/a", place=private), promised("inside", "T1/a", place=inside))
    with store.begin() as unit:
        park(unit, A, "deleted")
        follow(unit, A, B, NOW)
    rows = rows_of(store)
    for key in ("line", "inside"):
        assert (rows[key]["lane"], rows[key]["state"]) == ("test:T1/a", "parked")
    assert '"only_to":"anna"' in rows["line"]["place"]


def test_a_long_message_that_was_cut_off_begins_anew_in_another_place(store: Store) -> None:
    promise_all(store, promised("long", "T1/a"))
    (claimed,) = take(store)
    with store.begin() as unit:
        note(unit, A, "long", None, "the first part stands")
    finish(store, claimed, state="parked", why="removed")
    with store.begin() as unit:
        follow(unit, A, B, NOW)
    assert rows_of(store)["long"]["state"] == "new"
    with store.begin() as unit:
        assert read(unit, B, "long", None) is None


def test_a_moved_place_keeps_its_threads_and_rounds(store: Store) -> None:
    _found(store)
    inside = A.model_copy(update={"thread": "ts1"})
    promise_all(store, promised("card", "T1/a"), promised("reply", "T1/a", place=inside))
    for claimed in take(store):
        finish(store, claimed, reference="ts1")
    with store.begin() as unit:
        move(unit, A, B)
    with store.begin() as unit:
        assert concern_of(unit, B, "ts1") == "test:card"
        assert concern_of(unit, A, "ts1") is None
        asked = load_check_in(unit, "round")
        assert asked
        assert (asked.place, asked.version) == (B, 2)
    assert '"thread":"ts1"' in rows_of(store)["reply"]["place"]


def _found(store: Store) -> None:
    school, team = SchoolId("s"), ArbetslagId("t")
    with store.begin() as unit:
        founding.add_huvudman(unit, Huvudman(id=HuvudmanId("h"), name="H", kind="kommunal"))
        forms = (Skolform.GRUNDSKOLA,)
        founding.add_school(unit, School(id=school, huvudman=HuvudmanId("h"), name="S", skolformer=forms))
        founding.add_arbetslag(unit, Arbetslag(id=team, school=school, name="T", skolform=forms[0], place=A))
        asked = CheckIn(
            id="round",
            plan=None,
            school=school,
            arbetslag=team,
            pack="p",
            answers="each",
            place=A,
            planned=NOW.replace(tzinfo=None),
            opened_at=NOW,
            expected=(),
        )
        save_check_in(unit, asked, was=None)

"""What one transaction reads and writes, on both databases."""

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.events import Ticked
from bot.domain.school import Account
from bot.domain.value import PersonId
from bot.rehearsal import example
from storage.engine import open_engine
from storage.people.founding import add_account
from storage.post.inbox import known, purge, remember
from storage.store import Store
from storage.tables import check_in, conversation, inbox, mark, school
from storage.unit import StaleVersion
from tests.storage.made import NOW, seconds

COUNT = select(func.count().label("n")).select_from(conversation)


def row(key: str, version: int, state: str = "open") -> dict[str, object]:
    return {"id": key, "subject": "s", "state": state, "body": "{}", "version": version}


def state_of(store: Store, key: str) -> tuple[str, int]:
    with store.begin() as unit:
        (found,) = unit.rows(select(conversation).where(conversation.c.id == key))
        return found["state"], found["version"]


def test_what_is_kept_twice_before_it_is_written_is_written_once_as_it_last_was(store: Store) -> None:
    with store.begin() as unit:
        unit.keep(conversation, row("a", 1), was=None)
        unit.keep(conversation, row("a", 2, "done"), was=1)
    assert state_of(store, "a") == ("done", 2)


def test_what_is_kept_again_after_a_query_flushed_it_is_an_update(store: Store) -> None:
    with store.begin() as unit:
        unit.keep(conversation, row("a", 1), was=None)
        assert unit.rows(COUNT)[0]["n"] == 1
        unit.keep(conversation, row("a", 2), was=1)
        unit.keep(conversation, row("a", 3, "done"), was=2)
        assert unit.rows(COUNT)[0]["n"] == 1
        unit.keep(conversation, row("a", 4, "closed"), was=3)
    assert state_of(store, "a") == ("closed", 4)


def test_a_version_that_somebody_else_changed_is_stale_and_nothing_is_written(store: Store) -> None:
    with store.begin() as unit:
        unit.keep(conversation, row("a", 1), was=None)
        unit.keep(conversation, row("b", 1), was=None)
    with store.begin() as unit:
        unit.keep(conversation, row("a", 2, "done"), was=1)
    with pytest.raises(StaleVersion), store.begin() as unit:  # noqa: PT012  the whole transaction
        unit.keep(conversation, row("b", 2, "done"), was=1)
        unit.keep(conversation, row("a", 2, "closed"), was=1)
    assert state_of(store, "a") == ("done", 2)
    assert state_of(store, "b") == ("open", 1)


def test_two_events_of_one_group_cannot_both_change_the_version_they_read(store: Store) -> None:
    with store.begin() as unit:
        unit.keep(conversation, row("a", 1), was=None)
    with pytest.raises(StaleVersion), store.begin() as unit:  # noqa: PT012  the whole transaction
        unit.keep(conversation, row("a", 2, "done"), was=1)
        unit.keep(conversation, row("a", 2, "closed"), was=1)
    assert state_of(store, "a") == ("open", 1)


def test_what_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as unit:  # noqa: PT012  the whole transaction
        unit.add(mark, {"name": "a", "value": "1"})
        unit.flush()
        unit.add(mark, {"name": "b", "value": "1"})
        _ = 1 / 0
    with store.begin() as unit:
        assert not unit.rows(select(mark))


def test_later_statements_run_before_what_is_added(store: Store) -> None:
    from sqlalchemy import bindparam

    close = update(mark).where(mark.c.name == bindparam("old")).values(value="closed")
    with store.begin() as unit:
        unit.add(mark, {"name": "a", "value": "open"})
        unit.flush()
        unit.later(close, {"old": "a"})
        unit.later(close, {"old": "b"})
        unit.add(mark, {"name": "b", "value": "open"})
    with store.begin() as unit:
        assert {row["name"]: row["value"] for row in unit.rows(select(mark))} == {"a": "closed", "b": "open"}


def test_children_may_be_added_before_their_parents(store: Store) -> None:
    with store.begin() as unit:
        unit.add(
            check_in,
            {
                "id": "c",
                "schedule_id": None,
                "school_id": example.SCHOOL,
                "arbetslag_id": example.TEAM_46,
                "opened_at": "t",
                "state": "open",
                "body": "{}",
                "version": 1,
            },
        )
        example.found(unit, "test", NOW.date())
    with store.begin() as unit:
        assert unit.rows(select(check_in.c.id))


def test_the_roster_is_read_anew_when_somebody_changed_it_and_forgotten_when_it_was_rolled_back(
    store: Store,
) -> None:
    with store.begin() as unit:
        example.found(unit, "test", NOW.date())
        assert unit.roster.schools[example.SCHOOL].name == "Björkskolan"
    new = Account(platform="test", user="lena2")
    with pytest.raises(ZeroDivisionError), store.begin() as unit:  # noqa: PT012  the whole transaction
        add_account(unit, PersonId("lena"), new)
        assert unit.roster.person_of(new)
        _ = 1 / 0
    with store.begin() as unit:
        assert unit.roster.person_of(new) is None
        unit.change(update(school).values(body=school.c.body))
        assert unit.roster.schools


def test_an_event_leaves_its_key_once(store: Store) -> None:
    event = Ticked(id="tick:1", at=NOW)
    with store.begin() as unit:
        remember(unit, event)
    with store.begin() as unit:
        assert known(unit, ["tick:1", "tick:2"]) == {"tick:1"}
    with pytest.raises(IntegrityError), store.begin() as unit:
        remember(unit, event)


def test_the_inbox_forgets_what_no_platform_repeats(store: Store) -> None:
    with store.begin() as unit:
        for hours in (100, 80, 73, 71, 1):
            remember(unit, Ticked(id=f"tick:{hours}", at=NOW - seconds(3600 * hours)))
    with store.begin() as unit:
        assert purge(unit, NOW) == 3
        assert purge(unit, NOW) == 0
        assert known(unit, ["tick:73", "tick:71", "tick:1"]) == {"tick:71", "tick:1"}
        assert unit.rows(select(func.count().label("n")).select_from(inbox))[0]["n"] == 2


def test_two_stores_cannot_lose_each_others_updates(url: str, opened: Callable[[str], Store]) -> None:
    """On SQLite the second is opened past the lock that keeps a second bot out."""
    one = opened(url)
    with closing(Store(open_engine(url))) as two:
        with one.begin() as unit:
            unit.keep(conversation, row("a", 1), was=None)
        with two.begin() as unit:
            unit.keep(conversation, row("a", 2), was=1)
        with pytest.raises(StaleVersion), one.begin() as unit:
            unit.keep(conversation, row("a", 2, "done"), was=1)

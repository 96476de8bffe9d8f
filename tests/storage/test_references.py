"""Where places are in Teams' own words, on both databases: kept, and forgotten."""

from datetime import timedelta

from sqlalchemy import select

from storage.installed import references
from storage.installed.leaving import GRACE
from storage.installed.references import KeptReference
from storage.store import Store
from storage.tables import reference
from tests.storage.made import NOW

HOME, OTHER = "5ca1ab1e-0000-4000-8000-0000000000aa", "5ca1ab1e-0000-4000-8000-0000000000bb"
SECOND = timedelta(seconds=1)


def kept(key: str = "19:a@thread.tacv2", tenant: str = HOME, **changes: str) -> KeptReference:
    said = {"kind": "channel", "conversation": key, "service_url": "https://smba.example/emea/"}
    return KeptReference(tenant=tenant, key=key, **said | changes)


def save(store: Store, *some: KeptReference, after: timedelta = timedelta()) -> bool:
    """Whether the bot is in all of them then."""
    with store.begin() as unit:
        there = [references.save(unit, one, NOW + after) for one in some]
    return all(there)


def find(store: Store, key: str = "19:a@thread.tacv2", tenant: str = HOME) -> KeptReference | None:
    with store.begin() as unit:
        return references.find(unit, tenant, key)


def forget(store: Store, key: str | None, tenant: str = HOME, after: timedelta = timedelta()) -> list[str]:
    with store.begin() as unit:
        return sorted(references.forget(unit, tenant, key, NOW + after))


def purge(store: Store, after: timedelta) -> int:
    with store.begin() as unit:
        return references.purge(unit, NOW + after)


def rows(store: Store) -> set[str]:
    with store.begin() as unit:
        return {row["key"] for row in unit.rows(select(reference.c.key))}


def test_what_is_saved_is_found_whole(store: Store) -> None:
    one = kept(user="29:lena", team="t", team_thread="19:g", name="Arbetslag 4–6", kind="personal")
    save(store, one, kept("19:b@thread.tacv2"))
    assert find(store) == one
    assert find(store, tenant=OTHER) is None
    assert find(store, "19:c@thread.tacv2") is None


def test_what_is_saved_again_takes_the_place_of_what_was_known(store: Store) -> None:
    save(store, kept(user="29:old"), kept(user="29:new", service_url="https://smba.example/amer/"))
    assert find(store) == kept(user="29:new", service_url="https://smba.example/amer/")


def test_a_tenant_has_its_own_and_those_that_are_there(store: Store) -> None:
    save(store, kept("19:b"), kept("19:a"), kept("19:x", OTHER), kept("19:gone"))
    forget(store, "19:gone")
    with store.begin() as unit:
        assert [one.key for one in references.of_tenant(unit, HOME)] == ["19:a", "19:b"]
        assert references.tenants(unit) == (HOME, OTHER)


def test_what_the_bot_is_removed_from_is_not_found_until_it_is_back(store: Store) -> None:
    save(store, kept(), kept("19:b"))
    assert forget(store, "19:a@thread.tacv2") == ["19:a@thread.tacv2"]
    assert forget(store, "19:a@thread.tacv2") == []
    assert find(store) is None
    assert find(store, "19:b")
    assert save(store, kept(), after=SECOND)
    assert find(store) == kept()


def test_what_happened_before_a_removal_does_not_undo_it(store: Store) -> None:
    save(store, kept())
    forget(store, "19:a@thread.tacv2", after=2 * SECOND)
    assert not save(store, kept(), after=SECOND)
    assert not save(store, kept(), after=2 * SECOND)
    assert find(store) is None
    assert purge(store, GRACE + 3 * SECOND) == 1


def test_a_removal_from_before_the_bot_was_let_in_takes_nothing(store: Store) -> None:
    save(store, kept(), kept("19:b"))
    forget(store, None)
    save(store, kept(), after=2 * SECOND)
    with store.begin() as unit:
        assert references.added_after(unit, HOME, NOW + SECOND) == {"19:a@thread.tacv2"}
        assert references.added_after(unit, HOME, NOW + 2 * SECOND) == frozenset()
        assert references.added_after(unit, OTHER, NOW) == frozenset()
    assert forget(store, None, after=SECOND) == []
    assert find(store)
    assert forget(store, None, after=3 * SECOND) == ["19:a@thread.tacv2"]


def test_news_from_where_the_bot_is_say_nothing_of_since_when(store: Store) -> None:
    save(store, kept())
    save(store, kept(user="29:new"), after=2 * SECOND)
    assert forget(store, "19:a@thread.tacv2", after=SECOND) == ["19:a@thread.tacv2"]


def test_a_team_that_lets_the_bot_in_has_it_since_then_everywhere(store: Store) -> None:
    inside = {"team": "t", "team_thread": "19:general"}
    save(store, kept("19:general", **inside), kept("19:a", **inside), kept("19:b"))
    with store.begin() as unit:
        assert references.back(unit, HOME, "19:a", NOW + 2 * SECOND) == (kept("19:general", **inside),)
    assert forget(store, "19:general", after=SECOND) == []
    assert forget(store, "19:b", after=SECOND) == ["19:b"]
    with store.begin() as unit:
        references.back(unit, HOME, "19:a", NOW)
    assert forget(store, "19:general", after=SECOND) == [], "an older one changes nothing"


def test_a_team_that_took_the_bot_out_since_does_not_have_it_back(store: Store) -> None:
    inside = {"team": "t", "team_thread": "19:general"}
    save(store, kept("19:general", **inside), kept("19:a", **inside))
    forget(store, "19:general", after=2 * SECOND)
    with store.begin() as unit:
        assert references.back(unit, HOME, "19:general", NOW + SECOND) == ()
    assert find(store, "19:general") is None
    with store.begin() as unit:
        assert references.back(unit, HOME, "19:general", NOW + 2 * SECOND) == (kept("19:a", **inside),)
    assert find(store, "19:general")


def test_a_team_takes_its_channels_along_and_nobody_elses(store: Store) -> None:
    inside = {"team": "t", "team_thread": "19:general"}
    save(store, kept("19:general", **inside), kept("19:a", **inside), kept("19:b"), kept("19:general", OTHER))
    assert forget(store, "19:general") == ["19:a", "19:general"]
    assert find(store, "19:b")
    assert find(store, "19:general", OTHER)


def test_a_channel_that_is_removed_leaves_its_team(store: Store) -> None:
    inside = {"team": "t", "team_thread": "19:general"}
    save(store, kept("19:general", **inside), kept("19:a", **inside))
    assert forget(store, "19:a") == ["19:a"]
    assert find(store, "19:general")


def test_a_team_that_takes_the_bot_in_again_has_it_in_the_channels_it_had(store: Store) -> None:
    inside = {"team": "t", "team_thread": "19:general"}
    save(store, kept("19:general", **inside), kept("19:a", **inside), kept("19:b"))
    forget(store, "19:general")
    forget(store, "19:b")
    save(store, kept("19:general", **inside), after=SECOND)
    with store.begin() as unit:
        assert references.back(unit, HOME, "19:general", NOW + SECOND) == (kept("19:a", **inside),)
        assert references.back(unit, HOME, "19:x", NOW + SECOND) == ()
    assert find(store, "19:a")
    assert find(store, "19:b") is None


def test_a_whole_tenant_can_be_forgotten(store: Store) -> None:
    save(store, kept("19:a"), kept("@lena"), kept("19:a", OTHER))
    assert forget(store, None) == ["19:a", "@lena"]
    assert find(store, "19:a", OTHER)

"""A tenant that left is forgotten when its grace is over, on both databases, and no other."""

import pytest
from sqlalchemy import select

from bot.domain.school import Account, Place
from bot.rehearsal import example
from storage.installed.leaving import GRACE
from storage.people.founding import add_account, change_arbetslag
from storage.post.outbox import promise
from storage.store import Store
from storage.tables import audit, outbox
from tests.storage.made import NOW, promised
from tests.storage.test_references import HOME, OTHER, SECOND, find, forget, kept, purge, rows, save


def move_in(store: Store, tenant: str) -> None:
    with store.begin() as unit:
        if not unit.roster.schools:
            example.found(unit, "web", NOW.date())
        team = next(iter(unit.roster.arbetslag.values()))
        place = Place(platform="teams", address=f"{tenant}/19:a")
        change_arbetslag(unit, team.model_copy(update={"place": place}))
        person = next(iter(unit.roster.persons.values()))
        add_account(unit, person.id, Account(platform="teams", user=f"{tenant}/lena"))
        promise(unit, promised(f"{tenant}:channel", place=place))


def addresses(store: Store) -> set[str]:
    with store.begin() as unit:
        places = [team.place for team in unit.roster.arbetslag.values()]
        users = {user for platform, user in unit.roster.accounts if platform == "teams"}
        lanes = {row["lane"] for row in unit.rows(select(outbox.c.lane)) if row["lane"].startswith("teams:")}
        return {place.address for place in places if place and place.platform == "teams"} | users | lanes


def test_a_tenant_that_left_is_forgotten_after_the_grace_and_nobody_else(store: Store) -> None:
    save(store, kept("19:a"), kept("19:b"), kept("19:a", OTHER))
    save(store, kept("@heard-of", kind="personal", conversation=""))
    move_in(store, HOME)
    with store.begin() as unit:
        person = next(iter(unit.roster.persons.values()))
        add_account(unit, person.id, Account(platform="teams", user=f"{OTHER}/lena"))
    forget(store, "19:a")
    forget(store, "19:b", after=SECOND)
    assert purge(store, GRACE + SECOND) == 0, "the last conversation's grace is not over"
    assert f"{HOME}/19:a" in addresses(store)
    assert purge(store, GRACE + 2 * SECOND) == 1
    assert purge(store, GRACE + 2 * SECOND) == 0
    assert addresses(store) == {f"{OTHER}/lena"}
    assert rows(store) == {"19:a"}
    with store.begin() as unit:
        assert len(unit.rows(select(audit).where(audit.c.action == "workspace_purged"))) == 1


def test_ones_own_chat_keeps_a_tenant_only_where_no_channel_ever_was(store: Store) -> None:
    save(store, kept("19:a"), kept("@sam", kind="personal", conversation="a:sam"))
    save(store, kept("@eva", OTHER, kind="personal", conversation="a:eva"))
    forget(store, "19:a")
    assert purge(store, GRACE + SECOND) == 1
    assert rows(store) == {"@eva"}


def test_people_who_still_talk_to_the_bot_keep_their_tenant_when_its_last_team_went(store: Store) -> None:
    rut = kept("@rut", kind="personal", conversation="a:rut")
    save(store, kept("19:a"), rut)
    move_in(store, HOME)
    forget(store, "19:a")
    save(store, rut, after=GRACE)
    save(store, rut, after=SECOND)  # words that come late
    assert purge(store, GRACE + SECOND) == 0
    assert purge(store, 2 * GRACE) == 0
    assert f"{HOME}/lena" in addresses(store)
    assert find(store, "@rut") == rut
    assert purge(store, 2 * GRACE + SECOND) == 1, "silent ever since"
    assert rows(store) == set()


def test_who_took_the_bot_away_keeps_no_tenant_by_what_they_said(store: Store) -> None:
    rut = kept("@rut", kind="personal", conversation="a:rut")
    save(store, kept("19:a"), rut)
    forget(store, "19:a")
    save(store, rut, after=GRACE)
    assert purge(store, GRACE + SECOND) == 0
    forget(store, "@rut", after=GRACE + SECOND)
    assert purge(store, GRACE + SECOND) == 1


def test_one_conversation_that_is_left_keeps_its_tenant(store: Store) -> None:
    save(store, kept("19:a"), kept("19:b"))
    move_in(store, HOME)
    forget(store, "19:b")
    assert purge(store, 2 * GRACE) == 0
    assert rows(store) == {"19:a"}
    assert f"{HOME}/19:a" in addresses(store)


def test_coming_back_calls_the_purge_off(store: Store) -> None:
    save(store, kept())
    move_in(store, HOME)
    forget(store, None)
    save(store, kept(), after=SECOND)
    assert purge(store, 2 * GRACE) == 0
    assert f"{HOME}/19:a" in addresses(store)


@pytest.mark.parametrize("tenant", [HOME, OTHER])
def test_nothing_is_purged_where_nothing_was(store: Store, tenant: str) -> None:
    move_in(store, tenant)
    assert purge(store, 2 * GRACE) == 0
    assert f"{tenant}/19:a" in addresses(store)

"""A workspace that left: after the grace, what came from it is forgotten, and nothing else."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.school import Account, Place
from bot.rehearsal import example
from storage.installed import installations
from storage.installed.leaving import GRACE
from storage.people.founding import add_account, change_arbetslag, change_person
from storage.post.outbox import promise
from storage.store import Store
from storage.tables import account, audit, installation, note, outbox
from storage.unit import UnitOfWork
from tests.storage.installing import found, installed, mark, remove, save
from tests.storage.made import NOW, promised


def purge(store: Store, when: timedelta) -> int:
    with store.begin() as unit:
        return installations.purge(unit, NOW + when)


def count(unit: UnitOfWork) -> dict[str, int]:
    return {
        table.name: unit.rows(select(func.count().label("n")).select_from(table))[0]["n"]
        for table in (account, installation, note, outbox)
    }


def move_in(store: Store, team: str) -> None:
    """Let Björkskolan talk in a workspace of Slack's: one channel, one person, one message to each."""
    with store.begin() as unit:
        if not unit.roster.schools:
            example.found(unit, "web", NOW.date())
        arbetslag = next(iter(unit.roster.arbetslag.values()))
        change_arbetslag(unit, arbetslag.model_copy(update={"place": slack(f"{team}/C1")}))
        person = next(iter(unit.roster.persons.values()))
        change_person(unit, person.model_copy(update={"direct": slack(f"{team}/@U1")}))
        add_account(unit, person.id, Account(platform="slack", user=f"{team}/U1"))
        words = dict.fromkeys((column.name for column in note.c), "") | {
            "id": team,
            "text": "Läsro",
            "week": 1,
            "version": 1,
        }
        unit.add(note, words)
        promise(unit, promised(f"{team}:channel", place=slack(f"{team}/C1")))
        promise(unit, promised(f"{team}:elsewhere", place=Place(platform="web", address=f"{team}/C1")))


def slack(address: str) -> Place:
    return Place(platform="slack", address=address)


def addresses(store: Store) -> set[str]:
    """Every address in Slack that anything here still has."""
    with store.begin() as unit:
        roster = unit.roster
        places = [team.place for team in roster.arbetslag.values()]
        places += [person.direct for person in roster.persons.values()]
        users = {user for platform, user in roster.accounts if platform == "slack"}
        lanes = {row["lane"] for row in unit.rows(select(outbox.c.lane)) if row["lane"].startswith("slack:")}
        return {place.address for place in places if place and place.platform == "slack"} | users | lanes


def test_after_the_grace_what_came_from_slack_is_gone_and_what_was_written_stays(store: Store) -> None:
    save(store, installed("T1"), installed("T10"))
    move_in(store, "T1")
    with store.begin() as unit:
        add_account(
            unit, next(iter(unit.roster.persons.values())).id, Account(platform="slack", user="T10/U1")
        )
        before = count(unit)
        people = len(unit.roster.persons)
    remove(store, None, "T1")
    assert purge(store, GRACE) == 0
    assert addresses(store) == {"T1/C1", "T1/@U1", "T1/U1", "slack:T1/C1", "T10/U1"}
    assert purge(store, GRACE + timedelta(seconds=1)) == 1
    assert purge(store, GRACE + timedelta(seconds=1)) == 0
    assert addresses(store) == {"T10/U1"}
    with store.begin() as unit:
        after = count(unit)
        assert len(unit.roster.persons) == people
        assert [row["text"] for row in unit.rows(select(note.c.text))] == ["Läsro"]
        assert len(unit.rows(select(audit).where(audit.c.action == "workspace_purged"))) == 1
    assert after == before | {
        "account": before["account"] - 1,
        "installation": 1,
        "outbox": before["outbox"] - 1,
    }


def test_installing_again_calls_the_purge_off(store: Store) -> None:
    save(store, installed())
    move_in(store, "T1")
    remove(store, None, "T1")
    save(store, installed(token="xoxb-2"))
    assert purge(store, 2 * GRACE) == 0
    assert "T1/C1" in addresses(store)
    assert found(store, None, "T1") == "xoxb-2"


def test_an_organisation_that_left_takes_its_workspaces_but_none_that_has_its_own(store: Store) -> None:
    save(store, installed(None, "E1"), installed("T2", "E1"))
    move_in(store, "T1")
    with store.begin() as unit:
        add_account(
            unit, next(iter(unit.roster.persons.values())).id, Account(platform="slack", user="T2/U1")
        )
    remove(store, "E1", None)
    assert purge(store, 2 * GRACE) == 1
    assert addresses(store) == {"T2/U1"}


def test_a_workspace_that_its_organisation_still_reaches_keeps_its_addresses(store: Store) -> None:
    save(store, installed(None, "E1"), installed("T1", "E1"))
    move_in(store, "T1")
    remove(store, "E1", "T1")
    assert purge(store, 2 * GRACE) == 1
    assert "T1/C1" in addresses(store)
    assert found(store, "E1", "T1") == "xoxb-1"


def test_a_name_that_looks_like_a_pattern_takes_nobody_else_along(store: Store) -> None:
    save(store, installed("T_"))
    move_in(store, "TX")
    with store.begin() as unit:
        add_account(
            unit, next(iter(unit.roster.persons.values())).id, Account(platform="slack", user="T_/U1")
        )
    remove(store, None, "T_")
    assert purge(store, 2 * GRACE) == 1
    assert addresses(store) == {"TX/C1", "TX/@U1", "TX/U1", "slack:TX/C1"}


def test_a_token_that_is_refused_for_longer_than_the_grace_is_forgotten(store: Store) -> None:
    save(store, installed(), installed("T2", token="xoxb-2"))
    mark(store, installed(), NOW)
    assert purge(store, GRACE) == 0
    assert purge(store, GRACE + timedelta(seconds=1)) == 1
    assert [found(store, None, team) for team in ("T1", "T2")] == [None, "xoxb-2"]

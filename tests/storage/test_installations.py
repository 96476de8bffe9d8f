"""Where the bot is installed, on both databases: sealed, found, replaced, removed and forgotten."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.domain.school import Account, Place
from bot.rehearsal import example
from storage import installations
from storage.founding import add_account, change_arbetslag, change_person
from storage.installations import GRACE, Installation
from storage.outbox import promise
from storage.sealing import Seal, SealBroken
from storage.store import Store
from storage.tables import account, audit, installation, note, outbox
from storage.unit import UnitOfWork
from tests.storage.made import NOW, promised

SEAL = Seal([Fernet.generate_key().decode()])


def installed(team: str | None = "T1", enterprise: str | None = None, token: str = "xoxb-1") -> Installation:  # noqa: S107  invented
    return Installation(
        enterprise=enterprise,
        team=team,
        name="Björkskolan",
        token=SecretStr(token),
        bot_id="B1",
        bot_user="U0",
        app_id="A1",
        scopes=frozenset({"commands", "chat:write"}),
    )


def save(store: Store, *some: Installation) -> None:
    with store.begin() as unit:
        for one in some:
            installations.save(unit, SEAL, one, "UPIA", NOW)


def found(store: Store, enterprise: str | None, team: str | None) -> str | None:
    with store.begin() as unit:
        one = installations.find(unit, SEAL, enterprise, team)
        return one.token.get_secret_value() if one else None


def remove(store: Store, enterprise: str | None, team: str | None) -> bool:
    with store.begin() as unit:
        return installations.remove(unit, enterprise, team, NOW)


def test_what_is_saved_is_found_whole_and_sealed_in_the_database(store: Store) -> None:
    save(store, installed())
    with store.begin() as unit:
        assert installations.find(unit, SEAL, None, "T1") == installed()
        (row,) = unit.rows(select(installation))
    assert "xoxb" not in str(dict(row))
    assert (row["installer"], row["disconnected_at"]) == ("UPIA", None)


def test_the_workspace_comes_before_its_organisation(store: Store) -> None:
    save(store, installed(None, "E1", "org"), installed("T1", "E1", "own"), installed("T9", None, "alone"))
    assert found(store, "E1", "T1") == "own"
    assert found(store, None, "T1") == "own"
    assert found(store, "E1", "T2") == "org"
    assert found(store, "E1", None) == "org"
    assert found(store, None, "T9") == "alone"
    assert found(store, None, "T2") is None
    assert found(store, "E2", "T2") is None
    assert found(store, None, None) is None


def test_installed_again_is_one_row_with_the_new_token(store: Store) -> None:
    save(store, installed(), installed(token="xoxb-2"))
    assert found(store, None, "T1") == "xoxb-2"
    with store.begin() as unit:
        assert len(installations.connected(unit, SEAL)) == 1


def test_a_workspace_that_joined_an_organisation_is_still_one(store: Store) -> None:
    save(store, installed("T1", None, "before"))
    save(store, installed("T1", "E1", "after"))
    assert found(store, None, "T1") == found(store, "E1", "T1") == "after"
    with store.begin() as unit:
        assert len(unit.rows(select(installation))) == 1


def test_removal_wipes_the_token_at_once_however_often_it_comes(store: Store) -> None:
    save(store, installed(), installed(None, "E1"))
    assert [remove(store, None, "T1"), remove(store, None, "T1"), remove(store, None, "T7")] == [
        True, False, False,
    ]  # fmt: skip
    assert found(store, None, "T1") is None
    assert found(store, "E1", None) == "xoxb-1"
    with store.begin() as unit:
        rows = {row["team"]: row["token"] for row in unit.rows(select(installation))}
    assert rows["T1"] == ""
    assert remove(store, "E1", None)
    assert found(store, "E1", "T1") is None


def test_the_first_key_seals_and_every_key_opens(store: Store) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with store.begin() as unit:
        installations.save(unit, Seal([old]), installed(), "UPIA", NOW)
    with store.begin() as unit:
        both = Seal([new, old])
        assert installations.find(unit, both, None, "T1") == installed()
        assert (installations.seal_anew(unit, both), installations.seal_anew(unit, both)) == (1, 0)
    with store.begin() as unit:
        assert installations.find(unit, Seal([new]), None, "T1") == installed()


def test_without_the_key_nothing_is_opened_and_nothing_written_over(store: Store) -> None:
    save(store, installed())
    stranger = Seal([Fernet.generate_key().decode()])
    with store.begin() as unit, pytest.raises(SealBroken, match="NULAGE_SECRET_KEY") as refused:
        installations.seal_anew(unit, stranger)
    assert refused.value.exit_code == 4
    assert found(store, None, "T1") == "xoxb-1"


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
        "account": before["account"] - 1, "installation": 1, "outbox": before["outbox"] - 1,
    }  # fmt: skip


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

"""Where the bot is installed, on both databases: sealed, found, replaced, removed and forgotten."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from storage.emptying import is_empty
from storage.installed import installations
from storage.installed.leaving import GRACE
from storage.installed.sealing import Seal, SealBroken
from storage.store import Store
from storage.tables import installation
from tests.storage.installing import SEAL, found, installed, mark, remove, save
from tests.storage.made import NOW


def test_what_is_saved_is_found_whole_and_sealed_in_the_database(store: Store) -> None:
    save(store, installed())
    with store.begin() as unit:
        assert installations.find(unit, SEAL, None, "T1") == installed()
        (row,) = unit.rows(select(installation))
    assert "xoxb" not in str(dict(row))
    assert (row["installer"], row["disconnected_at"]) == ("UPIA", None)


def test_a_store_that_a_chat_has_let_a_bot_into_is_not_empty(store: Store) -> None:
    with store.begin() as unit:
        assert is_empty(unit)
    save(store, installed())
    with store.begin() as unit:
        assert not is_empty(unit)


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
        True,
        False,
        False,
    ]
    assert found(store, None, "T1") is None
    assert found(store, "E1", None) == "xoxb-1"
    with store.begin() as unit:
        rows = {row["team"]: row["token"] for row in unit.rows(select(installation))}
    assert rows["T1"] == ""
    assert remove(store, "E1", None)
    assert found(store, "E1", "T1") is None


def test_what_was_installed_after_the_removal_stays(store: Store) -> None:
    save(store, installed())
    with store.begin() as unit:
        assert not installations.remove(unit, None, "T1", NOW - timedelta(seconds=1), NOW)
    assert found(store, None, "T1") == "xoxb-1"


def test_a_refused_token_is_kept_and_so_is_every_other(store: Store) -> None:
    own, whole = installed(), installed(None, "E1", "org")
    save(store, own, whole)
    assert [mark(store, own, NOW), mark(store, own, NOW)] == [True, False]
    with store.begin() as unit:
        kept = {one.token.get_secret_value(): one.refused for one in installations.connected(unit, SEAL)}
    assert kept == {"xoxb-1": True, "org": False}
    assert [mark(store, own, None), mark(store, own, None)] == [True, False]
    assert not mark(store, installed(token="xoxb-0"), NOW), "another token has come in its place"
    assert not mark(store, installed("T7"), NOW)
    remove(store, None, "T1")
    assert not mark(store, own, NOW)


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


def test_what_no_key_opens_is_let_go_and_can_be_installed_again(store: Store) -> None:
    stranger = Seal([Fernet.generate_key().decode()])
    save(store, installed())
    with store.begin() as unit:
        installations.save(unit, stranger, installed("T2"), "UPIA", NOW)
        assert (installations.let_go(unit, stranger, NOW), installations.let_go(unit, stranger, NOW)) == (
            1,
            0,
        )
    with store.begin() as unit:
        assert [one.team for one in installations.connected(unit, stranger)] == ["T2"]
        assert installations.purge(unit, NOW) == 0
        assert installations.purge(unit, NOW + GRACE + timedelta(days=1)) == 1

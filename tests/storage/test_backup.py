"""A copy has its name only when it is whole."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup.copying import back_up, check, is_copy, newest
from storage.engine import StoreRefused
from tests.storage.copies import HOURS, damage, keys_in, made, names, opened
from tests.storage.made import NOW, promise_all, promised


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return made(tmp_path / "nulage.sqlite3")


def test_a_copy_is_made_while_the_bot_writes(database: Path, tmp_path: Path) -> None:
    store = opened(database)
    with store.begin() as unit:
        unit.flush()
        back_up(database, tmp_path / "copy", NOW)
    promise_all(store, promised("later"))
    store.close()
    assert keys_in(tmp_path / "copy") == ["a"]
    assert check(tmp_path / "copy") == (0, 0, NOW)


def test_a_copy_is_one_file_for_us_alone_and_says_when(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy"
    copy.parent.mkdir()
    assert back_up(database, copy, NOW).at == NOW
    with closing(sqlite3.connect(copy)) as looking:
        looking.execute("SELECT count(*) FROM note").fetchone()
        assert names(copy.parent) == {"copy"}
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert (is_copy(copy), is_copy(database)) == (True, False)
    assert newest(database) == (copy, NOW)
    copy.unlink()
    assert newest(database) is None


def test_a_newer_copy_takes_the_place_of_the_older(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(database, copy, NOW)
    store = opened(database)
    promise_all(store, promised("b"))
    store.close()
    assert back_up(database, copy, NOW + HOURS).at == NOW + HOURS
    assert keys_in(copy) == ["a", "b"]


def test_a_copy_of_a_copy_is_as_old_as_the_first(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    assert back_up(tmp_path / "copy", tmp_path / "again", NOW + HOURS).at == NOW


def test_a_damaged_database_does_not_take_the_place_of_a_good_copy(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(database, copy, NOW)
    good = copy.read_bytes()
    damage(database)
    with pytest.raises(StoreRefused, match="skadad"):
        back_up(database, copy, NOW + HOURS)
    assert copy.read_bytes() == good
    assert newest(database) == (copy, NOW)
    assert not list(tmp_path.glob("*.partial*"))


def test_what_is_left_of_a_killed_run_is_removed(database: Path, tmp_path: Path) -> None:
    for ending in ("", "-journal", "-wal"):
        (tmp_path / f"copy.partial{ending}").write_bytes(b"half")
    back_up(database, tmp_path / "copy", NOW)
    assert names(tmp_path) == {"nulage.sqlite3", "copy"}


def test_nothing_else_is_written_over(database: Path, tmp_path: Path) -> None:
    (tmp_path / "rapport.txt").write_text("Kära alla")
    for wrong in ("rapport.txt", "nulage.sqlite3", "."):
        with pytest.raises(StoreRefused, match="något annat"):
            back_up(database, tmp_path / wrong, NOW)
    assert (tmp_path / "rapport.txt").read_text() == "Kära alla"
    assert keys_in(database) == ["a"]


def test_where_there_is_no_folder_or_no_database_it_is_said(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="Jag kan inte skriva"):
        back_up(database, tmp_path / "nowhere" / "copy", NOW)
    with pytest.raises(StoreRefused, match="Det finns ingen databas"):
        back_up(tmp_path / "other.sqlite3", tmp_path / "copy", NOW)
    assert not (tmp_path / "other.sqlite3").exists()


def test_where_this_user_may_not_look_it_is_said(tmp_path: Path) -> None:
    """A name longer than any file may have is refused as a folder that is shut is, also to root."""
    with pytest.raises(StoreRefused, match="Jag får inte läsa"):
        back_up(tmp_path / ("x" * 300), tmp_path / "copy", NOW)
    assert not is_copy(tmp_path / ("x" * 300))

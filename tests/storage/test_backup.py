"""A copy has its name only when it is whole."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.backup.copying import back_up, check, is_copy, newest
from storage.backup.laying import lay_back
from storage.engine import StoreRefused
from tests.storage.copies import HOURS, damage, keys_in, made, names, opened
from tests.storage.made import NOW, promise_all, promised


def all_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


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


@pytest.mark.parametrize(
    "ending", [".backup", ".lock.pid", ".restoring", ".restoring-wal", "-wal", "-shm", "-journal", ".partial"]
)
def test_no_copy_is_made_where_something_of_ours_will_be_laid(
    database: Path, tmp_path: Path, ending: str
) -> None:
    to = tmp_path / f"nulage.sqlite3{ending}"
    to.unlink(missing_ok=True)
    with pytest.raises(StoreRefused, match="använder själv") as refused:
        back_up(database, to, NOW)
    assert (refused.value.exit_code, to.exists()) == (2, False)
    back_up(database, tmp_path / f"nulage.sqlite3{ending}-2026", NOW)


def test_a_copy_may_be_called_so_where_the_database_is_not(database: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for name in ("nulage.sqlite3", "nulage.sqlite3.backup"):
        assert back_up(database, copies / name, NOW).at == NOW


def test_whatever_we_lay_beside_a_database_is_known_as_ours(database: Path, tmp_path: Path) -> None:
    """Also while a copy is laid back, and what lay there before."""
    seen = set[str]()
    back_up(database, tmp_path / "copy", NOW)
    lay_back(tmp_path / "copy", database, NOW, lambda _unit: seen.update(all_in(tmp_path)))
    store = opened(database)
    seen |= all_in(tmp_path)
    assert {"nulage.sqlite3-wal", "nulage.sqlite3.restoring", "nulage.sqlite3.backup"} < seen
    for name in seen - {"nulage.sqlite3", "copy"}:
        with pytest.raises(StoreRefused, match="använder själv"):
            back_up(database, tmp_path / name, NOW)
    store.close()


def test_a_copy_that_is_made_is_not_said_to_be_the_older_one(database: Path, tmp_path: Path) -> None:
    """Where it was put cannot be noted, for the disk is full just then."""
    copy = tmp_path / "copy"
    (tmp_path / "nulage.sqlite3.backup").symlink_to("/dev/full")
    with capture_logs() as lines:
        assert back_up(database, copy, NOW).at == NOW
    assert check(copy).at == NOW
    assert [line["action"] for line in lines] == ["backup.not_finished"]


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

"""A copy becomes the database by one rename; what lay there is kept, and no bad copy is laid back."""

import errno
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from storage.backup.copying import back_up, database_file
from storage.backup.epoch import COPIED_AT, copied_at
from storage.backup.laying import lay_back
from storage.emptying import rehearse_in
from storage.engine import StoreRefused
from tests.storage.copies import HOURS, damage, keys_in, made, names, nothing, opened
from tests.storage.made import NOW, promise_all, promised


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return made(tmp_path / "nulage.sqlite3")


def test_what_lay_there_is_kept_with_all_that_was_written_last(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    store = opened(database)
    promise_all(store, promised("b"))
    beside = {name: (tmp_path / name).read_bytes() for name in ("nulage.sqlite3", "nulage.sqlite3-wal")}
    store.close()
    for name, held in beside.items():  # as a bot that was killed left it
        (tmp_path / name).write_bytes(held)
    laid, _ = lay_back(tmp_path / "copy", database, NOW + HOURS, nothing)
    assert keys_in(database) == ["a"]
    assert laid.kept
    assert keys_in(laid.kept) == ["a", "b"]


def test_a_damaged_database_is_kept_too(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    database.write_bytes(b"no database" * 1000)
    (tmp_path / "nulage.sqlite3-wal").write_bytes(b"what was left")
    laid, _ = lay_back(tmp_path / "copy", database, NOW, nothing)
    assert laid.kept
    assert laid.kept.read_bytes() == b"no database" * 1000
    assert Path(f"{laid.kept}-wal").read_bytes() == b"what was left"
    assert keys_in(database) == ["a"]


def test_what_is_left_beside_a_lost_database_is_not_read_into_the_copy(
    database: Path, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "copy", NOW)
    store = opened(database)
    promise_all(store, promised("b"))
    left = (tmp_path / "nulage.sqlite3-wal").read_bytes()
    store.close()
    (tmp_path / "nulage.sqlite3-wal").write_bytes(left)
    database.unlink()
    lay_back(tmp_path / "copy", database, NOW, nothing)
    assert keys_in(database) == ["a"]


def test_each_restoring_keeps_what_lay_there_under_a_name_of_its_own(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    kept = [lay_back(tmp_path / "copy", database, NOW, nothing)[0].kept for _ in range(3)]
    assert len({*kept}) == 3
    assert all(one and one.exists() for one in kept)
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_copy_is_laid_where_nothing_is_left(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    new = tmp_path / "new" / "nulage.sqlite3"
    laid, _ = lay_back(tmp_path / "copy", new, NOW, nothing)
    assert (laid.kept, keys_in(new)) == (None, ["a"])


def test_a_bot_at_work_is_not_restored_under(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    store = opened(database)
    with pytest.raises(StoreRefused, match="används redan av en annan Nuläge"):
        lay_back(tmp_path / "copy", database, NOW, nothing)
    promise_all(store, promised("b"))
    store.close()
    assert keys_in(database) == ["a", "b"]


def test_a_program_in_the_middle_of_the_database_is_not_restored_under(
    database: Path, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "copy", NOW)
    with closing(sqlite3.connect(database)) as other:
        other.execute("DELETE FROM outbox")
        with pytest.raises(StoreRefused, match="Något annat program"):
            lay_back(tmp_path / "copy", database, NOW, nothing, patience=0.1)
    assert names(tmp_path) == {"nulage.sqlite3", "copy"}


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE person (name TEXT)")


def rehearsed(path: Path) -> None:
    store = opened(path)
    with store.begin() as unit:
        rehearse_in(unit)
    store.close()


@pytest.mark.parametrize(
    ("wrong", "said", "code"),
    [
        (damage, "är skadad", 7),
        (lambda path: path.write_bytes(b""), "inte en kopia", 7),
        (lambda path: path.write_text("Kära alla"), "inte en kopia", 7),
        (foreign, "inte en kopia", 7),
        (newer, "nyare än programmet", 6),
        (rehearsed, "provrummet", 7),
        (Path.unlink, "ingen fil", 7),
    ],
    ids=("damaged", "empty", "text", "foreign", "newer", "rehearsed", "gone"),
)
def test_what_is_no_good_copy_changes_nothing(
    database: Path, tmp_path: Path, wrong: object, said: str, code: int
) -> None:
    copy = tmp_path / "copies" / "copy"
    copy.parent.mkdir()
    back_up(database, copy, NOW)
    assert callable(wrong)
    wrong(copy)
    with pytest.raises(StoreRefused, match=said) as refused:
        lay_back(copy, database, NOW, nothing)
    assert refused.value.exit_code == code
    assert names(tmp_path) == {"nulage.sqlite3", "copies"}
    assert keys_in(database) == ["a"]


def test_the_database_is_no_copy_of_itself(database: Path) -> None:
    with pytest.raises(StoreRefused, match="databasen själv"):
        lay_back(database, database, NOW, nothing)
    assert keys_in(database) == ["a"]


def test_a_copy_that_bears_a_name_of_ours_is_not_taken_away(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    copy = (tmp_path / "copy").rename(tmp_path / "nulage.sqlite3.restoring")
    other = tmp_path / "other"
    other.symlink_to(copy)
    held = copy.read_bytes()
    for one in (copy, other):
        with pytest.raises(StoreRefused, match="använder själv"):
            lay_back(one, database, NOW, nothing)
        assert copy.read_bytes() == held


def test_a_copy_by_another_name_is_all_that_lies_beside_it_too(database: Path, tmp_path: Path) -> None:
    store = opened(database)
    promise_all(store, promised("b"))
    (tmp_path / "old").mkdir()
    for name in ("nulage.sqlite3", "nulage.sqlite3-wal"):
        shutil.copy(tmp_path / name, tmp_path / "old")
    store.close()
    (tmp_path / "copy").symlink_to(tmp_path / "old" / "nulage.sqlite3")
    lay_back(tmp_path / "copy", tmp_path / "new.sqlite3", NOW, nothing)
    assert keys_in(tmp_path / "new.sqlite3") == ["a", "b"]


def test_a_database_that_has_another_name_keeps_it(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    link = tmp_path / "here" / "nulage.sqlite3"
    link.parent.mkdir()
    link.symlink_to(database)
    meant = database_file(f"sqlite:///{link}")
    assert meant
    lay_back(tmp_path / "copy", meant, NOW, nothing)
    assert (link.is_symlink(), names(link.parent)) == (True, {"nulage.sqlite3"})
    assert keys_in(link) == ["a"]


def no_folder_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes what is in files, and no names of them."""
    to_disk = os.fsync

    def refuse(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        to_disk(opened)

    monkeypatch.setattr(os, "fsync", refuse)


def test_a_copy_that_is_laid_back_is_not_said_to_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "copy")
    no_folder_to_disk(monkeypatch)
    with capture_logs() as lines:
        laid, _ = lay_back(tmp_path / "copy", tmp_path / "new.sqlite3", NOW, nothing)
    assert (laid.kept, keys_in(tmp_path / "new.sqlite3")) == (None, ["a"])
    assert [line["action"] for line in lines] == ["backup.not_finished"]


def test_what_lay_there_is_safe_before_anything_is_laid_over_it(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(database, tmp_path / "copy", NOW)
    promise_all(store := opened(database), promised("b"))
    store.close()
    no_folder_to_disk(monkeypatch)
    with pytest.raises(StoreRefused, match="Inget är ändrat"):
        lay_back(tmp_path / "copy", database, NOW, nothing)
    assert keys_in(database) == ["a", "b"]


def test_a_look_changes_nothing(database: Path, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy", NOW)
    before = database.read_bytes(), names(tmp_path)
    laid, at = lay_back(tmp_path / "copy", database, NOW, copied_at, only_look=True)
    assert (laid.kept, at) == (None, NOW)
    assert (database.read_bytes(), names(tmp_path)) == before


def test_a_copy_made_by_other_means_has_no_mark_and_is_laid_back_all_the_same(
    database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    with closing(sqlite3.connect(database)) as ours, closing(sqlite3.connect(copy)) as theirs:
        ours.backup(theirs)
    held = copy.read_bytes()
    _, at = lay_back(copy, database, NOW, copied_at)
    assert (at, keys_in(database), copy.read_bytes()) == (None, ["a"], held)
    assert COPIED_AT == "copied_at", "older copies say it so"

"""A damaged file is found at start, not when somebody happens to meet the page."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from storage.engine import StoreRefused
from storage.migrate import HEAD
from storage.store import open_store, refusal_of
from tests.storage.made import promise_all, promised


def test_a_flipped_page_far_from_the_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    store = open_store(f"sqlite:///{path}")
    promise_all(store, *(promised(f"k{number}") for number in range(200)))
    store.close()
    with closing(sqlite3.connect(path)) as whole:
        whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = whole.execute("PRAGMA page_size").fetchone()[0]
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'outbox_waiting'"
        page = whole.execute(where).fetchone()[0]
    before = bytearray(path.read_bytes())
    start = (page - 1) * size
    before[start + 8 : start + size] = bytes(byte ^ 0xFF for byte in before[start + 8 : start + size])
    path.write_bytes(before)
    with closing(
        sqlite3.connect(path)
    ) as damaged:  # the schema, and what migrate asks for, can still be read
        assert damaged.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)

    with pytest.raises(
        StoreRefused, match=r"är skadad .* Lägg tillbaka den senaste säkerhetskopian"
    ) as refused:
        open_store(f"sqlite:///{path}")

    assert refused.value.exit_code == 7
    assert path.read_bytes() == before


def test_a_store_that_another_program_holds_is_not_said_to_be_damaged_or_unwritable(tmp_path: Path) -> None:
    held = sqlite3.OperationalError("database is locked")
    held.sqlite_errorcode = sqlite3.SQLITE_BUSY
    path = tmp_path / "nulage.sqlite3"
    refused = refusal_of(OperationalError("BEGIN IMMEDIATE", None, held), make_url(f"sqlite:///{path}"), path)
    assert "upptagen" in refused.text
    assert refused.exit_code == 5

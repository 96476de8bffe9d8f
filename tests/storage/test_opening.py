"""Opening a store: schema, locks, and disks that cannot be trusted."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, select, text

from storage.engine import StoreRefused, file_system_of, open_engine, refuse_network_disk
from storage.migrate import HEAD, VERSION_TABLE, config_for, migrate
from storage.store import Store, open_store
from storage.tables import installation, mark, metadata
from tasks import revision

STARTER = """
import sys, storage.migrate
from storage.engine import open_engine
print("ready", flush=True)
sys.stdin.readline()
engine = open_engine(sys.argv[1])
storage.migrate.migrate(engine)
with engine.begin() as connection:
    print(connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar())
"""
MOUNTS = """/dev/root / ext4 rw 0 0
//files/share /srv/nulage cifs rw 0 0
server:/x /srv/with\\040space nfs4 rw 0 0
tmpfs /srv/nulage/local tmpfs rw 0 0
old /srv/twice nfs rw 0 0
new /srv/twice ext4 rw 0 0
"""


def test_two_starters_at_once_make_one_schema(url: str) -> None:
    engine = open_engine(url)
    engine.connect().close()  # a SQLite file is turned to WAL by one alone: `hold_alone` sees to that
    engine.dispose()
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for starter in starters:
        assert starter.stdout
        assert starter.stdout.readline() == "ready\n"
    for starter in starters:
        assert starter.stdin
        starter.stdin.write("go\n")
        starter.stdin.flush()
    for starter in starters:
        out, err = starter.communicate(timeout=60)
        assert (starter.returncode, out) == (0, "1\n"), err


def test_a_store_at_head_is_left_as_it_is(store: Store) -> None:
    with store.begin() as unit:
        unit.add(mark, {"name": "a", "value": "1"})
    migrate(store.engine)
    with store.begin() as unit:
        assert len(unit.rows(select(mark))) == 1


def test_what_a_fresh_store_gets_is_what_the_migrations_make(url: str) -> None:
    """Both roads lead to the same tables; if this fails, run `python -m tasks.revision`."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            command.upgrade(config_for(connection), "head")
            context = MigrationContext.configure(connection)
            assert context.get_current_revision() == HEAD
            assert compare_metadata(context, metadata) == []
            migrated = _indexes(engine, connection)
            command.downgrade(config_for(connection), "base")
            assert set(inspect(connection).get_table_names()) == {"alembic_version"}
            connection.execute(text("DROP TABLE alembic_version"))
        migrate(engine)
        with engine.begin() as connection:
            assert _indexes(engine, connection) == migrated
    finally:
        engine.dispose()


def _indexes(engine: Engine, connection: Any) -> list[Any]:
    catalogue = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    }
    return [tuple(row) for row in connection.execute(text(catalogue[engine.dialect.name]))]


def test_the_newest_migration_is_written_from_the_tables() -> None:
    written = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--no-force-exclude", "--stdin-filename", "x.py", "-"],
        input=revision.write(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert written.stdout == revision.TARGET.read_text(), "run: python -m tasks.revision"


def test_a_released_store_is_brought_to_head_with_what_is_in_it(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        command.upgrade(config_for(connection), revision.RELEASED)
        connection.execute(text("INSERT INTO mark VALUES ('kept', '1')"))
    engine.dispose()
    store = open_store(url)
    with store.begin() as unit:
        assert [row["name"] for row in unit.rows(select(mark))] == ["kept"]
        assert unit.rows(select(installation)) == []
    store.close()


def test_a_store_newer_than_the_program_is_refused_and_left_alone(url: str) -> None:
    open_store(url).close()
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreRefused, match="nyare än programmet") as refused:
        open_store(url)
    assert refused.value.exit_code == 6
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_a_migration_that_is_killed_leaves_nothing_half_done(url: str) -> None:
    """Killed when all the tables stand there but the mark of which they are."""
    engine = open_engine(url)

    @event.listens_for(engine, "before_cursor_execute")
    def die(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement == VERSION_TABLE:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrate(engine)
    event.remove(engine, "before_cursor_execute", die)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/nulage/x.sqlite3", "cifs"),
        ("/srv/with space/x.sqlite3", "nfs4"),
        ("/srv/nulage/local/x", "tmpfs"),
        ("/srv/nulagex/x", "ext4"),
        ("/srv/twice/x", "ext4"),
    ],
)
def test_the_mount_table_says_which_file_system_a_path_lies_on(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs"])
def test_a_network_disk_is_refused(tmp_path: Path, kind: str) -> None:
    table = f"/dev/root / ext4 rw 0 0\nx {tmp_path} {kind} rw 0 0\n"
    with pytest.raises(StoreRefused, match="PostgreSQL") as refused:
        refuse_network_disk(tmp_path / "nulage.sqlite3", lambda: table)
    assert refused.value.exit_code == 7
    refuse_network_disk(tmp_path / "nulage.sqlite3", lambda: "/dev/root / ext4 rw 0 0\n")


def test_a_second_bot_on_the_same_file_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nulage.sqlite3'}"
    first = open_store(url)
    with pytest.raises(StoreRefused, match=f"används redan av en annan Nuläge .process {os.getpid()} på "):
        open_store(url)
    first.close()
    open_store(url).close()


def test_a_second_bot_is_refused_by_whatever_name_it_knows_the_file(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "nulage.sqlite3").symlink_to(tmp_path / "disk" / "nulage.sqlite3")
    first = open_store(f"sqlite:///{tmp_path / 'disk' / 'nulage.sqlite3'}")
    with pytest.raises(StoreRefused, match="en annan Nuläge"):
        open_store(f"sqlite:///{tmp_path / 'nulage.sqlite3'}")
    first.close()


def test_a_store_that_was_refused_does_not_keep_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    path.write_bytes(b"this is not a database, and long enough to be looked at twice" * 20)
    for _ in range(2):
        with pytest.raises(StoreRefused, match="är skadad eller är inte en databas"):
            open_store(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(StoreRefused, match=f"{blocked}/nulage.sqlite3 som användare {os.getuid()}"):
        open_store(f"sqlite:///{blocked}/nulage.sqlite3")


def test_a_database_that_is_away_is_named() -> None:
    with pytest.raises(StoreRefused, match="Jag når inte databasen på") as refused:
        open_store("postgresql://nobody@/none?host=/nowhere")
    assert refused.value.exit_code == 5


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def test_a_fresh_database_is_read_by_nobody_else_nor_is_what_lies_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(f"sqlite:///{tmp_path / 'nulage.sqlite3'}")
        with store.begin() as unit:
            unit.add(mark, {"name": "a", "value": "1"})
        found = modes(tmp_path)
        store.close()
    finally:
        os.umask(before)
    assert set(found) == {f"nulage.sqlite3{end}" for end in ("", "-wal", "-shm", ".lock.pid")}
    assert set(found.values()) == {0o600}


def test_a_database_that_is_there_keeps_the_permissions_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "nulage.sqlite3"
    open_store(f"sqlite:///{path}").close()
    path.chmod(0o660)
    open_store(f"sqlite:///{path}").close()
    assert modes(tmp_path)[path.name] == 0o660

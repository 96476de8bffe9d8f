"""Opening the store: the SQLite hooks without which updates are lost, and one bot per data folder."""

import fcntl
import os
import socket
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import StaticPool

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "wal_autocheckpoint=8000",
    "cache_size=-16000",
)
"""A checkpoint for each 8 000 pages (32 MB) writes a page that many turns touched once; 16 MB of cache."""
LOOKING = ("query_only=ON", "busy_timeout=1000")
"""For who only looks: nothing is set that stays in the file, and nobody is waited for long."""
POSTGRESQL_OPTIONS = (
    "-c synchronous_commit=on -c lock_timeout=10s -c statement_timeout=30s "
    "-c idle_in_transaction_session_timeout=60s"
)
POSTGRESQL_LOOKING = " -c default_transaction_read_only=on"
POSTGRESQL_PATIENCE = {
    "connect_timeout": 10,
    "tcp_user_timeout": 30_000,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""Seconds (`tcp_user_timeout`: ms) until a server that says nothing is away (PostgreSQL, libpq-connect).

The time-outs above are the server's own: one that is cut off, or never answered, keeps none of them.
"""
NETWORK_FILE_SYSTEMS = ("nfs", "cifs", "smb", "9p", "fuse.", "ceph", "glusterfs", "afs")


class StoreRefused(Exception):
    """The store cannot be trusted with answers. `text` tells the person in Swedish why and what to do."""

    def __init__(self, text: str, exit_code: int = 7) -> None:
        super().__init__(text)
        self.text = text
        self.exit_code = exit_code


def _mount_table() -> str:
    mounts = Path("/proc/mounts")
    return mounts.read_text() if mounts.exists() else ""


def file_system_of(path: Path, mounts: str) -> str:
    r"""Return the file system type that holds `path`, read from a mount table (proc(5), mounts).

    What was mounted last on a point is what is seen there; a space in it is written `\040`.
    """
    best, kind = "", ""
    for line in mounts.splitlines():
        _device, point, found, *_ = line.split(" ")
        prefix = point.replace("\\040", " ").rstrip("/") + "/"
        if f"{path}/".startswith(prefix) and len(prefix) >= len(best):
            best, kind = prefix, found
    return kind


def refuse_network_disk(path: Path, mounts: Callable[[], str] = _mount_table) -> None:
    """Refuse a database on a network disk: SQLite's locks do not hold there (sqlite.org, faq 5)."""
    kind = file_system_of(path.resolve(), mounts())
    if kind.startswith(NETWORK_FILE_SYSTEMS):
        raise StoreRefused(
            f"Databasen {path} ligger på en nätverksdisk ({kind}). Där kan svar gå förlorade. "
            "Använd PostgreSQL, eller lägg filen på en lokal disk. Inget är ändrat."
        )


def hold_alone(path: Path) -> TextIO:
    """Take the lock that lets one bot alone use a SQLite file; it is let go when the process ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".lock.pid")
        beside.touch(0o600)
        lock = beside.open("a+")
    except OSError as problem:
        raise unwritable(path) from problem
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        raise StoreRefused(
            f"Databasen {path} används redan av en annan Nuläge ({holder}). "
            "Stäng den först, eller välj en annan databas med NULAGE_DATABASE_URL. Inget är ändrat."
        ) from None
    lock.truncate(0)
    lock.write(f"process {os.getpid()} på {socket.gethostname()}")
    lock.flush()
    return lock


def make_ours_alone(path: Path) -> None:
    """Make the file before SQLite does, so that nobody else may read it, nor what SQLite lays beside it.

    SQLite gives its journals the database's own permissions. A file that is there keeps those it has.
    """
    try:
        if not path.exists():
            path.touch(0o600)
    except OSError as problem:
        raise unwritable(path) from problem


def unwritable(path: Path) -> StoreRefused:
    """Say which file and which user, so that whoever runs the bot can mend it."""
    return StoreRefused(
        f"Jag kan inte skriva i databasen {path} som användare {os.getuid()}. "
        "Ge den användaren skrivrätt till filen och mappen, och kontrollera att disken inte är full. "
        "Inget är ändrat."
    )


def damaged(path: object) -> StoreRefused:
    return StoreRefused(
        f"Databasen {path} är skadad eller är inte en databas. Lägg tillbaka den senaste säkerhetskopian "
        "med `nulage restore`, och starta igen. Inget är ändrat."
    )


def occupied(path: object) -> StoreRefused:
    return StoreRefused(
        f"Databasen {path} är upptagen: ett annat program håller den för sig själv. "
        "Vänta en minut och försök igen. Inget är ändrat.",
        exit_code=5,
    )


def away(url: URL) -> StoreRefused:
    return StoreRefused(
        f"Jag når inte databasen på {url.host or 'den här datorn'}. "
        "Kontrollera NULAGE_DATABASE_URL och att databasen är igång. Inget är ändrat.",
        exit_code=5,
    )


def open_engine(url: str, *, looking: bool = False) -> Engine:
    """Open the engine for `url` (SQLite or PostgreSQL), hooks in place, nothing created yet.

    `looking`: it can change nothing, takes no lock, and leaves every setting of the file as it is.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, looking=looking)
    options = POSTGRESQL_OPTIONS + (POSTGRESQL_LOOKING if looking else "")
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"options": options, **POSTGRESQL_PATIENCE},
    )


class ImmediateSQLite(SQLiteDialect_pysqlite):
    """SQLite that takes the write lock when a transaction begins: read, decide, write is then safe.

    The driver's own BEGIN is deferred: two that have read cannot both write, and one of them is lost.
    What storage.transaction has begun is not begun again.
    """

    supports_statement_cache = True
    begins = "BEGIN IMMEDIATE"

    def do_begin(self, dbapi_connection: Any) -> None:
        if not dbapi_connection.in_transaction:
            dbapi_connection.execute(self.begins)


class LookingSQLite(ImmediateSQLite):
    """SQLite that is only read: in its journal mode (WAL) nobody waits for who reads."""

    supports_statement_cache = True
    begins = "BEGIN"


registry.register("sqlite.immediate", __name__, ImmediateSQLite.__name__)
registry.register("sqlite.looking", __name__, LookingSQLite.__name__)


def _open_sqlite(url: URL, *, looking: bool) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    extra: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(
        url.set(drivername="sqlite+looking" if looking else "sqlite+immediate"),
        connect_args={"check_same_thread": False},
        **extra,
    )
    event.listen(engine.pool, "connect", partial(_prepare, LOOKING if looking else PRAGMAS))
    return engine


def _prepare(pragmas: Iterable[str], dbapi: Any, _record: Any) -> None:
    dbapi.isolation_level = None  # we say BEGIN, not the driver
    for pragma in pragmas:
        dbapi.execute(f"PRAGMA {pragma}")

"""Looking at a store without touching it: beside a bot that runs, and before one ever has."""

from collections.abc import Callable
from typing import Literal, TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from bot.domain.value import Value
from storage.asked.plans import DueSchedule
from storage.engine import away, occupied, open_engine, refuse_network_disk
from storage.migrate import HEAD
from storage.moments import from_text
from storage.post.claims import UNREAD
from storage.post.inbox import StoreAway
from storage.post.outbox import promised_in, state_is
from storage.store import Store, file_of, refusal_of
from storage.tables import outbox, schedule
from storage.unit import UnitOfWork

T = TypeVar("T")

SAFE = {
    "sqlite": {"journal_mode": "wal"},
    "postgresql": {"synchronous_commit": "on", "fsync": "on"},
}
"""What a database has to say of itself for a promise to be kept; what we say to it ourselves is not asked."""


class Checkup(Value):
    """`schema` tells the store's revision from the program's; `unsafe` names settings that lose answers."""

    schema_is: Literal["absent", "older", "head", "newer"]
    unsafe: tuple[str, ...] = ()


def check_up(url: str) -> Checkup:
    """Raises storage.engine.StoreRefused when the store cannot be trusted or reached."""
    parsed = make_url(url)
    path = file_of(parsed)
    if path:
        refuse_network_disk(path)
        if not path.exists():
            return Checkup(schema_is="absent")
    engine = open_engine(url, looking=True)
    try:
        with engine.connect() as connection:
            ask = "PRAGMA" if path else "SHOW"
            unsafe = tuple(
                f"{name} = {said}"
                for name, safe in SAFE[engine.dialect.name].items()
                if (said := str(connection.exec_driver_sql(f"{ask} {name}").scalar())) != safe
            )
            return Checkup(schema_is=_schema(connection), unsafe=unsafe)
    except DatabaseError as problem:
        raise refusal_of(problem, parsed, path) from problem
    finally:
        engine.dispose()


def _schema(connection: Connection) -> Literal["absent", "older", "head", "newer"]:
    if not inspect(connection).has_table("alembic_version"):
        return "absent"
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == HEAD:
        return "head"
    return "older" if str(found) < HEAD else "newer"


def unreadable(unit: UnitOfWork) -> tuple[str, ...]:
    """The rows that stand still since they cannot be read: table and id of each.

    Those that keep a school out, plans that nobody can be asked by, and messages that the courier puts off.
    """
    rows = [row for found in unit.roster.out.values() for row in found]
    for row in unit.rows(select(schedule).order_by(schedule.c.id)):
        try:
            _ = DueSchedule(row["id"], row["kind"], row["body"], from_text(row["watermark"])).plan
        except ValueError:
            rows.append(f"schedule {row['id']}")
    put_off = select(outbox).where(state_is("new", "quarantined"), outbox.c.why == UNREAD)
    for row in unit.rows(put_off.order_by(outbox.c.seq)):
        try:
            promised_in(row)
        except ValidationError:
            rows.append(f"outbox {row['seq']}")
    return tuple(rows)


def peek(url: str, work: Callable[[UnitOfWork], T]) -> T:
    """Let `work` read a store that another process may be using; it cannot write.

    Raises storage.engine.StoreRefused when the store is away.
    """
    parsed, store = make_url(url), Store(open_engine(url, looking=True))
    path = file_of(parsed)
    try:
        with store.begin() as unit:
            return work(unit)
    except StoreAway as gone:
        raise (occupied(path) if path else away(parsed)) from gone
    finally:
        store.close()

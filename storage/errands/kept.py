"""Which errands were begun, done or refused: written down before anything is done, and again after."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.engine import RowMapping

from bot.domain.errands import LEASE, Errand, Kept, Kind, State
from storage.moments import from_text, to_text
from storage.tables import errand as table
from storage.unit import UnitOfWork

FORGET_AFTER = timedelta(days=90)
"""An errand that is over is remembered so long, so that none is done again."""


def kept(unit: UnitOfWork, kind: Kind) -> dict[str, Kept]:
    """Return everything remembered of one kind, by key."""
    rows = unit.rows(select(table).where(table.c.kind == kind).order_by(table.c.key))
    return {row["key"]: _kept(row) for row in rows}


def begin(unit: UnitOfWork, wanted: Errand, again: Kept | None, now: datetime) -> Kept | None:
    """Write down that we are at it, before it is done. None when somebody else is, or has been, meanwhile.

    What a repeated attempt is called (`transaction`) is that of the first one, until it has succeeded.
    """
    if again is None:
        if unit.rows(select(table.c.key).where(table.c.kind == wanted.kind, table.c.key == wanted.key)):
            return None
        begun = _begun(wanted, now)
        unit.add(table, _row(begun))
        return begun
    was = (table.c.state == again.state, table.c.not_before == to_text(again.not_before))
    begun = again.model_copy(
        update={
            "state": "begun",
            "mark": wanted.mark,
            "not_before": now + LEASE,
            "ends": wanted.ends,
            "why": "",
        }
    )
    same = (table.c.kind == again.kind, table.c.key == again.key)
    return begun if unit.change(update(table).where(*same, *was).values(**_row(begun))) else None


def hold(unit: UnitOfWork, known: Kept, now: datetime) -> Kept | None:
    """Take what is to be undone for ourselves, for a while. None when somebody else has.

    From here on it may be gone: what it was called is forgotten, and whoever wants it again looks for it.
    """
    same = (table.c.kind == known.kind, table.c.key == known.key)
    was = (table.c.state == known.state, table.c.not_before == to_text(known.not_before))
    held = known.to_undo().model_copy(update={"not_before": now + LEASE})
    return held if unit.change(update(table).where(*same, *was).values(**_row(held))) else None


def end(unit: UnitOfWork, known: Kept, reference: str, now: datetime) -> None:
    """It is done, and is called this there."""
    _set(unit, known, "done", reference=reference, tries=0, not_before=to_text(now), why="")


def put_off(unit: UnitOfWork, known: Kept, until: datetime, why: str, *, counts: bool = True) -> None:
    """It was not done, or nobody knows: it is as `known` says. Try again then."""
    tries = known.tries + 1 if counts else known.tries
    there = {"reference": known.reference, "transaction": known.transaction}
    _set(unit, known, known.state, **there, tries=tries, not_before=to_text(until), why=why)


def give_up(unit: UnitOfWork, known: Kept, why: str, now: datetime) -> None:
    """It cannot be done as it stands; when it is otherwise it is tried again."""
    _set(unit, known, "failed", not_before=to_text(now), why=why)


def drop(unit: UnitOfWork, known: Kept) -> None:
    """It is undone, and as if it had never been."""
    unit.change(delete(table).where(table.c.kind == known.kind, table.c.key == known.key))


def forget_of(unit: UnitOfWork, users: Collection[str], tenant: str) -> int:
    """A tenant left: nothing is remembered of what was done for its `users`."""
    of_tenant = table.c.key.startswith(f"{tenant}/", autoescape=True)
    theirs = table.c.kind.in_(("door", "report")) & of_tenant
    return unit.change(delete(table).where(or_(table.c.user.in_(users), theirs)))


def prune(unit: UnitOfWork, now: datetime) -> int:
    """Forget what has been over for long."""
    return unit.change(delete(table).where(table.c.ends < to_text(now - FORGET_AFTER)))


def _begun(wanted: Errand, now: datetime) -> Kept:
    return Kept(
        kind=wanted.kind,
        key=wanted.key,
        state="begun",
        mark=wanted.mark,
        user=wanted.user,
        transaction=str(uuid.uuid4()),
        not_before=now + LEASE,
        ends=wanted.ends,
    )


def _set(unit: UnitOfWork, known: Kept, state: State, **values: object) -> None:
    same = (table.c.kind == known.kind, table.c.key == known.key)
    unit.change(update(table).where(*same).values(state=state, **values))


def _row(known: Kept) -> dict[str, object]:
    moments = {"not_before": to_text(known.not_before), "ends": to_text(known.ends)}
    return {**known.model_dump(), **moments}


def _kept(row: RowMapping) -> Kept:
    moments = {"not_before": from_text(row["not_before"]), "ends": from_text(row["ends"])}
    return Kept.model_validate({**row, **moments})

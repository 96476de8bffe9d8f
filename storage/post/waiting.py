"""What is promised to somebody for the office they hold, and has not left yet."""

from contextlib import suppress

from pydantic import ValidationError
from sqlalchemy import or_, select

from storage.post.outbox import Promised, promised_in, state_is
from storage.tables import outbox
from storage.unit import UnitOfWork

_FOR_REKTOR = or_(*(outbox.c.key.like(key) for key in ("raised:%", "analysis:%:lift:%", "summary:%")))
"""The keys of what only the rektor may read; each ends with the person it was promised to."""

_HELD = tuple(
    select(outbox).where(state_is(state), outbox.c.message_class == "critical", _FOR_REKTOR)
    for state in ("new", "parked")
)
"""One statement a state: SQLite uses the index on what waits for no more than one at a time."""


def held_for_rektor(unit: UnitOfWork) -> tuple[Promised, ...]:
    """What waits for a rektor, in the order it was promised; what cannot be read is left to the courier."""
    rows = [row for held in _HELD for row in unit.rows(held)]
    promised = []
    for row in sorted(rows, key=lambda row: row["seq"]):
        with suppress(ValidationError):
            promised.append(promised_in(row))
    return tuple(promised)

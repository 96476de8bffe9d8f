"""How the outbox stands, in numbers: read from the index on what is outstanding, never row by row."""

from typing import NamedTuple

from sqlalchemy import func, select

from storage.post.outbox import state_is
from storage.tables import outbox
from storage.unit import UnitOfWork

OUTSTANDING = ("new", "sending", "uncertain", "parked", "quarantined")

_BY_STATE = (
    select(outbox.c.state, func.count().label("number"), func.min(outbox.c.not_before).label("oldest"))
    .where(state_is(*OUTSTANDING))
    .group_by(outbox.c.state)
)


class Outstanding(NamedTuple):
    """How many messages are in a state, and when the oldest of them should have gone out."""

    number: int = 0
    oldest: str = ""


def waits_for(unit: UnitOfWork, why: str) -> bool:
    """Whether any message waits because of this."""
    return bool(unit.rows(select(outbox.c.seq).where(state_is("new"), outbox.c.why == why).limit(1)))


def outstanding(unit: UnitOfWork) -> dict[str, Outstanding]:
    """Count what is not yet sent, by state; a state that nothing is in is counted as none."""
    found = {row["state"]: Outstanding(row["number"], row["oldest"]) for row in unit.look_all(_BY_STATE)}
    return {state: found.get(state, Outstanding()) for state in OUTSTANDING}

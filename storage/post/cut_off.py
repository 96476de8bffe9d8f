"""A whole workspace cannot be spoken in: what waits for its places is parked, until it can again."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from storage.moments import to_text
from storage.post.outbox import state_is
from storage.tables import outbox
from storage.unit import UnitOfWork


def park_under(unit: UnitOfWork, beginning: str, why: str) -> int:
    """Park what waits in the lanes that begin so; what is on its way is settled by whoever carries it."""
    lanes = outbox.c.lane.startswith(beginning, autoescape=True)
    return unit.change(update(outbox).where(state_is("new"), lanes).values(state="parked", why=why))


def unpark_under(unit: UnitOfWork, beginning: str, whys: Iterable[str], now: datetime) -> int:
    """Let go of what was parked there for one of these reasons; what is too late expires."""
    lanes = outbox.c.lane.startswith(beginning, autoescape=True)
    parked = update(outbox).where(state_is("parked"), outbox.c.why.in_([str(why) for why in whys]), lanes)
    return unit.change(parked.values(state="new", not_before=to_text(now), why=""))

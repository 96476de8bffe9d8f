"""Whom a read of a team's roster found, until it is read again: a form is answered from this alone."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from bot.domain.errands_rosters import Difference
from bot.domain.school import Place
from bot.domain.value import SchoolId
from storage.moments import to_text
from storage.post.outbox import lane_of
from storage.tables import roster_seen as table
from storage.unit import UnitOfWork

KEPT_FOR = timedelta(days=30)
"""A team that is not read any more: what was seen in it is of no use, and names people we do not know."""


class Seen(NamedTuple):
    """One school's difference with one team, and marks of what its processledare have been told."""

    id: str
    school: SchoolId
    where: Place
    name: str
    told: frozenset[str]
    difference: Difference


def id_of(where: Place, school: SchoolId) -> str:
    """Short enough for a button, and the same each time."""
    return hashlib.sha256(f"{lane_of(where)} {school}".encode()).hexdigest()[:20]


def find(unit: UnitOfWork, key: str) -> Seen | None:
    rows = unit.rows(select(table).where(table.c.id == key))
    return _seen(rows[0]) if rows else None


def keep(unit: UnitOfWork, seen: Seen, at: datetime) -> None:
    """Write down what was seen, in the place of what was; nothing where nothing differs."""
    unit.change(delete(table).where(table.c.id == seen.id))
    if seen.difference.is_empty:
        return
    unit.add(
        table,
        {
            "id": seen.id,
            "lane": lane_of(seen.where),
            "name": seen.name,
            "school_id": seen.school,
            "told": " ".join(sorted(seen.told)),
            "body": seen.difference.model_dump_json(),
            "at": to_text(at),
        },
    )


def prune(unit: UnitOfWork, now: datetime) -> int:
    """Forget whom nobody has looked for in a while."""
    return unit.change(delete(table).where(table.c.at < to_text(now - KEPT_FOR)))


def forget_under(unit: UnitOfWork, beginning: str) -> int:
    """The bot is not in those teams any more: `beginning` is how their lanes begin ("teams:TENANT/")."""
    return unit.change(delete(table).where(table.c.lane.startswith(beginning, autoescape=True)))


def _seen(row: RowMapping) -> Seen:
    platform, _, address = row["lane"].partition(":")
    return Seen(
        row["id"],
        SchoolId(row["school_id"]),
        Place(platform=platform, address=address),
        row["name"],
        frozenset(row["told"].split()),
        Difference.model_validate_json(row["body"]),
    )

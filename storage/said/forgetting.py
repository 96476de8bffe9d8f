"""Words that stand in more places than the note they came from: what was sent, and what was summed up."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from bot.domain.value import SchoolId
from storage.moments import to_text
from storage.post.outbox import NO_WORDS
from storage.tables import note, outbox, summary
from storage.unit import UnitOfWork

MOST_AT_ONCE = 5_000
"""Messages forgotten in one transaction; the rest goes the next day."""

DONE = ("sent", "replaced", "expired")


def forget_sent(unit: UnitOfWork, before: datetime) -> int:
    """Forget what messages that are done with said; key and reference stay, so that threads find home.

    A person still has to choose about the others, and may want to see what they said.
    """
    done = (outbox.c.state.in_(DONE), outbox.c.not_before < to_text(before), outbox.c.message != NO_WORDS)
    some = select(outbox.c.seq).where(*done).order_by(outbox.c.seq).limit(MOST_AT_ONCE)
    return unit.change(update(outbox).where(outbox.c.seq.in_(some)).values(message=NO_WORDS))


def forget_quotes(unit: UnitOfWork, schools: Collection[SchoolId], notes: Collection[str]) -> None:
    """Take the words of these notes out of every summary they were quoted in; the numbers stay.

    A summary may be older than what reads it: its words are found by their note, whatever stands around.
    """
    gone = frozenset(notes)
    oldest = select(func.min(note.c.created_at)).where(note.c.id.in_(gone)).scalar_subquery()
    rows = unit.rows(
        select(summary.c.school_id, summary.c.week, summary.c.body)
        .where(summary.c.school_id.in_(schools), summary.c.at >= func.coalesce(oldest, ""))
        .order_by(summary.c.school_id, summary.c.week)
    )
    for row in rows:
        sent = json.loads(row["body"])
        kept = _without(sent, gone)
        if kept != sent:
            same = (summary.c.school_id == row["school_id"], summary.c.week == row["week"])
            unit.change(update(summary).where(*same).values(body=json.dumps(kept, ensure_ascii=False)))


def _without(said: Any, gone: frozenset[str]) -> Any:
    """Drop from every list, however deep, what says that it is one of these notes."""
    match said:
        case dict():
            return {name: _without(value, gone) for name, value in said.items()}
        case list():
            return [_without(one, gone) for one in said if not _is_of(one, gone)]
        case _:
            return said


def _is_of(one: Any, gone: frozenset[str]) -> bool:
    return isinstance(one, dict) and one.get("note") in gone

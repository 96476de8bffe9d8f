"""Words that stand in more places than the note they came from: what was sent, and what was summed up."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from bot.domain.value import SchoolId
from bot.messages.model import Message
from storage.moments import to_text
from storage.said.weekly import Sent
from storage.tables import outbox, summary
from storage.unit import UnitOfWork

MOST_AT_ONCE = 5_000
"""Messages forgotten in one transaction; the rest goes the next day."""

DONE = ("sent", "replaced", "expired")
FORGOTTEN = Message(title="–").model_dump_json()


def forget_sent(unit: UnitOfWork, before: datetime) -> int:
    """Forget what messages that are done with said; key and reference stay, so that threads find home.

    A person still has to choose about the others, and may want to see what they said.
    """
    done = (outbox.c.state.in_(DONE), outbox.c.not_before < to_text(before), outbox.c.message != FORGOTTEN)
    some = select(outbox.c.seq).where(*done).order_by(outbox.c.seq).limit(MOST_AT_ONCE)
    return unit.change(update(outbox).where(outbox.c.seq.in_(some)).values(message=FORGOTTEN))


def forget_quotes(unit: UnitOfWork, schools: Collection[SchoolId], notes: Collection[str]) -> None:
    """Take the words of these notes out of every summary they were quoted in; the numbers stay."""
    gone = frozenset(notes)
    rows = unit.rows(
        select(summary.c.school_id, summary.c.week, summary.c.body).where(summary.c.school_id.in_(schools))
    )
    for row in rows:
        sent = Sent.model_validate_json(row["body"])
        kept = _without(sent, gone)
        if kept != sent:
            same = (summary.c.school_id == row["school_id"], summary.c.week == row["week"])
            unit.change(update(summary).where(*same).values(body=kept.model_dump_json()))


def _without(sent: Sent, gone: frozenset[str]) -> Sent:
    teams = tuple(
        team.model_copy(update={"quotes": tuple(told for told in team.quotes if told.note not in gone)})
        for team in sent.summary.teams
    )
    raised = tuple(one for one in sent.summary.raised if one.note not in gone)
    return sent.model_copy(
        update={"summary": sent.summary.model_copy(update={"teams": teams, "raised": raised})}
    )

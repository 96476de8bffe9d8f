"""What was posted in a channel for all there to read, word for word."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from pydantic import ValidationError
from sqlalchemy import ColumnElement, select
from sqlalchemy.engine import RowMapping

from bot.domain.school import Place
from bot.messages.model import Message
from storage.moments import from_text, to_text
from storage.post.outbox import NO_WORDS, state_is
from storage.tables import outbox
from storage.unit import UnitOfWork

FIRST, AFTER = "analysis:", "analysis;"
"""How the keys begin, and what comes after them all: a range, so that the index on keys is used."""


class Posted(NamedTuple):
    """A message that is sent: its key, the analysis it tells of, where it stands and since when."""

    key: str
    analysis: str
    place: Place
    at: datetime
    message: Message


def posted_analyses(unit: UnitOfWork, beginning: str, since: datetime) -> tuple[Posted, ...]:
    """Return the analyses that were posted in lanes that begin so, oldest first."""
    return _found(
        unit,
        outbox.c.key > FIRST,
        outbox.c.key < AFTER,
        outbox.c.key.contains(":post:"),
        outbox.c.not_before > to_text(since),
        outbox.c.lane.startswith(beginning, autoescape=True),
    )


def find_posted(unit: UnitOfWork, key: str) -> Posted | None:
    """Return one of them by its key; None when it is not sent, or its words are forgotten."""
    return next(iter(_found(unit, outbox.c.key == key)), None)


def _found(unit: UnitOfWork, *which: ColumnElement[bool]) -> tuple[Posted, ...]:
    rows = unit.rows(
        select(outbox.c.key, outbox.c.place, outbox.c.not_before, outbox.c.message)
        .where(state_is("sent"), outbox.c.message != NO_WORDS, *which)
        .order_by(outbox.c.seq)
    )
    found = []
    for row in rows:
        with suppress(ValidationError):  # written by another version, which can see to it
            found.append(_posted(row))
    return tuple(found)


def _posted(row: RowMapping) -> Posted:
    return Posted(
        row["key"],
        row["key"].split(":")[1],
        Place.model_validate_json(row["place"]),
        from_text(row["not_before"]),
        Message.model_validate_json(row["message"]),
    )

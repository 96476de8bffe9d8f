"""Values that storage tests are made of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.school import Place
from bot.messages.model import Message
from storage.post.claims import claim, settle
from storage.post.outbox import Claimed, Promised, promise
from storage.store import Store
from storage.tables import outbox

NOW = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)


def promised(key: str, lane: str = "#a", **changes: Any) -> Promised:
    """A critical message to `lane`, due now unless `changes` say otherwise."""
    return Promised(
        **{
            "key": key,
            "message_class": "critical",
            "concerns": f"test:{key}",
            "place": Place(platform="test", address=lane),
            "message": Message(title=key),
            "not_before": NOW,
            **changes,
        }
    )


def promise_all(store: Store, *messages: Promised) -> None:
    with store.begin() as unit:
        for message in messages:
            promise(unit, message)


def rows_of(store: Store) -> dict[str, dict[str, Any]]:
    """The outbox as it stands, by key."""
    with store.begin() as unit:
        return {row["key"]: dict(row) for row in unit.rows(select(outbox).order_by(outbox.c.seq))}


def states(store: Store) -> dict[str, str]:
    return {key: row["state"] for key, row in rows_of(store).items()}


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def take(store: Store, after: float = 0, **how: Any) -> tuple[Claimed, ...]:
    with store.begin() as unit:
        return claim(unit, NOW + seconds(after), **how)


def finish(store: Store, claimed: Claimed, state: str = "sent", **values: object) -> bool:
    with store.begin() as unit:
        return settle(unit, claimed, state=state, **values)


def keys(taken: tuple[Claimed, ...]) -> list[str]:
    return [claimed.promised.key for claimed in taken]

"""Moments as sortable UTC text, and identifiers that sort by time."""

import secrets
from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=256)
def to_text(moment: datetime) -> str:
    """Return an aware moment as fixed-width UTC text, so that text order is time order.

    One event writes its moment in several rows: the text is kept for a while.
    """
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)


def new_id(at: datetime) -> str:
    """Return an identifier that sorts by `at`: new rows land side by side in their index."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(6)}"

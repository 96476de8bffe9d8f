"""Moments as sortable UTC text, and identifiers that sort by time."""

import secrets
from datetime import UTC, datetime
from functools import lru_cache


def to_text(moment: datetime) -> str:
    """Return an aware moment as fixed-width UTC text, so that text order is time order."""
    return _written(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=256)
def _written(utc: datetime) -> str:
    """One event writes its moment in several rows: the text is kept for a while.

    Only of UTC: the two times that a clock shows 02.30 in autumn are equal, and are not the same.
    """
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)


def a_while(key: str, at: datetime) -> tuple[str, str, str]:
    """Return `key` for this minute and for those beside it: what has none of them has not been for a minute.

    The next one too: of two events the later may be handled first.
    """
    minute = int(at.timestamp()) // 60
    return f"{key}:{minute}", f"{key}:{minute - 1}", f"{key}:{minute + 1}"


def new_id(at: datetime) -> str:
    """Return an identifier that sorts by `at`: new rows land side by side in their index."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(6)}"

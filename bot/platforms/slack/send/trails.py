"""What each part of a message carries in Slack, so that it can be looked for in its channel."""

from collections.abc import Mapping
from typing import Any

from bot.platforms.slack.render.kit import Json
from bot.platforms.trails import digest

EVENT = "nulage_out"


def mark(key: str, number: int, of: int) -> Json:
    """The metadata of one part; a message of one part carries its key alone.

    Everybody in the workspace can read it, so that it says nothing.
    """
    numbered = {"n": number, "of": of} if of > 1 else {}
    return {"event_type": EVENT, "event_payload": {"k": digest(key), **numbered}}


def read_mark(message: Mapping[str, Any], key: str) -> tuple[int, int] | None:
    """Which part, of how many, a message in the channel is; None when it is not of this key."""
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    if not isinstance(payload, dict) or payload.get("k") != digest(key):
        return None
    return int(payload.get("n", 1)), int(payload.get("of", 1))

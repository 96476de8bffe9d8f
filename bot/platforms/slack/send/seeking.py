"""Looking for our own message in a channel, by the key it carries."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.messages.delivery import Unknowable
from bot.platforms.slack.send.calls import Calls, Spot
from bot.platforms.slack.send.errors import SlackRefused
from bot.platforms.slack.send.trails import read_mark
from bot.platforms.trails import Standing, Trail

BEFORE = timedelta(seconds=60)
"""Slack's clock and ours may differ; we look from a little earlier."""
MOST = 15
"""Messages in one look, the most that Slack gives some apps."""
CHANNEL_SCOPES = {"channels:history", "groups:history"}


async def seek(calls: Calls, spot: Spot, key: str, since: datetime, trail: Trail) -> str | Unknowable | None:
    """Return the reference when every part is there, None when it surely is not whole.

    What stands is noted in the `trail`, so that only what is missing is posted. More messages than
    one look shows, or a channel that we may not read: Unknowable. Raises DeliveryFailed("later").
    """
    if not _may_read(spot):
        return Unknowable.UNKNOWABLE
    try:
        answer = await _look(calls, spot, since)
    except SlackRefused as refused:
        if refused.how == "later":
            raise
        return Unknowable.UNKNOWABLE
    for message in answer.get("messages") or ():
        marked = read_mark(message, key) if _ours(message, spot) else None
        if marked:
            number, trail.of = marked
            trail.parts[number] = Standing(str(message["ts"]), None)
    if trail.whole:
        return trail.whole
    return Unknowable.UNKNOWABLE if answer.get("has_more") else None


def _may_read(spot: Spot) -> bool:
    """Scopes that are not known are tried; a thread in a channel may be shut even so."""
    scopes = spot.workspace.scopes
    return spot.private or not scopes or bool(scopes & CHANNEL_SCOPES)


async def _look(calls: Calls, spot: Spot, since: datetime) -> Mapping[str, Any]:
    asked: dict[str, object] = {
        "channel": spot.channel,
        "oldest": f"{(since - BEFORE).timestamp():.6f}",
        "include_all_metadata": True,
        "limit": MOST,
    }
    if spot.thread:
        replies = spot.client.conversations_replies
        return await calls.make(spot, "conversations.replies", replies, asked | {"ts": spot.thread})
    return await calls.make(spot, "conversations.history", spot.client.conversations_history, asked)


def _ours(message: Mapping[str, Any], spot: Spot) -> bool:
    """Anybody may write such metadata; what counts is who posted it."""
    return message.get("bot_id") == spot.workspace.bot_id or message.get("user") == spot.workspace.bot_user

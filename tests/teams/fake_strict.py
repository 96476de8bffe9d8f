"""What the Connector would not take, written apart from the bot's own check: each tests the other."""

import json
from collections.abc import Iterator
from typing import Any

from tests.teams.strict_cards import faults

MOST_BYTES = 28_000
"""Of a whole activity as UTF-16; newer pages allow more, older ones and workflows do not."""
CARD = "application/vnd.microsoft.card.adaptive"
ACTIVITY = set(
    """
    type text textFormat summary attachments attachmentLayout recipient entities importance locale channelData
    inputHint speak replyToId from conversation id
    """.split()
)
BEGINNING = {"isGroup", "bot", "members", "tenantId", "channelData", "activity", "topicName"}


def bytes_of(body: object) -> int:
    return len(json.dumps(body, ensure_ascii=False).encode("utf-16-le"))


def activity_problems(said: dict[str, Any]) -> list[str]:
    """What is wrong with a message that the bot sends."""
    return list(_activity(said))


def beginning_problems(asked: dict[str, Any]) -> list[str]:
    """What is wrong with a request for a new conversation."""
    return [f"begin: unknown {name}" for name in sorted(set(asked) - BEGINNING)]


def _activity(said: dict[str, Any]) -> Iterator[str]:
    yield from (f"activity.{name}: unknown" for name in sorted(set(said) - ACTIVITY))
    if said.get("type") != "message":
        yield f"activity.type: {said.get('type')}"
    if not (said.get("text") or said.get("attachments")):
        yield "activity: neither text nor attachments"
    if said.get("text") and said.get("textFormat") != "plain":
        yield "activity.textFormat: what people wrote would be read as markup"
    attached = said.get("attachments") or []
    if not isinstance(attached, list) or len(attached) > 1:
        yield "activity.attachments: one card at most"
        return
    if attached and not (said.get("summary") or said.get("text")):
        yield "activity.summary: nothing for notifications"
    for one in attached:
        yield from _attachment(one)


def _attachment(attached: dict[str, Any]) -> Iterator[str]:
    if set(attached) - {"contentType", "content", "name"}:
        yield f"attachment: unknown {sorted(set(attached) - {'contentType', 'content', 'name'})}"
    if attached.get("contentType") != CARD:
        yield f"attachment.contentType: {attached.get('contentType')}"
    card = attached.get("content")
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        yield "attachment.content: no Adaptive Card"
        return
    yield from (f"card: {fault}" for fault in faults(card))

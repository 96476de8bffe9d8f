"""What must hold in Slack and in the store whatever went wrong: one checker after every fault."""

import hashlib
from collections import Counter
from typing import Any

from tests.slack.fake import FakeSlack
from tests.slack.state import Json

CREATE = "chat.postMessage"
MOST_PARTS = 9
"""An answer of more parts than this is none of ours."""
UNSETTLED = {"sending", "uncertain", "parked", "quarantined"}


def digest(key: str) -> str:
    """What a post carries of its key, computed apart from the bot."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def check(slack: FakeSlack, rows: list[dict[str, Any]], answered: list[str], approved: int) -> None:
    """Nothing was said that nobody promised, nothing twice, and what is called sent was.

    `rows`: the outbox. `answered`: the events that had their effect; an answer in a chat carries their key.
    `approved`: how many messages a person wanted sent once more.
    """
    created = Counter(_mark(call.args) for call in slack.calls if _arrived(call.method, call.came_to))
    promised = {digest(row["key"]): row for row in rows}
    replies = {digest(f"{event}:{part}") for event in answered for part in range(MOST_PARTS)}
    unknown = {key for key, _ in created} - set(promised) - replies
    assert not unknown, f"Slack has what nobody promised: {unknown}"
    doubled = [key for (key, _), times in created.items() if times > 1]
    assert len(doubled) <= approved, f"said twice: {doubled}"
    said = {key for key, _ in created}
    for key, row in promised.items():
        if row["state"] == "sent" and not row["replacing"] and not _is_private(row):
            assert key in said, f"{row['key']} is called sent"
        assert row["state"] not in UNSETTLED or row["why"], f"{row['key']} is {row['state']}, and why?"


def _arrived(method: str, came_to: str) -> bool:
    return method == CREATE and came_to.startswith("ok")


def _mark(args: Json) -> tuple[str, int]:
    """Which message, and which part of it, a post is."""
    payload = (args.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("k", "")), int(payload.get("n", 1))


def _is_private(row: dict[str, Any]) -> bool:
    return '"only_to":null' not in row["place"]

"""What is known to stand in Slack: which parts of a message arrived, by its key and by its reference."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.send.calls import Spot

EVENT = "nulage_out"
MOST_KEPT = 5000


def digest(text: str) -> str:
    """What a message carries of its key: everybody in the workspace can read it, so it says nothing."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Standing(NamedTuple):
    """A part that stands in Slack, and a digest of what it says (None: what its key says)."""

    ts: str
    says: str | None


@dataclass
class Trail:
    """Each part that arrived, of so many as there are to be (0: nobody knows yet)."""

    parts: dict[int, Standing] = field(default_factory=dict)
    of: int = 0

    @property
    def whole(self) -> str | None:
        """The reference of the first part, once all have arrived."""
        there = self.of > 0 and all(number in self.parts for number in range(1, self.of + 1))
        return self.parts[1].ts if there else None

    def to_replace(self, reference: str) -> None:
        """Something else is to be said here: whatever stands is out of date."""
        self.parts.setdefault(1, Standing(reference, ""))
        self.parts = {number: part._replace(says="") for number, part in self.parts.items()}


class Trails:
    """Remembered in this process only; what is not remembered is looked for in Slack."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], Trail] = OrderedDict()

    def of(self, spot: Spot, name: str) -> Trail:
        """What is known of the message with this key or reference; a `ts` is unique in its channel only."""
        trail = self._kept.setdefault((spot.team, spot.channel, name), Trail())
        self.keep(spot, name, trail)
        return trail

    def keep(self, spot: Spot, name: str, trail: Trail) -> None:
        self._kept[spot.team, spot.channel, name] = trail
        self._kept.move_to_end((spot.team, spot.channel, name))
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def mark(key: str, number: int, of: int) -> Json:
    """The metadata of one part; a message of one part carries its key alone."""
    numbered = {"n": number, "of": of} if of > 1 else {}
    return {"event_type": EVENT, "event_payload": {"k": digest(key), **numbered}}


def read_mark(message: Mapping[str, Any], key: str) -> tuple[int, int] | None:
    """Which part, of how many, a message in the channel is; None when it is not of this key."""
    metadata = message.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    if not isinstance(payload, dict) or payload.get("k") != digest(key):
        return None
    return int(payload.get("n", 1)), int(payload.get("of", 1))

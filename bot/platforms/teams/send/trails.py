"""What is known to stand in Teams: which parts of a message arrived, by its key and by its reference.

Remembered in this process only. Teams keeps no key with a message, and shows a bot nothing of what stands
in a channel: what is not remembered here cannot be looked up anywhere.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_KEPT = 5000


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Standing(NamedTuple):
    """A part that stands in Teams, in which thread, and a digest of what it says."""

    id: str
    thread: str | None
    says: str


@dataclass
class Trail:
    """Each part that arrived, of so many as there are to be (0: nobody knows yet)."""

    parts: dict[int, Standing] = field(default_factory=dict)
    of: int = 0

    @property
    def whole(self) -> str | None:
        """The reference of the first part, once all have arrived."""
        there = self.of > 0 and all(number in self.parts for number in range(1, self.of + 1))
        return self.parts[1].id if there else None

    def to_replace(self, reference: str, thread: str | None) -> None:
        """Something else is to be said here: whatever stands is out of date."""
        self.parts.setdefault(1, Standing(reference, thread, ""))
        self.parts = {number: part._replace(says="") for number, part in self.parts.items()}


class Trails:
    """By place and by name, a message's key or reference; those used longest ago are forgotten."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Trail] = OrderedDict()

    def of(self, address: str, name: str) -> Trail:
        """What is known of the message with this key or reference; an id is unique in its place only."""
        trail = self._kept.setdefault((address, name), Trail())
        self.keep(address, name, trail)
        return trail

    def keep(self, address: str, name: str, trail: Trail) -> None:
        self._kept[address, name] = trail
        self._kept.move_to_end((address, name))
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

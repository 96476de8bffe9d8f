"""Conversations as they were last committed, kept by a process that is alone with its store.

A turn reads the conversation it goes on with. Whoever is alone wrote it a moment ago and need not read
it again. A mistake here cannot do harm: every save checks the version it was made from.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from storage import tables

MOST = 512
"""Conversations kept; one that has rested longest is forgotten first. About 5 kB each."""

KIND = "conversation"


class Recall:
    """What is known without asking the database."""

    tables: frozenset[Table] = frozenset({tables.conversation})
    """A statement that changes these by query makes all of it uncertain."""

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._kept: OrderedDict[str, Any] = OrderedDict()

    def find(self, key: str) -> Any | None:
        return self._kept.get(key)

    def forget(self) -> None:
        self._kept.clear()

    def committed(self, seen: Mapping[tuple[str, str], Any]) -> None:
        """Take over what a transaction read and wrote, now that it stands."""
        if not self._alone:
            return
        for (kind, key), value in seen.items():
            if kind == KIND:
                self._kept[key] = value
                self._kept.move_to_end(key)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

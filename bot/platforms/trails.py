"""What is known to stand of a message of several parts: which arrived, where, and what each says.

A message of one part is remembered in this process only: its reference says all there is to know. Of one
with several, each part is noted beside the message as it arrives, so that after a restart, or in another
process, what stands is neither posted anew nor left standing. Whoever has grown from one part to several
in another process since this one said it last is taken for what it was here.
"""

import hashlib
import json
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from bot.domain.school import Place
from bot.log import log
from bot.messages.delivery import DeliveryFailed

MOST_KEPT = 5000
"""Messages at hand; those used longest ago are forgotten."""
AGAIN = 10.0
"""Seconds until a message is tried again whose parts cannot be read now."""


def digest(text: str) -> str:
    """A mark of what a part says, or of a key, that says nothing of it itself."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Kept(Protocol):
    """Where parts are kept, as text that only this file reads. What cannot be done raises."""

    async def read(self, place: Place, key: str, replacing: str | None) -> str | None:
        """What was noted of the message `replacing`, or else of the one with this key."""
        ...

    async def note(self, place: Place, key: str, replacing: str | None, parts: str) -> None:
        """Note it of the message with this key, and of the one that it replaces."""
        ...


class Nowhere:
    """Keeps nothing: what this process remembers is all there is."""

    async def read(self, place: Place, key: str, replacing: str | None) -> str | None:
        del place, key, replacing
        return None

    async def note(self, place: Place, key: str, replacing: str | None, parts: str) -> None: ...


class Standing(NamedTuple):
    """A part that stands: its id, a digest of what it says (None: what its key says), and its thread."""

    id: str
    says: str | None
    thread: str | None = None


class Told(NamedTuple):
    """The message that is being said, as its promise names it."""

    place: Place
    key: str
    replacing: str | None


@dataclass
class Trail:
    """Each part that arrived, of so many as there are to be (0: nobody knows yet).

    `noted`: more is kept of it than this process. `looked`: nothing is kept that is not known here.
    """

    told: Told
    parts: dict[int, Standing] = field(default_factory=dict)
    of: int = 0
    noted: bool = False
    looked: bool = False
    owed: bool = False

    @property
    def whole(self) -> str | None:
        """The reference of the first part, once all have arrived."""
        there = self.of > 0 and all(number in self.parts for number in range(1, self.of + 1))
        return self.parts[1].id if there else None

    @property
    def several(self) -> bool:
        return max(self.of, len(self.parts)) > 1

    def to_replace(self, reference: str, thread: str | None = None) -> None:
        """Something else is to be said here: whatever stands is out of date."""
        self.parts.setdefault(1, Standing(reference, "", thread))
        self.parts = {number: part._replace(says="") for number, part in self.parts.items()}


class Trails:
    """By place and by name, a message's key or reference: an id is unique in its place only."""

    def __init__(self, kept: Kept | None = None) -> None:
        self._kept = kept or Nowhere()
        self._known: OrderedDict[tuple[str, str], Trail] = OrderedDict()

    def of(self, place: Place, *, key: str, replacing: str | None = None) -> Trail:
        """What this process remembers of the message that is to be said, or looked for."""
        told, name = Told(place, key, replacing), replacing or key
        trail = self._known.get((place.address, name)) or Trail(told)
        trail.told = told
        trail.looked = trail.owed or (bool(trail.parts) and not trail.several)
        self._remember(name, trail)
        return trail

    async def recall(self, trail: Trail) -> None:
        """Add what is kept of it. Raises DeliveryFailed("later") when nobody can tell what stands."""
        if trail.looked:
            return
        try:
            packed = await self._kept.read(*trail.told)
        except Exception as problem:
            log.warning("parts_away", action="platforms.parts_away", kind=type(problem).__name__)
            raise DeliveryFailed("later", "what stands cannot be read", AGAIN) from problem
        trail.looked = True
        if packed:
            _unpack(packed, trail)
            trail.noted = trail.several

    async def note(self, trail: Trail) -> None:
        """Something arrived, changed or went. Costs nothing where there is one part, and was never more.

        What cannot be noted stands all the same: it is remembered here, and noted with what comes next.
        """
        if not (trail.several or trail.noted):
            return
        try:
            await self._kept.note(*trail.told, _packed(trail))
        except Exception as problem:  # noqa: BLE001  the store is away; to stop here would make a doubt of it
            trail.owed = True
            log.warning("parts_not_noted", action="platforms.parts_not_noted", kind=type(problem).__name__)
        else:
            trail.noted, trail.owed = trail.several, False

    def said(self, trail: Trail) -> str:
        """It all stands: know it from now on by each of its names, and return its reference."""
        reference = trail.parts[1].id
        for name in filter(None, (reference, trail.told.replacing, trail.told.key)):
            self._remember(name, trail)
        return reference

    def _remember(self, name: str, trail: Trail) -> None:
        known = trail.told.place.address, name
        self._known[known] = trail
        self._known.move_to_end(known)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)


def _packed(trail: Trail) -> str:
    """What each part says is of use only until the message is whole, so that no mark of its words stays."""
    parts = [
        (number, part.id, part.thread, "" if trail.told.replacing else None if trail.whole else part.says)
        for number, part in sorted(trail.parts.items())
    ]
    return json.dumps({"of": trail.of, "parts": parts}, separators=(",", ":"))


def _unpack(packed: str, trail: Trail) -> None:
    """What another version wrote so that it cannot be read is as if nobody had."""
    with suppress(ValueError, KeyError, TypeError):
        told = json.loads(packed)
        parts = {int(number): Standing(id_, says, thread) for number, id_, thread, says in told["parts"]}
        trail.of, trail.parts = int(told["of"]), parts

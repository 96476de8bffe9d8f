"""Promised messages: committed together with the state they tell of.

`claims` is the courier's side; `settling` is what is decided of one afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, cast

from sqlalchemy import ColumnElement, bindparam, exists, literal_column, select, update
from sqlalchemy.engine import RowMapping

from bot.domain.school import Place
from bot.domain.value import PersonId, SchoolId
from bot.messages.delivery import MessageClass, Worded
from bot.messages.model import Document, Message
from storage.moments import from_text, to_text
from storage.tables import outbox
from storage.unit import Row, UnitOfWork

NO_WORDS = Message(title="–").model_dump_json()
"""What stands for words that are forgotten, or that cannot be read."""


class CannotReplace(ValueError):
    """No chat can put a file where another message stands: such a promise could not be kept."""


class Promised(NamedTuple):
    """One message that will be said. A plain tuple: every turn makes two, of values checked already.

    `concerns` names what it is about ("check_in:ID"), so that words in its thread find their way.
    `thread_of` and `replacing` name the `key` of another promised message; the courier knows its
    reference when the time comes. `hours_of` is set when nobody waits for it just now: it then
    keeps to that school's working hours, however late it is.
    """

    key: str
    message_class: MessageClass
    concerns: str
    place: Place
    message: Message | Worded
    not_before: datetime
    thread_of: str | None = None
    replacing: str | None = None
    expires_at: datetime | None = None
    hours_of: SchoolId | None = None

    @property
    def read(self) -> Message:
        """The message itself, however it came."""
        said = self.message
        return Message.model_validate_json(said.written) if isinstance(said, Worded) else said


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row the courier holds until `lease_until`; `fence` says whether it still does.

    `doubtful`: it may already be there, since whoever sent it never said. `since` is when it was
    first tried, and `looks` how often we have looked for it in vain. `anew`: what it was to replace is
    lost, so that it is posted.
    """

    seq: int
    promised: Promised
    doubtful: bool
    attempt: int
    fence: int
    since: datetime
    lease_until: datetime
    looks: int
    plain: bool
    anew: bool = False

    @property
    def changes(self) -> bool:
        """Whether it changes what stands there, and can be sent again without harm."""
        return self.promised.replacing is not None and not self.anew

    @property
    def lane(self) -> str:
        return lane_of(self.promised.place)


class Standing(NamedTuple):
    """How a promised message fares: its state, its reference once it is sent, why not, and its thread."""

    state: str
    reference: str | None
    why: str
    thread: str | None = None


def lane_of(place: Place) -> str:
    """Where order is kept: messages to one lane go one at a time."""
    return f"{place.platform}:{place.address}"


@lru_cache(maxsize=1024)
def _place_text(
    platform: str,
    address: str,
    thread: str | None,
    only_to: PersonId | None,
    private: bool,  # noqa: FBT001  as a place has it
) -> str:
    """A place as JSON. A channel is written to again and again."""
    place = Place(platform=platform, address=address, thread=thread, only_to=only_to, private=private)
    return place.model_dump_json(exclude_defaults=True)


def state_is(*states: str) -> ColumnElement[bool]:
    """The states word for word, not as parameters: only so does SQLite use the index on what waits."""
    if len(states) == 1:
        return outbox.c.state == literal_column(f"'{states[0]}'")
    return outbox.c.state.in_([literal_column(f"'{state}'") for state in states])


_REPLACE = (
    update(outbox)
    .where(outbox.c.replacing == bindparam("older_than"), state_is("new", "parked", "quarantined"))
    .values(state="replaced")
)
AGAIN = {"state": "new", "not_before": bindparam("now"), "why": ""}
"""How a message that stood still is let go of, at `now`."""
_UNPARK = update(outbox).where(outbox.c.lane == bindparam("the_lane"), state_is("parked")).values(**AGAIN)
_root = outbox.alias("root")
_STANDS = (
    select(*outbox.c["key", "state", "reference", "why", "place"], _root.c.reference.label("root"))
    .select_from(outbox.outerjoin(_root, _root.c.key == outbox.c.thread_of))
    .where(outbox.c.key.in_(bindparam("keys", expanding=True)))
)
_LEAVING = select(
    exists().where(outbox.c.lane == bindparam("the_lane"), state_is("sending"), outbox.c.replacing.is_(None))
)
_CONCERNS = select(outbox.c.concerns).where(
    outbox.c.reference == bindparam("the_reference"), outbox.c.lane == bindparam("the_lane")
)


def promise(unit: UnitOfWork, promised: Promised, *, once: bool = False) -> None:
    """Add a message to what this transaction promises. Of those that replace the same the latest wins.

    `once`: what it replaces is never replaced twice, so that nothing older can wait. Raises CannotReplace.
    """
    if promised.replacing and _brings_file(promised.message):
        raise CannotReplace(promised.key)
    row = _row(promised)
    if promised.replacing and not once:
        older = unit.seen.get(("replacing", promised.replacing))
        if older:
            older["state"] = "replaced"
        unit.seen["replacing", promised.replacing] = row
        unit.later(_REPLACE, {"older_than": promised.replacing})
    unit.add(outbox, row)


def _brings_file(said: Message | Worded) -> bool:
    if isinstance(said, Worded):
        return '"kind":"document"' in said.written
    return any(isinstance(block, Document) for block in said.blocks)


def _row(promised: Promised) -> Row:
    """Return what a new row says; the columns the courier writes have their defaults in the table."""
    place, said = promised.place, promised.message
    return {
        "key": promised.key,
        "message_class": promised.message_class,
        "concerns": promised.concerns,
        "lane": lane_of(place),
        "place": _place_text(place.platform, place.address, place.thread, place.only_to, place.private),
        "message": said.written if isinstance(said, Worded) else said.model_dump_json(),
        "thread_of": promised.thread_of,
        "replacing": promised.replacing,
        "hours_of": promised.hours_of,
        "state": "new",
        "not_before": to_text(promised.not_before),
        "expires_at": to_text(promised.expires_at) if promised.expires_at else None,
    }


def promised_in(row: RowMapping) -> Promised:
    """Read a promised message back from its row, which only `promise` wrote."""
    return Promised(
        key=row["key"],
        message_class=row["message_class"],
        concerns=row["concerns"],
        place=Place.model_validate_json(row["place"]),
        message=Message.model_validate_json(row["message"]),
        thread_of=row["thread_of"],
        replacing=row["replacing"],
        not_before=from_text(row["not_before"]),
        expires_at=from_text(row["expires_at"]) if row["expires_at"] else None,
        hours_of=row["hours_of"],
    )


def unsaid_in(row: RowMapping) -> Promised:
    """The same without its words, which another version may have written as this one cannot read them."""
    return promised_in(cast("RowMapping", {**row, "message": NO_WORDS}))


def standing_of(unit: UnitOfWork, keys: Iterable[str]) -> dict[str, Standing]:
    """How the messages with these keys fare; a key that nobody promised is left out."""
    found = unit.rows(_STANDS, {"keys": list(keys)})
    return {row["key"]: _standing(row) for row in found}


def _standing(row: RowMapping) -> Standing:
    named = Place.model_validate_json(row["place"]).thread if '"thread":"' in row["place"] else None
    return Standing(row["state"], row["reference"], row["why"], row["root"] or named)


def reference_of(unit: UnitOfWork, key: str) -> Standing | None:
    """How the message with `key` fares; None when nobody promised it."""
    return standing_of(unit, [key]).get(key)


def is_leaving(unit: UnitOfWork, place: Place) -> bool:
    """Whether a new message to this place has left, and nobody knows yet what its thread is called."""
    row = unit.look(_LEAVING, {"the_lane": lane_of(place)})
    return bool(row and next(iter(row.values())))


def concern_of(unit: UnitOfWork, place: Place, reference: str) -> str | None:
    """What the message that a platform calls `reference` is about, e.g. "check_in:ID"."""
    row = unit.look(_CONCERNS, {"the_reference": reference, "the_lane": lane_of(place)})
    return str(row["concerns"]) if row else None


def unpark(unit: UnitOfWork, place: Place, now: datetime) -> int:
    """A place works again: what was parked for it goes out, and what is too late expires."""
    return unit.change(_UNPARK, {"the_lane": lane_of(place), "now": to_text(now)})

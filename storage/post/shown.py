"""What stands where a message was posted: itself, or the newest that took its place."""

from pydantic import ValidationError
from sqlalchemy import and_, bindparam, or_, select

from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages.model import Message
from storage.post.outbox import NO_WORDS, lane_of
from storage.tables import outbox
from storage.unit import UnitOfWork

STANDS = ("sent", "sending", "new", "parked")
"""What is on its way there counts, also when the way is shut: whoever asks is shown what holds."""

_lane = outbox.c.lane == bindparam("the_lane")
_there = outbox.c.reference == bindparam("the_reference")
_replaced = outbox.alias("replaced")
_first = select(_replaced.c.key).where(_replaced.c.reference == bindparam("the_reference"))
_STANDING = (
    select(outbox.c.message, outbox.c.place)
    .where(
        _lane,
        or_(_there, and_(outbox.c.replacing.is_not(None), outbox.c.replacing.in_(_first))),
        outbox.c.state.in_(STANDS),
    )
    .order_by(outbox.c.seq.desc())
    .limit(1)
)


_ABOUT = (
    select(outbox.c.key)
    .where(
        _lane,
        outbox.c.key > bindparam("about"),
        outbox.c.key < bindparam("beyond"),
        outbox.c.concerns == bindparam("about"),
        outbox.c.replacing.is_(None),
        outbox.c.state.in_(STANDS),
    )
    .order_by(outbox.c.seq.desc())
    .limit(1)
)


def newest_about(unit: UnitOfWork, place: Place, concerns: str) -> str | None:
    """Return the key of the newest post in a place about something, whatever has taken its place since.

    `concerns` is one word that the post's key begins with, followed by a colon: by the keys' index it is
    found, and not by reading everything. The bounds are words, which every collation sorts alike.
    """
    beyond = f"{concerns[:-1]}{chr(ord(concerns[-1]) + 1)}"
    rows = unit.rows(_ABOUT, {"the_lane": lane_of(place), "about": concerns, "beyond": beyond})
    return str(rows[0]["key"]) if rows else None


def standing(unit: UnitOfWork, place: Place, reference: str, asker: PersonId | None = None) -> Message | None:
    """Return the message at `reference` as it is, or is about to be.

    None when its words are forgotten, or another version's that this one cannot read. A line that one
    person sees is for that `asker` only: a reference is a claim, and anybody can make it.
    """
    rows = unit.rows(_STANDING, {"the_lane": lane_of(place), "the_reference": reference})
    if not rows or rows[0]["message"] == NO_WORDS:
        return None
    try:
        place, message = (
            Place.model_validate_json(rows[0]["place"]),
            Message.model_validate_json(rows[0]["message"]),
        )
    except ValidationError:
        return None
    return message if place.only_to in {None, asker} else None

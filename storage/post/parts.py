"""Which parts of a message of several stand, in the message's own row: it goes where the row goes.

What is written there is the platform's; here it is text. Messages of one part have none.
"""

from sqlalchemy import bindparam, select, update

from bot.domain.school import Place
from storage.post.outbox import lane_of
from storage.tables import outbox
from storage.unit import UnitOfWork

_same_key = outbox.c.key == bindparam("the_key")
_there = (outbox.c.reference == bindparam("the_reference"), outbox.c.lane == bindparam("the_lane"))
_OF_KEY = select(outbox.c.parts).where(_same_key)
_OF_REFERENCE = (
    select(outbox.c.parts).where(*_there, outbox.c.parts.is_not(None)).order_by(outbox.c.seq.desc()).limit(1)
)
_NOTE = update(outbox).where(_same_key).values(parts=bindparam("told"))
_NOTE_THERE = update(outbox).where(*_there).values(parts=bindparam("told"))


def read(unit: UnitOfWork, place: Place, key: str, replacing: str | None) -> str | None:
    """What was noted of the message whose reference is `replacing`, or else of the one with this key."""
    if replacing:
        asked = {"the_reference": replacing, "the_lane": lane_of(place)}
        row = unit.look(_OF_REFERENCE, asked)
    else:
        row = unit.look(_OF_KEY, {"the_key": key})
    return row["parts"] if row else None


def note(unit: UnitOfWork, place: Place, key: str, replacing: str | None, parts: str) -> None:
    """Note what stands of the message with this key, and of all that stand where it is to stand."""
    unit.change(_NOTE, {"the_key": key, "told": parts})
    if replacing:
        unit.change(_NOTE_THERE, {"the_reference": replacing, "the_lane": lane_of(place), "told": parts})

"""What waits for a place, when the place goes or moves."""

from datetime import datetime

from sqlalchemy import Table, select, update

from bot.domain.school import Place
from storage.asked import conversations
from storage.asked.check_ins import load_check_in, save_check_in
from storage.moments import to_text
from storage.post.outbox import lane_of, state_is
from storage.tables import check_in, conversation, outbox
from storage.unit import UnitOfWork


def park(unit: UnitOfWork, place: Place, why: str) -> int:
    """Keep what is promised to a place where nothing can be said now; `outbox.unpark` lets it go."""
    waiting = (outbox.c.lane == lane_of(place), state_is("new"))
    return unit.change(update(outbox).where(*waiting).values(state="parked", why=why))


def move(unit: UnitOfWork, where: Place, to: Place) -> None:
    """A place has another address: what was said, asked and promised there is there now.

    It happens once in a channel's life, so that looking through the bodies is cheap enough.
    """
    _move_promised(unit, where, to)
    for key in _held_at(unit, check_in, where):
        asked = load_check_in(unit, key)
        if asked and asked.place and _is_at(asked.place, where):
            moved = {"place": _moved(asked.place, to), "version": asked.version + 1}
            save_check_in(unit, asked.model_copy(update=moved), was=asked.version)
    for key in _held_at(unit, conversation, where):
        dialogue = conversations.load(unit, key)
        if dialogue and _is_at(dialogue.place, where):
            said = dialogue.conversation
            again = said.model_copy(update={"version": said.version + 1})
            changes = {"place": _moved(dialogue.place, to), "conversation": again}
            conversations.save(unit, dialogue.model_copy(update=changes), was=said.version)


def _move_promised(unit: UnitOfWork, where: Place, to: Place) -> None:
    lane = outbox.c.lane == lane_of(where)
    for row in unit.rows(select(outbox.c.place).where(lane).distinct()):
        moved = _moved(Place.model_validate_json(row["place"]), to)
        values = {"lane": lane_of(moved), "place": moved.model_dump_json()}
        unit.change(update(outbox).where(lane, outbox.c.place == row["place"]).values(**values))


def _held_at(unit: UnitOfWork, table: Table, where: Place) -> list[str]:
    """What may be held at a place: the bodies that name its address."""
    named = table.c.body.contains(f'"{where.address}"', autoescape=True)
    return [row["id"] for row in unit.rows(select(table.c.id).where(named))]


def _is_at(place: Place, where: Place) -> bool:
    return (place.platform, place.address) == (where.platform, where.address)


def _moved(place: Place, to: Place) -> Place:
    return place.model_copy(update={"address": to.address})


def follow(unit: UnitOfWork, where: Place, to: Place, now: datetime) -> None:
    """What was parked for a lost place goes to another, all of it: no part of it stands there yet.

    What hangs under a message there stays, and so does what one person was to see there.
    """
    alone = (outbox.c.thread_of.is_(None), outbox.c.replacing.is_(None))
    parked = (outbox.c.lane == lane_of(where), state_is("parked"), *alone)
    anew = {"state": "new", "why": "", "not_before": to_text(now), "parts": None, "looks": 0}
    for row in unit.rows(select(outbox.c.place).where(*parked).distinct()):
        before = Place.model_validate_json(row["place"])
        if before.thread is None and before.only_to is None:
            there = {"lane": lane_of(to), "place": to.model_dump_json()}
            unit.change(update(outbox).where(*parked, outbox.c.place == row["place"]).values(**there, **anew))

"""The courier's side of the outbox: rows claimed under a lease, and settled only by who still holds them."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from pydantic import ValidationError
from sqlalchemy import Update, bindparam, exists, func, or_, select, update
from sqlalchemy.engine import RowMapping

from bot.log import log
from bot.messages.delivery import Why
from storage.moments import from_text, to_text
from storage.post.cut_off import unpark_under
from storage.post.outbox import Claimed, Promised, lane_of, promised_in, reference_of, state_is, unsaid_in
from storage.tables import outbox
from storage.unit import Row, UnitOfWork

LEASE = timedelta(seconds=60)
"""At least four times the longest time-out of a platform call (15 s)."""

UNREAD_WAITS = timedelta(minutes=5)
"""After so long it is seen anew whether whoever looks can read what another version wrote."""

UNREAD = "written by another version; cannot be read"
PLATFORM_OFF = "platform is off"
"""Why a message is parked when nothing that runs can deliver it."""

WINDOW = 20
"""How many due rows are looked through for each that may be taken: lanes have several."""

_busy = outbox.c.lane.in_(bindparam("busy", expanding=True))
_on_their_way = select(outbox.c.lane).where(state_is("sending"))
_due = (
    select(outbox.c.lane, outbox.c.seq)
    .where(
        state_is("new"),
        outbox.c.not_before <= bindparam("now"),
        ~_busy,
        outbox.c.lane.not_in(_on_their_way),
    )
    .order_by(outbox.c.not_before, outbox.c.seq)
    .limit(bindparam("window"))
    .subquery()
)
_first = func.min(_due.c.seq)
_heads = select(_first).group_by(_due.c.lane).order_by(_first).limit(bindparam("most"))
_NEW = (
    select(outbox)
    .where(outbox.c.seq.in_(_heads), outbox.c.state == "new")
    .order_by(outbox.c.seq)
    .with_for_update(skip_locked=True)
)
_first_of_lane = (
    select(func.min(outbox.c.seq))
    .where(state_is("sending"), ~_busy)
    .group_by(outbox.c.lane)
    .scalar_subquery()
)
_DOUBTFUL = (
    select(outbox)
    .where(
        outbox.c.seq.in_(_first_of_lane),
        state_is("sending"),
        outbox.c.lease_until <= bindparam("now"),
        ~_busy,
    )
    .order_by(outbox.c.seq)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(outbox)
    .where(outbox.c.seq == bindparam("the_seq"))
    .values(
        state="sending",
        fence=bindparam("fence"),
        attempt=bindparam("attempt"),
        since=bindparam("since"),
        lease_until=bindparam("lease_until"),
    )
)
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.seq == bindparam("the_seq"))
    .values(state=bindparam("then"), not_before=bindparam("later"), why=UNREAD)
)
_MOVE = (
    update(outbox)
    .where(
        outbox.c.key == bindparam("target"),
        or_(outbox.c.reference.is_(None), outbox.c.reference != bindparam("anew")),
    )
    .values(reference=bindparam("anew"), parts=None)
)
"""What is known of its parts is of what stood there before; the row that was just sent knows the new ones."""

_LOSE = update(outbox).where(outbox.c.key == bindparam("target")).values(reference=None)
_newer = outbox.alias("newer")
_SUPERSEDED = select(
    exists().where(_newer.c.replacing == bindparam("target"), _newer.c.seq > bindparam("the_seq"))
)
_PARKED_BEFORE = select(
    exists().where(
        outbox.c.lane == bindparam("the_lane"), outbox.c.seq != bindparam("the_seq"), state_is("parked")
    )
)


def claim(
    unit: UnitOfWork, now: datetime, *, busy: Iterable[str] = (), most: int = 100
) -> tuple[Claimed, ...]:
    """Take what is due: rows whose holder's lease has ended, and new rows, oldest first.

    Of each lane only the oldest due row is taken, and none while another of it is on its way, so
    that order holds within a place, but for what has to wait: the later ones go by it. `busy` lanes
    are left alone. A row that cannot be read waits for a version that can, and stops no others meanwhile.
    """
    asked = {"now": to_text(now), "busy": list(busy), "most": most}
    rows = [*unit.rows(_DOUBTFUL, asked)]
    if len(rows) < most:
        asked |= {"most": most - len(rows), "window": most * WINDOW}
        rows += unit.rows(_NEW, asked)
    taken, unread = [], []
    for row in rows:
        claimed = _read(unit, row, now)
        if claimed:
            taken.append(claimed)
        else:
            unread.append(_put_off(unit, row, now))
    if unread:
        log.error("unread", action="outbox.unread", jobs=len(unread))
        unit.change_each(_PUT_OFF, unread)
    unit.change_each(_CLAIM, [_claim_row(claimed) for claimed in taken])
    return tuple(taken)


def _read(unit: UnitOfWork, row: RowMapping, now: datetime) -> Claimed | None:
    """None where this version cannot. What may have arrived is looked for: that takes no words."""
    try:
        return _claimed(row, promised_in(row), now)
    except ValidationError:
        if not _may_be_there(unit, row):
            return None
    with suppress(ValidationError):
        return _claimed(row, unsaid_in(row), now)
    return None


def _may_be_there(unit: UnitOfWork, row: RowMapping) -> bool:
    """Whether it was being sent as something new, also where what it was to change is lost.

    A change that was being sent may be sent once more without harm.
    """
    target = reference_of(unit, row["replacing"]) if row["replacing"] else None
    return row["state"] == "sending" and (target is None or target.reference is None)


def _put_off(unit: UnitOfWork, row: RowMapping, now: datetime) -> Row:
    """It waits; a doubt that says not even where to look is left to people."""
    then = "quarantined" if _may_be_there(unit, row) else "new"
    return {"the_seq": row["seq"], "then": then, "later": to_text(now + UNREAD_WAITS)}


def _claimed(row: RowMapping, promised: Promised, now: datetime) -> Claimed:
    doubtful = row["state"] == "sending"
    looked = doubtful or row["looks"] > 0
    return Claimed(
        seq=row["seq"],
        promised=promised,
        doubtful=doubtful,
        attempt=row["attempt"] if doubtful else row["attempt"] + 1,
        fence=row["fence"] + 1,
        since=from_text(row["since"]) if looked and row["since"] else now,
        lease_until=now + LEASE,
        looks=row["looks"],
        plain=row["plain"],
    )


def _claim_row(claimed: Claimed) -> Row:
    return {
        "the_seq": claimed.seq,
        "fence": claimed.fence,
        "attempt": claimed.attempt,
        "since": to_text(claimed.since),
        "lease_until": to_text(claimed.lease_until),
    }


def settle(unit: UnitOfWork, claimed: Claimed, **values: object) -> bool:
    """Write what became of a claimed row, only if it is still ours; say whether it was.

    A change that should be tried again, but has a newer version, is `replaced` instead: the old one must
    not overwrite the new. What it was to change may be gone: then it is posted anew the next time, and
    where that came to be is where the next one goes.
    """
    if values.get("state") == "new" and _is_superseded(unit, claimed):
        values["state"] = "replaced"
    bound = {f"new_{name}": value for name, value in values.items()}
    touched = unit.change(
        _settle(tuple(values)), {"the_seq": claimed.seq, "the_fence": claimed.fence, **bound}
    )
    target = claimed.promised.replacing
    if touched and target and values.get("reference"):
        unit.change(_MOVE, {"target": target, "anew": values["reference"]})
    elif touched and target and values.get("why") == Why.GONE and values["state"] in {"new", "replaced"}:
        unit.change(_LOSE, {"target": target})
    return touched == 1


@cache
def _settle(names: tuple[str, ...]) -> Update:
    ours = (
        outbox.c.seq == bindparam("the_seq"),
        outbox.c.fence == bindparam("the_fence"),
        outbox.c.state == "sending",
    )
    return update(outbox).where(*ours).values({name: bindparam(f"new_{name}") for name in names})


def _is_superseded(unit: UnitOfWork, claimed: Claimed) -> bool:
    promised = claimed.promised
    if not promised.replacing:
        return False
    row = unit.look(_SUPERSEDED, {"target": promised.replacing, "the_seq": claimed.seq})
    return bool(row and next(iter(row.values())))


def is_first_parked(unit: UnitOfWork, claimed: Claimed) -> bool:
    """Whether this is the only parked message of its lane: people are told once that a place is shut."""
    row = unit.look(_PARKED_BEFORE, {"the_lane": lane_of(claimed.promised.place), "the_seq": claimed.seq})
    return not (row and next(iter(row.values())))


def switch_on(unit: UnitOfWork, platforms: Iterable[str], now: datetime) -> int:
    """These platforms are on: what was parked because they were off waits again."""
    return sum(unpark_under(unit, f"{name}:", [PLATFORM_OFF], now) for name in platforms)

"""What becomes of a claimed message: one pure function for each thing that can happen to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, assert_never

from bot.domain.school import Place
from bot.messages.delivery import DeliveryFailed, Unknowable, Why
from storage.moments import to_text
from storage.post.claims import PLATFORM_OFF
from storage.post.outbox import Claimed, Standing

FIRST_LOOK = timedelta(seconds=5)
SECOND_LOOK = timedelta(seconds=60)
"""After a doubt we look 5 s and 65 s later: a slow platform may still be working on it."""

LOOKS_BEFORE_RESENDING = 2
MOST_LOOKS = 4
"""Twice nowhere to be seen: sent again, once. Twice more: a person has to look."""

LOOKS_WITHIN = timedelta(hours=1)
"""A look that is put off for so long, while we ask for it, is one that cannot be had."""

BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 600, 3600))
MOST_TRIES = 5
WAIT_FOR_ROOT = timedelta(seconds=5)
WAIT_FOR_STORE = timedelta(seconds=10)
WAIT_FOR_PLATFORM = timedelta(minutes=10)

State = Literal["new", "sending", "sent", "uncertain", "parked", "quarantined", "expired"]


Look = str | Unknowable | DeliveryFailed | TimeoutError | None
"""What came of a look: a reference, surely nothing, or no answer that can be used."""


class Verdict(NamedTuple):
    """The state a row goes to, and the columns that change with it."""

    state: State
    values: Mapping[str, object]


class Ready(NamedTuple):
    """Nothing stands in its way: send it (or look for it) here."""

    claimed: Claimed
    place: Place
    replacing: str | None


def before_sending(
    claimed: Claimed, opens: datetime, standing: Mapping[str, Standing], now: datetime
) -> Ready | Verdict:
    """Whether a claimed message may go now. `opens`: when its school may be disturbed.

    `standing` says how the messages it hangs under or replaces fare, by key. A thread whose root is
    lost becomes a message of its own, and a critical change of what is lost a new message: better there
    than never.
    """
    promised = claimed.promised
    perishable = promised.message_class in {"reminder", "receipt"}
    if perishable and claimed.doubtful:
        return Verdict("expired", {"why": "may have arrived"})
    if promised.expires_at and promised.expires_at <= now and not claimed.doubtful:
        return Verdict("expired", {"why": "late"})
    if opens > now and not claimed.doubtful:
        return _wait(claimed, opens)
    place = promised.place
    if promised.thread_of:
        root = standing.get(promised.thread_of)
        if root and root.state in {"new", "sending"}:
            return _behind(claimed, place, root, now)
        if root and root.reference:
            place = place.model_copy(update={"thread": root.reference})
    if promised.replacing:
        return _in_place(claimed, place, standing.get(promised.replacing), now)
    return Ready(claimed, place, None)


def _in_place(claimed: Claimed, place: Place, target: Standing | None, now: datetime) -> Ready | Verdict:
    """What takes the place of `target` stands in its thread, also when that is gone and it is posted anew."""
    if target and target.state in {"new", "sending"}:
        return _behind(claimed, place, target, now)
    if target and target.state == "parked":
        return _park(claimed, target.why, now)
    if target and target.thread and not place.thread:
        place = place.model_copy(update={"thread": target.thread})
    if target and target.reference:
        return Ready(claimed, place, target.reference)
    if claimed.promised.message_class != "critical":
        return Verdict("expired", {"why": "nothing to replace"})
    return Ready(replace(claimed, anew=True), place, None)


def _behind(claimed: Claimed, place: Place, first: Standing, now: datetime) -> Ready | Verdict:
    """What it needs is still to go. In doubt it never went after that, but perhaps alone, when that was lost.

    So it is looked for where it would stand alone, and first: until then nothing new goes to its place.
    """
    if claimed.doubtful and first.state == "new":
        return Ready(claimed, place, None)
    return _wait(claimed, now + WAIT_FOR_ROOT)


def after_failure(claimed: Claimed, failure: DeliveryFailed, now: datetime) -> Verdict:
    """The platform said no, not now, not so, or nothing we can trust."""
    why = str(failure)
    match failure.how:
        case "refused" if claimed.changes and claimed.promised.message_class != "critical":
            return Verdict("expired", {"why": why})
        case "refused" if claimed.changes and why == Why.GONE:
            return Verdict("new", {"not_before": to_text(now), "why": why})
        case "refused":
            return Verdict("parked", {"why": why})
        case "later":
            return _wait(claimed, now + timedelta(seconds=failure.retry_after), why=why)
        case "content" if claimed.plain:
            return Verdict("quarantined", {"why": why})
        case "content":
            return _wait(claimed, now, plain=True, why=why)
        case "doubt":
            return _in_doubt(claimed, now, why)
        case _ as never:
            assert_never(never)


def without_store() -> DeliveryFailed:
    """A platform asks the store before it says anything, or when it was refused: surely nothing was sent."""
    return DeliveryFailed("later", Why.AWAY, WAIT_FOR_STORE.total_seconds())


def after_breaking(claimed: Claimed, why: str, now: datetime) -> Verdict:
    """Our own code broke while sending: it may be there, and another try should be a plain one."""
    if claimed.changes and claimed.attempt >= MOST_TRIES:
        return Verdict("quarantined", {"why": why})
    verdict = _in_doubt(claimed, now, why)
    return Verdict(verdict.state, {**verdict.values, "plain": True})


def _in_doubt(claimed: Claimed, now: datetime, why: str) -> Verdict:
    if claimed.changes:
        pause = BACKOFF[min(claimed.attempt, len(BACKOFF)) - 1]
        return Verdict("new", {"not_before": to_text(now + pause), "why": why})
    if claimed.promised.message_class in {"critical", "replaceable"}:
        return Verdict("sending", {"lease_until": to_text(now + FIRST_LOOK), "why": why})
    return Verdict("expired", {"why": why})


def after_looking(claimed: Claimed, found: Look, now: datetime, began: datetime) -> Verdict:
    """What a look into the channel says about a message that may be there.

    A platform may ask us to look later: many doubts at once must not all become somebody's worry. Since
    `began` this courier can have asked: a bot that was down has not been put off.
    """
    twice_is_worse = claimed.promised.message_class == "critical" or claimed.promised.replacing is None
    looks = claimed.looks + 1
    match found:
        case DeliveryFailed(how="later") if now - max(claimed.since, began) < LOOKS_WITHIN:
            return _wait(claimed, now + timedelta(seconds=found.retry_after))
        case DeliveryFailed() | TimeoutError():
            return after_looking(claimed, Unknowable.UNKNOWABLE, now, began)
        case str():
            return Verdict("sent", {"reference": found})
        case Unknowable() if twice_is_worse:
            return Verdict("uncertain", {"why": "cannot look"})
        case None if twice_is_worse and looks >= MOST_LOOKS:
            return Verdict("uncertain", {"why": "lost more than once", "looks": LOOKS_BEFORE_RESENDING})
        case None if twice_is_worse and looks != LOOKS_BEFORE_RESENDING:
            return Verdict("sending", {"lease_until": to_text(now + SECOND_LOOK), "looks": looks})
        case Unknowable() | None:
            return Verdict("new", {"not_before": to_text(now), "looks": looks, "why": "surely not there"})
        case _ as never:
            assert_never(never)


def without_platform(claimed: Claimed, now: datetime) -> Verdict:
    """Nothing that runs can deliver it, or look for it."""
    return _park(claimed, PLATFORM_OFF, now)


def too_late_to_send(claimed: Claimed, now: datetime) -> Verdict:
    """The lease ran out before anything was sent: it was surely not sent by us."""
    return _wait(claimed, now)


def _park(claimed: Claimed, why: str, now: datetime) -> Verdict:
    """Put it aside, if it is surely not there: what is let go of again is sent without a look."""
    return _wait(claimed, now + WAIT_FOR_PLATFORM) if claimed.doubtful else Verdict("parked", {"why": why})


def _wait(claimed: Claimed, until: datetime, **values: object) -> Verdict:
    """Go back to waiting; this try does not count. A doubt that waits is still a doubt."""
    if claimed.doubtful:
        return Verdict("sending", {"lease_until": to_text(until), **values})
    attempt = max(claimed.attempt - 1, 0)
    return Verdict("new", {"not_before": to_text(until), "attempt": attempt, **values})

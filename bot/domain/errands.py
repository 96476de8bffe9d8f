"""Errands: what should have been done elsewhere because of what the store holds, each of them once.

Pure. What should have been done is worked out anew each time; what was done is remembered under the same
key. The difference is what is left to do, so that nothing is lost however often the work is interrupted.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.domain.errands_files import ChannelFiles, Where
from bot.domain.value import SchoolId, Value

Kind = Literal["meeting", "document", "report", "nudge", "door"]
NOT_ALLOWED = "consent:"
"""How `Kept.why` begins when nobody has allowed it; what follows is the refuser's own word."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
LEASE = timedelta(minutes=10)
"""How long an errand is left to whoever began it: longer than any call lasts."""


class MeetingErrand(Value):
    """A time in `user`'s calendar. `starts` is the wall time in `zone`, naive. `about` says why."""

    kind: Literal["meeting"] = "meeting"
    key: str
    mark: str
    ends: datetime
    user: str
    subject: str
    about: str
    starts: datetime
    minutes: int
    zone: str


class DocumentErrand(Value):
    """A week's summary, as a file that `user` (a rektor) is told of.

    `instead`: it is in their own drive because more than the rektors read what was chosen.
    """

    kind: Literal["document"] = "document"
    key: str
    mark: str
    ends: datetime
    user: str
    where: Where
    path: str
    school: SchoolId
    week: int
    instead: bool = False


class ReportErrand(Value):
    """What an arbetslag agreed on, as a file among those of the channel it was posted in.

    `post` is the key of that message, whose words these are; `user` is the channel.
    """

    kind: Literal["report"] = "report"
    key: str
    mark: str
    ends: datetime
    user: str
    where: ChannelFiles
    path: str
    school: SchoolId
    analysis: str
    post: str


class NudgeErrand(Value):
    """A line in somebody's activity feed, in a team they are in: of `type`, about what waits for them."""

    kind: Literal["nudge"] = "nudge"
    key: str
    mark: str = ""
    ends: datetime
    user: str
    team: str
    type: str


class DoorErrand(Value):
    """Somebody has no chat with the bot, and something waits for them there."""

    kind: Literal["door"] = "door"
    key: str
    mark: str = ""
    ends: datetime
    user: str


Errand = MeetingErrand | DocumentErrand | ReportErrand | NudgeErrand | DoorErrand

State = Literal["begun", "done", "failed"]


class Kept(Value):
    """What is remembered of an errand.

    `begun`: somebody is at it, or was. `failed`: it cannot be done as it stands. `user` is whom it was
    done for, `reference` what it is called there. `transaction` is "SIGN" or "SIGN/N": `sign` is how it is
    found when the reference was lost, and N how often it was on its way to be undone.
    """

    kind: Kind
    key: str
    state: State
    mark: str
    user: str
    reference: str = ""
    transaction: str
    tries: int = 0
    not_before: datetime
    ends: datetime
    why: str = ""

    @property
    def sign(self) -> str:
        return self.transaction.partition("/")[0]

    @property
    def attempt(self) -> str:
        """What makes a repeated attempt the same one; what is made anew after an undoing is another."""
        sign, _, times = self.transaction.partition("/")
        return str(uuid.uuid5(uuid.UUID(sign), times)) if times else sign

    @property
    def is_being_undone(self) -> bool:
        """Whether somebody has tried to undo it: it may be there still."""
        return "/" in self.transaction

    def to_undo(self) -> "Kept":
        """As it is while it is being undone: if nobody says how that went, it may be there or not."""
        sign, _, times = self.transaction.partition("/")
        again = f"{sign}/{int(times or 0) + 1}"
        return self.model_copy(update={"state": "begun", "reference": "", "transaction": again})


class Do(NamedTuple):
    """Do it. `again`: somebody began and never said how it went, or it was refused: `kept` is theirs."""

    errand: Errand
    again: Kept | None = None


class Change(NamedTuple):
    """It was done, and is otherwise now."""

    errand: Errand
    kept: Kept


class Undo(NamedTuple):
    """It was done, or may have been, and should not have been."""

    kept: Kept


Step = Do | Change | Undo


def left_to_do(wanted: Iterable[Errand], kept: Mapping[str, Kept], now: datetime) -> tuple[Step, ...]:
    """Compare what should have been done with what is remembered, all of one kind; both by key.

    1. Nobody began: do it. Begun and its time is over: do it again, unless twice is worse than never.
    2. Done, or refused, and otherwise now: change it, or try it as it is now. What we were not let in to
       undo, and is wanted again, is changed to what it is: then we know that we are let in.
    3. Remembered, not wanted any more and not over: undo it, if it is of a kind that can be. A refused
       change of what is there is undone too; what was refused before it was there is not.

    What was never tried comes before what was tried in vain; `barred` users are let be for now.
    """
    barred = barred_users(kept.values(), now)
    steps: list[Step] = []
    wanted_keys = set()
    for errand in wanted:
        wanted_keys.add(errand.key)
        step = _step(errand, kept.get(errand.key), now)
        if step is not None:
            steps.append(step)
    for known in kept.values():
        unwanted = known.key not in wanted_keys and known.kind == "meeting"
        there = known.state != "failed" or bool(known.reference)
        if unwanted and there and known.ends > now and known.not_before <= now:
            steps.append(Undo(known))
    return tuple(sorted((one for one in steps if user_of(one) not in barred), key=_was_tried))


def user_of(step: Step) -> str:
    """Whose calendar, drive or feed it is."""
    return step.errand.user if isinstance(step, Do) else step.kept.user


def refused_users(kept: Iterable[Kept]) -> frozenset[str]:
    """Those with something that was not allowed the last time it was tried."""
    return frozenset(one.user for one in kept if one.why.startswith(NOT_ALLOWED))


def barred_users(kept: Iterable[Kept], now: datetime) -> frozenset[str]:
    """Those of whom it is not asked again yet: nothing else of theirs would be allowed either."""
    return refused_users(one for one in kept if one.not_before > now)


def _was_tried(step: Step) -> bool:
    known = step.again if isinstance(step, Do) else step.kept
    return known is not None and bool(known.why)


def _step(errand: Errand, known: Kept | None, now: datetime) -> Step | None:
    if errand.ends <= now:
        return None
    if known is None:
        return Do(errand)
    if known.not_before > now:
        return None
    match known.state:
        case "begun":
            return None if errand.kind == "nudge" and not known.why else Do(errand, known)
        case "done":
            return Change(errand, known) if errand.mark != known.mark or known.why else None
        case "failed":
            return Do(errand, known) if errand.mark != known.mark else None


def next_try(tries: int, told_seconds: float) -> timedelta:
    """How long to wait after so many tries in vain: what we were told, else longer each time."""
    own: timedelta = min(FIRST_WAIT * (1 << min(tries, 16)), LONGEST_WAIT)
    return max(own, timedelta(seconds=told_seconds))

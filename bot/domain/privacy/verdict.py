"""What may be done with words that seem to point at somebody: change, mask, or keep with a reason (C8)."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.privacy.guard import Case, CaseKind, Kind, inspect, mask, may_keep, refers_to_case

Choice = Literal["change", "mask", "keep"]
CHOICES: tuple[Choice, ...] = ("change", "mask", "keep")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in a text: kinds only, never the words; `masked` is what may always be stored.

    A kind stands once for each that differs: two names are "namn" twice, one name said twice is it once.
    """

    masked: str
    kinds: tuple[Kind, ...] = ()
    may_keep: bool = True
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """This may be stored. `masked`: what was taken out. `reason`: why a false alarm was kept."""

    text: str
    masked: tuple[Kind, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing may be stored yet; the author chooses. `why` says what is missing.

    A `case` here is only a guess: no mask helps, but the author may say that it is none.
    """

    kinds: tuple[Kind, ...]
    may_keep: bool
    why: Literal["found", "reason_missing", "reason_unfit", "reason_case"] = "found"
    case: CaseKind | None = None


@dataclass(frozen=True, slots=True)
class CaseRefused:
    """A case has its own routine, and nothing of it is stored (L6)."""

    case: CaseKind


Verdict = Passed | Stopped | CaseRefused


def look(text: str) -> Looked:
    """See what a text holds."""
    suspicions = inspect(text)
    seen = dict.fromkeys((one.kind, text[one.start : one.end].casefold()) for one in suspicions)
    kinds = tuple(kind for kind, _ in seen)
    return Looked(mask(text, suspicions), kinds, may_keep(suspicions), refers_to_case(text))


def decide(text: str, choice: Choice = "change", reason: str = "") -> Verdict:
    """Say whether `text` may be stored as it stands, masked, not yet, or not at all.

    1. A sure case is refused, whatever was chosen; of one that is not sure, nothing can be masked.
    2. What points at nobody passes; the choice from before is then of no account.
    3. Keeping takes a reason, which is read with the same eyes, and never a number that holds.
    """
    looked = look(text)
    maybe = looked.case.kind if looked.case else None
    if looked.case and looked.case.sure:
        return CaseRefused(looked.case.kind)
    if not looked.kinds and not maybe:
        return Passed(text)
    if choice == "mask" and not maybe:
        return Passed(looked.masked, masked=looked.kinds)
    if choice == "keep" and looked.may_keep:
        return _kept(text, reason.strip(), looked)
    return Stopped(looked.kinds, looked.may_keep, case=maybe)


def _kept(text: str, reason: str, looked: Looked) -> Passed | Stopped:
    maybe = looked.case.kind if looked.case else None
    if not reason:
        return Stopped(looked.kinds, looked.may_keep, "reason_missing", maybe)
    seen = look(reason)
    if seen.case and seen.case.sure:
        return Stopped(looked.kinds, looked.may_keep, "reason_case", maybe)
    if seen.kinds:
        return Stopped(seen.kinds, looked.may_keep, "reason_unfit", maybe)
    return Passed(text, reason=reason)

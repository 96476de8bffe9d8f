"""What may be done with words that seem to point at somebody: change, mask, or keep with a reason (C8)."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.privacy.guard import CaseKind, Kind, inspect, mask, may_keep, refers_to_case

Choice = Literal["change", "mask", "keep"]
CHOICES: tuple[Choice, ...] = ("change", "mask", "keep")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in a text: kinds only, never the words; `masked` is what may always be stored."""

    masked: str
    kinds: tuple[Kind, ...] = ()
    may_keep: bool = True
    case: CaseKind | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """This may be stored. `masked`: what was taken out. `reason`: why a false alarm was kept."""

    text: str
    masked: tuple[Kind, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing may be stored yet; the author chooses. `why` says what is missing."""

    kinds: tuple[Kind, ...]
    may_keep: bool
    why: Literal["found", "reason_missing", "reason_unfit"] = "found"


@dataclass(frozen=True, slots=True)
class CaseRefused:
    """A case has its own routine, and nothing of it is stored (L6)."""

    case: CaseKind


Verdict = Passed | Stopped | CaseRefused


def look(text: str) -> Looked:
    """See what a text holds."""
    suspicions = inspect(text)
    kinds = tuple(dict.fromkeys(suspicion.kind for suspicion in suspicions))
    return Looked(mask(text, suspicions), kinds, may_keep(suspicions), refers_to_case(text))


def decide(text: str, choice: Choice = "change", reason: str = "") -> Verdict:
    """Say whether `text` may be stored as it stands, masked, not yet, or not at all.

    1. A case is refused, whatever was chosen.
    2. What points at nobody passes; the choice from before is then of no account.
    3. Keeping takes a reason, which is read with the same eyes, and never a number that holds.
    """
    looked = look(text)
    if looked.case:
        return CaseRefused(looked.case)
    if not looked.kinds:
        return Passed(text)
    if choice == "mask":
        return Passed(looked.masked, masked=looked.kinds)
    if choice == "keep" and looked.may_keep:
        return _kept(text, reason.strip(), looked)
    return Stopped(looked.kinds, looked.may_keep)


def _kept(text: str, reason: str, looked: Looked) -> Passed | Stopped:
    if not reason:
        return Stopped(looked.kinds, looked.may_keep, "reason_missing")
    seen = look(reason)
    if seen.kinds or seen.case:
        return Stopped(seen.kinds or looked.kinds, looked.may_keep, "reason_unfit")
    return Passed(text, reason=reason)

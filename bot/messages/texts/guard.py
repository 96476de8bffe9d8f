"""What is said when words seem to point at somebody."""

from typing import Annotated

from bot.domain.privacy.guard import CaseKind, Kind
from bot.messages.texts.base import Fills, TextSection


class GuardTexts(TextSection):
    """Kinds are named, never the words that were found."""

    kinds: dict[Kind, str]
    several: dict[Kind, str]
    joined: str
    found: Annotated[str, Fills("what")]
    reason_missing: str
    reason_unfit: Annotated[str, Fills("what")]
    reason_case: str
    what_now: str
    change: str
    mask: str
    keep: str
    reason: str
    reason_help: str
    masked: Annotated[str, Fills("what")]
    written: Annotated[str, Fills("what")]
    written_advice: str
    rewrite: str
    case_title: str
    cases: dict[CaseKind, str]
    case_field: dict[CaseKind, str]
    case_maybe: dict[CaseKind, str]

"""An arbetslag's cause analysis as it is kept, and what becomes of it when all agree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from bot.domain.analysis.causes import Cause, Finding
from bot.domain.value import ArbetslagId, PersonId, SchoolId, Value

LONGEST_IN_POST = 300
"""Characters of somebody's words in the post; the whole stands in the analysis."""


class Analysis(Value):
    """One finding and the conversation about it.

    `ranked` holds the numbers of its causes, the most important first, once all agree. One that
    somebody does alone is a draft that nobody else sees, until it is `shared`.
    """

    id: str
    school: SchoolId
    arbetslag: ArbetslagId
    finding: Finding
    conversation: str
    started_by: PersonId
    together: bool = True
    shared: bool = True
    state: Literal["open", "done", "closed"] = "open"
    ranked: tuple[int, ...] = ()
    created_at: datetime
    version: int = 1


class Agreed(NamedTuple):
    """What all agreed on: causes by number with their versions, and what is new since last time."""

    analysis: Analysis
    causes: dict[int, Cause]
    changed: tuple[int, ...]
    lifted: tuple[int, ...]
    to_find_out: tuple[int, ...]


def number_of(cause: Cause) -> int:
    """Which of the named causes it is: 2 for `orsak.2`."""
    return int(cause.path.rsplit(".", 1)[-1])


def agreed(analysis: Analysis, ranked: Sequence[Cause], known: Mapping[int, Cause]) -> Agreed:
    """Compare what is agreed now with what was agreed before; the old is kept, the new gets a version.

    A cause is lifted, and something is found out, once for each time it is said anew.
    """
    causes: dict[int, Cause] = {}
    changed: list[int] = []
    for cause in ranked:
        number = number_of(cause)
        before = known.get(number)
        version = 1 if before is None else before.version
        same = before is not None and before == cause.model_copy(update={"version": version})
        if not same:
            changed.append(number)
        causes[number] = cause.model_copy(
            update={"version": version if same or before is None else version + 1}
        )
    first_time = analysis.state != "done"
    now = analysis.model_copy(
        update={
            "state": "done",
            "ranked": tuple(causes),
            "version": analysis.version if first_time else analysis.version + 1,
        }
    )
    lifted = [n for n in changed if causes[n].lifted and not _said(known.get(n), causes[n], "text")]
    unknown = [
        n for n in changed if causes[n].to_find_out and not _said(known.get(n), causes[n], "to_find_out")
    ]
    return Agreed(now, causes, tuple(changed), tuple(lifted), tuple(unknown))


def all_of(analysis: Analysis, causes: Mapping[int, Cause]) -> Agreed:
    """Everything that was agreed, as if it was said for the first time: when a draft is shared."""
    ranked = {number: causes[number] for number in analysis.ranked if number in causes}
    lifted = tuple(number for number, cause in ranked.items() if cause.lifted)
    unknown = tuple(number for number, cause in ranked.items() if cause.to_find_out)
    return Agreed(analysis.model_copy(update={"shared": True}), ranked, (), lifted, unknown)


def _said(before: Cause | None, now: Cause, what: Literal["text", "to_find_out"]) -> bool:
    if before is None or (what == "text" and not before.lifted):
        return False
    return bool(getattr(before, what) == getattr(now, what))

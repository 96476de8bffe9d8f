"""How strong the support for a cause is: the rule suggests, the arbetslag decides."""

from collections.abc import Collection
from typing import Literal

Strength = Literal["inget_annu", "svagt", "visst", "starkt"]
STRENGTHS: tuple[Strength, ...] = ("inget_annu", "svagt", "visst", "starkt")

_ENOUGH = 2


def suggest_strength(kinds: Collection[str], perspectives: Collection[str], *, countered: bool) -> Strength:
    """The step that the underlag supports.

    1. No kind of underlag: an opinion so far.
    2. Two kinds *and* two perspectives, and what speaks against has been considered: starkt.
    3. Two kinds *or* two perspectives: visst.
    4. Else one kind: svagt.
    """
    if not kinds:
        return "inget_annu"
    several_kinds = len(set(kinds)) >= _ENOUGH
    several_perspectives = len(set(perspectives)) >= _ENOUGH
    if several_kinds and several_perspectives and countered:
        return "starkt"
    return "visst" if several_kinds or several_perspectives else "svagt"

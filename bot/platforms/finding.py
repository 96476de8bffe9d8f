"""What a doctor says, whichever platform it looked at: one Swedish line each, for IT."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from bot.domain.value import Value

SKEW_SECONDS = 60
"""How far our clock may be from somebody else's before we say so."""
REFUSED_SECONDS = 300
"""Beyond this Slack's signatures are too old for us, and the tokens that Teams knocks with do not hold."""


class Finding(Value):
    """One line of the doctor's: `fault` stops something, `advice` is worth knowing, `well` needs nothing."""

    level: Literal["well", "advice", "fault"]
    text: str


def well(text: str) -> Finding:
    return Finding(level="well", text=text)


def advice(text: str) -> Finding:
    return Finding(level="advice", text=text)


def fault(text: str) -> Finding:
    return Finding(level="fault", text=text)


def clock(date: str, now: datetime, *, whose: str, chat: str) -> Sequence[Finding]:
    """Hold our clock against `whose` said `date` (RFC 9110); nothing is found where none is said."""
    try:
        off = round((now - parsedate_to_datetime(date)).total_seconds())
    except (TypeError, ValueError):
        return ()
    if abs(off) <= SKEW_SECONDS:
        return (well(f"Klockan stämmer med {whose}."),)
    side = "före" if off > 0 else "efter"
    said = f"Klockan på servern går {abs(off)} sekunder {side} {whose}. Ställ den med NTP."
    if abs(off) < REFUSED_SECONDS:
        return (advice(said),)
    return (fault(f"{said} Nu avvisas allt som kommer från {chat}."),)

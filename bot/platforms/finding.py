"""What a doctor says, whichever platform it looked at: one Swedish line each, for IT."""

from typing import Literal

from bot.domain.value import Value


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

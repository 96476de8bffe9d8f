"""Why an occasion was not asked, read from its row: a code, or the words that earlier versions noted."""

from typing import get_args

from bot.domain.check_in import WhyNotAsked

_NOTED: dict[str, WhyNotAsked] = {
    **{code: code for code in get_args(WhyNotAsked)},
    "för sent": "late",
    "alla är borta": "away",
    "ingen kanal": "no_channel",
    "ingen fråga passar": "no_pack",
}


def why_in(noted: str) -> WhyNotAsked | None:
    """Return why; None when it was known beforehand (a closed day, a pause) and nobody needs to hear it."""
    return _NOTED.get(noted)

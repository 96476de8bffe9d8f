"""Text as it can be kept and as it can be shown: without what nobody sees, and never turned around."""

import re
from collections.abc import Iterable

from bot.domain.marks import composed
from bot.platforms.cutting import shortened

LONGEST = 40_000
"""Characters: Slack cuts a message here, Teams lets none be so long. Nothing longer is somebody's words."""

EMPTY = "–"
"""What stands where a chat wants words and there are none."""

_UNKEPT = r"\x00-\x08\x0b-\x1f\x7f\ud800-\udfff"
_TURNS = r"\u202a-\u202e\u2066-\u2069"
_UNSEEN = re.compile(f"[{_UNKEPT}]")
_TURNING = re.compile(f"[{_TURNS}]")
_UNSHOWN = re.compile(rf"[{_UNKEPT}{_TURNS}\ufffe\uffff]")
_NOTHING = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"


def kept(text: str) -> str:
    """The text as it is stored: NFC, plain line breaks, nothing that cannot be seen or kept."""
    return composed(_UNSEEN.sub("", _broken(text))).strip()


def clean(text: object) -> str:
    """What somebody said, as it is stored; empty when it is no text."""
    return kept(text[:LONGEST]) if isinstance(text, str) else ""


def called(name: object) -> str:
    """A name as it is stored: one line, and nothing in it turns the rest of the line around."""
    return " ".join(clean(_TURNING.sub("", name)).split()) if isinstance(name, str) else ""


def visible(text: str) -> str:
    """The text without what no screen can show or what turns it around, its lines broken one way."""
    return text if text.isprintable() else _UNSHOWN.sub("", _broken(text))


def is_said(text: str) -> bool:
    """Whether anything is left to read."""
    return bool(visible(text).strip(_NOTHING))


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(visible(text).split()) or EMPTY


def brief(text: str, most: int) -> str:
    """The text in one line of at most `most`, cut at a word. Whoever uses this says the whole elsewhere."""
    return shortened(flat(text), most)


def numbered(labels: Iterable[str]) -> list[str]:
    """Each label with its number before it. Where one is cut short, that finds the whole of it again."""
    return [f"{at}. {label}" for at, label in enumerate(labels, 1)]


def _broken(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

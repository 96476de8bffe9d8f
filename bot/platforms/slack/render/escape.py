"""People's words made safe for Slack: nothing in them pings, links or is cut without a trace."""

import re

from bot.platforms.cutting import shortened

EMPTY = "–"
"""What stands where Slack wants words and there are none."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOTHING = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"


def visible(text: str) -> str:
    """Return the text without what no screen can show, its lines broken one way."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def spoken(text: str) -> str:
    """Return the visible text, or a dash where Slack refuses emptiness."""
    shown = visible(text)
    return shown if is_said(shown) else EMPTY


def is_said(text: str) -> bool:
    """Whether anything is left to read."""
    return bool(visible(text).strip(_NOTHING))


def inert(text: str) -> str:
    """Return text that Slack's own markup reads as it stands (`<!channel>` and its kin are words)."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(visible(text).split()) or EMPTY


def brief(text: str, most: int) -> str:
    """The text in one line of at most `most`, cut at a word. Whoever uses this says the whole elsewhere."""
    return shortened(flat(text), most)

"""People's words made safe for Slack: nothing in them pings or links, or is empty where it must not be."""

from bot.platforms.legible import EMPTY, is_said, visible


def spoken(text: str) -> str:
    """Return the visible text, or a dash where Slack refuses emptiness."""
    shown = visible(text)
    return shown if is_said(shown) else EMPTY


def inert(text: str) -> str:
    """Return text that Slack's own markup reads as it stands (`<!channel>` and its kin are words)."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

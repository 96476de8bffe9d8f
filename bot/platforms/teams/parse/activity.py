"""What Teams sends, read as events. Pure: activity in, value out. Everything in it is only a claim."""

from bot.platforms.payloads import Payload, Unreadable
from bot.platforms.teams.parse.acts import invoked, submit
from bot.platforms.teams.parse.ids import Nobody
from bot.platforms.teams.parse.installed import conversation, installation
from bot.platforms.teams.parse.values import UNKNOWN_KIND, UNREADABLE, Around, Ignored, Parsed
from bot.platforms.teams.parse.words import rewritten, said

UNWATCHED = ("typing", "messageReaction", "event", "endOfConversation")
"""Kinds that Teams is known to send, and that mean nothing to us."""


def read(activity: Payload, around: Around) -> Parsed:
    """Say what an activity means: something heard, something about the installation, or nothing to us."""
    try:
        return _read(activity, around)
    except Nobody as other:
        return Ignored(str(other))
    except Unreadable:
        return Ignored(UNREADABLE)


def _read(activity: Payload, around: Around) -> Parsed:
    match activity.get("type"):
        case "message" if isinstance(activity.get("value"), dict):
            return submit(activity, around)
        case "message":
            return said(activity, around)
        case "messageUpdate" | "messageDelete":
            return rewritten(activity, around)
        case "invoke":
            return invoked(activity, around)
        case "installationUpdate":
            return installation(activity, around)
        case "conversationUpdate":
            return conversation(activity, around)
        case kind:
            return Ignored("unwatched" if kind in UNWATCHED else UNKNOWN_KIND)

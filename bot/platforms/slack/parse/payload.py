"""What Slack sends, read as events. Pure: payload in, value out. Everything in it is only a claim."""

from bot.platforms.slack.parse.acts import commanded, introduced, pressed, saved, started
from bot.platforms.slack.parse.events import told
from bot.platforms.slack.parse.forms import chosen, submitted
from bot.platforms.slack.parse.ids import Payload, Unreadable, part, words
from bot.platforms.slack.parse.text import mentioned
from bot.platforms.slack.parse.values import OPTIONS, RATE_LIMITED, Around, Ignored, Parsed


def read(payload: Payload, around: Around) -> Parsed:
    """Say what a payload means: something heard, something about the installation, or nothing to us."""
    try:
        return _read(payload, around)
    except Unreadable:
        return Ignored("unreadable")


def _read(payload: Payload, around: Around) -> Parsed:
    match payload.get("type"):
        case "event_callback":
            return told(payload, around)
        case "block_actions":
            return pressed(payload, around)
        case "view_submission":
            return submitted(payload, around)
        case "message_action":
            return saved(payload, around)
        case "shortcut":
            return started(payload, around)
        case None if "command" in payload:
            return commanded(payload, around)
        case "view_closed":
            return Ignored("view_closed")
        case "block_suggestion":
            return Ignored(OPTIONS)
        case "app_rate_limited":
            return Ignored(RATE_LIMITED)
        case _:
            return Ignored("unknown_kind")


def strangers(payload: Payload, bot_user: str) -> frozenset[str]:
    """What must have a name before the payload can be read as its sender saw it: people, or a channel."""
    event = part(payload, "event")
    texts = (event.get("text"), part(event, "message").get("text"), part(payload, "message").get("text"))
    found = chosen(payload).union(introduced(payload), *map(mentioned, texts)) - {bot_user}
    if event.get("type") == "member_joined_channel" and event.get("user") == bot_user:
        found |= {words(event, "channel"), words(event, "inviter")} - {""}
    return found

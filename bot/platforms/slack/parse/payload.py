"""What Slack sends, read as events. Pure: payload in, value out. Everything in it is only a claim."""

from bot.domain.school import Account
from bot.platforms.payloads import Payload, Unreadable, part, words
from bot.platforms.slack.parse.acts import commanded, introduced, pressed, saved, started
from bot.platforms.slack.parse.events import told
from bot.platforms.slack.parse.forms import chosen, submitted
from bot.platforms.slack.parse.ids import account, foreign, installed
from bot.platforms.slack.parse.text import mentioned
from bot.platforms.slack.parse.values import (
    OPTIONS,
    RATE_LIMITED,
    UNREADABLE,
    Around,
    Ignored,
    Parsed,
    Unknowns,
)
from bot.platforms.slack.parse.words import abroad


def read(payload: Payload, around: Around) -> Parsed:
    """Say what a payload means: something heard, something about the installation, or nothing to us."""
    try:
        return _read(payload, around)
    except Unreadable:
        return Ignored(UNREADABLE)


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


def sender(payload: Payload) -> Account | None:
    """Whose payload it is, also where the rest of it cannot be read; None when not even that can be."""
    try:
        return account(installed(payload)[1], part(payload, "user").get("id"))
    except Unreadable:
        return None


def strangers(payload: Payload, bot_user: str) -> Unknowns | None:
    """Whom Slack must be asked about before the payload can be read as its sender saw it."""
    found, claims = _named(payload, bot_user), _claims(payload)
    if not found and not claims:
        return None
    try:
        enterprise, team = installed(payload)
    except Unreadable:
        return None
    alike = {user for user, theirs in claims if enterprise and foreign(team, theirs)}
    return Unknowns(enterprise, team, found | alike) if found or alike else None


def _claims(payload: Payload) -> list[tuple[str, str]]:
    """Who is said to belong to which team; in an organisation, only Slack can tell whether that is ours."""
    event, user, saved = part(payload, "event"), part(payload, "user"), part(payload, "message")
    claims = (
        (words(user, "id"), words(user, "team_id")),
        (words(saved, "user"), words(saved, "user_team") or words(saved, "team")),
        *((words(one, "user"), abroad(payload, one)) for one in (event, part(event, "message"))),
    )
    return [(user, theirs) for user, theirs in claims if user and theirs]


def _named(payload: Payload, bot_user: str) -> frozenset[str]:
    """Those whose names are needed: people, or a channel."""
    event = part(payload, "event")
    texts = (event.get("text"), part(event, "message").get("text"), part(payload, "message").get("text"))
    found = chosen(payload).union(introduced(payload), *map(mentioned, texts)) - {bot_user}
    if event.get("type") == "member_joined_channel" and event.get("user") == bot_user:
        found |= {words(event, "channel"), words(event, "inviter")} - {""}
    return found

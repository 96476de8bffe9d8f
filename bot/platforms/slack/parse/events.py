"""What the Events API tells: words (see `words`), channels that come and go, the installation itself."""

from bot.domain.events import (
    BotAdded,
    BotRemoved,
    HomeOpened,
    MemberLeft,
    PlaceMoved,
)
from bot.domain.school import Place
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, part, words
from bot.platforms.slack.parse.ids import (
    PLATFORM,
    account,
    direct,
    home_team,
    installed,
    moment,
    once,
    slack_id,
    team_of,
)
from bot.platforms.slack.parse.values import Around, Gone, Heard, Ignored, Parsed, Regained, Way
from bot.platforms.slack.parse.words import heard

NOBODY = Way("none", "", "")


def told(payload: Payload, around: Around) -> Parsed:
    """Route one event by its type; what is not in here is none of our business."""
    event = part(payload, "event")
    match event.get("type"):
        case "message" | "app_mention":
            return heard(payload, event, around)
        case "app_home_opened":
            return _home(payload, event, around)
        case "member_joined_channel":
            return _joined(payload, event, around)
        case "member_left_channel" | "channel_left" | "group_left":
            return _removed(payload, event, around)
        case "channel_archive" | "group_archive" | "channel_deleted" | "group_deleted":
            return _closed(payload, event, around)
        case "channel_rename" | "group_rename" | "channel_id_changed":
            return _moved(payload, event, around)
        case "app_uninstalled" | "tokens_revoked" | "team_access_granted":
            return _installation(payload, event, around)
        case _:
            return Ignored("unwatched")


def _home(payload: Payload, event: Payload, around: Around) -> Parsed:
    if event.get("tab") != "home":
        return Ignored("other_tab")
    team, user = team_of(payload), slack_id(event.get("user"))
    opened = HomeOpened(
        id=_id(payload),
        at=moment(event.get("event_ts"), around.now),
        who=account(team, user, around.names.get(user, "")),
        where=direct(team, user),
    )
    return Heard(opened, Way("home", team, user, home=True))


def _joined(payload: Payload, event: Payload, around: Around) -> Parsed:
    """Only the bot's own coming is of interest; who brought it is asked what the channel is for."""
    if event.get("user") != around.bot_user:
        return Ignored("another_member")
    team, channel = team_of(payload), slack_id(event.get("channel"))
    inviter = slack_id(event.get("inviter") or event.get("user"))
    added = BotAdded(
        id=_id(payload),
        at=moment(event.get("event_ts"), around.now),
        who=account(home_team(payload, team, inviter, "", around), inviter, around.names.get(inviter, "")),
        where=_channel(team, channel),
        name=around.names.get(channel, ""),
    )
    return Heard(added, Way("words", team, inviter, channel) if event.get("inviter") else NOBODY)


def _removed(payload: Payload, event: Payload, around: Around) -> Parsed:
    team, user = team_of(payload), event.get("user")
    where, at = _channel(team, event.get("channel")), moment(event.get("event_ts"), around.now)
    if event.get("type") == "member_left_channel" and user != around.bot_user:
        return Heard(MemberLeft(id=_id(payload), at=at, who=account(team, user), where=where), NOBODY)
    return Heard(BotRemoved(id=_id(payload), at=at, where=where, why="removed"), NOBODY)


def _closed(payload: Payload, event: Payload, around: Around) -> Parsed:
    team, user = team_of(payload), words(event, "user")
    closed = BotRemoved(
        id=_id(payload),
        at=moment(event.get("event_ts"), around.now),
        where=_channel(team, event.get("channel")),
        why="archived" if words(event, "type").endswith("archive") else "deleted",
        who=account(team, user) if user else None,
    )
    return Heard(closed, NOBODY)


def _moved(payload: Payload, event: Payload, around: Around) -> Parsed:
    team, channel = team_of(payload), part(event, "channel")
    old = _channel(team, event.get("old_channel_id") or channel.get("id"))
    new = _channel(team, event.get("new_channel_id") or channel.get("id"))
    at = moment(event.get("event_ts"), around.now)
    return Heard(
        PlaceMoved(id=_id(payload), at=at, where=old, to=new, name=called(channel.get("name"))), NOBODY
    )


def _installation(payload: Payload, event: Payload, around: Around) -> Parsed:
    """The bot was thrown out, or let in again; these come in any order, and more than once."""
    enterprise, team = installed(payload)
    at = moment(payload.get("event_time"), around.now)
    listed = event.get("team_ids")
    teams = tuple(slack_id(one) for one in listed) if isinstance(listed, list) else ()
    match event.get("type"):
        case "team_access_granted":
            return Regained(teams or (team,))
        case "tokens_revoked" if not part(event, "tokens").get("bot"):
            return Ignored("another_token")
        case "tokens_revoked":
            return Gone(enterprise, _whole(payload, team), "revoked", at)
        case _:
            return Gone(enterprise, _whole(payload, team), "uninstalled", at)


def _whole(payload: Payload, team: str) -> str | None:
    """The team, or None when the installation was in the whole organisation."""
    listed = payload.get("authorizations")
    granted = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    org_wide = any(one.get("is_enterprise_install") is True for one in granted)
    return None if org_wide or team.startswith("E") else team


def _channel(team: str, channel: object) -> Place:
    return Place(platform=PLATFORM, address=f"{team}/{slack_id(channel)}")


def _id(payload: Payload) -> str:
    return f"slack:{once(payload.get('event_id'))}"

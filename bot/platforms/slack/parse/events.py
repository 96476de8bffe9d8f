"""What the Events API tells: words in a chat, channels that come and go, the installation itself."""

import re

from bot.domain.events import (
    BotAdded,
    BotRemoved,
    Commanded,
    HomeOpened,
    MemberLeft,
    PlaceMoved,
    Replied,
    Rewritten,
)
from bot.domain.school import Account, Place
from bot.platforms.legible import called
from bot.platforms.payloads import Payload, part, words
from bot.platforms.slack.parse.acts import name_of
from bot.platforms.slack.parse.ids import (
    PLATFORM,
    SLACKBOT,
    account,
    direct,
    home_team,
    installed,
    moment,
    once,
    place,
    slack_id,
    stamp,
    team_of,
    thread_of,
)
from bot.platforms.slack.parse.text import mentioned, seen, without_address
from bot.platforms.slack.parse.values import Around, Gone, Heard, Ignored, Parsed, Regained, Way, again

SAID = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""The kinds of message that are somebody's own words."""

_COMMAND = re.compile(r"/[^\W\d_]")
NOBODY = Way("none", "", "")


def told(payload: Payload, around: Around) -> Parsed:
    """Route one event by its type; what is not in here is none of our business."""
    event = part(payload, "event")
    match event.get("type"):
        case "message" | "app_mention":
            return _message(payload, event, around)
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


def _message(payload: Payload, event: Payload, around: Around) -> Parsed:
    match words(event, "subtype"):
        case "message_changed" if part(event, "message").get("subtype") == "tombstone":
            return _rewritten(payload, event, part(event, "previous_message"), None, around)
        case "message_changed":
            new = part(event, "message")
            text = seen(without_address(new.get("text"), around.bot_user), around.names, new.get("blocks"))
            return _rewritten(payload, event, new, text, around)
        case "message_deleted":
            return _rewritten(payload, event, part(event, "previous_message"), None, around)
        case subtype if subtype in SAID:
            return _said(payload, event, around)
        case _:
            return Ignored("no_words")


def _said(payload: Payload, event: Payload, around: Around) -> Parsed:
    """Words to the bot or in a thread. A command can be written as words, since threads have no commands."""
    if _by_bot(event, around):
        return Ignored("by_bot")
    team, user, ts = team_of(payload), slack_id(event.get("user")), stamp(event.get("ts"))
    channel = slack_id(event.get("channel"))
    given = without_address(event.get("text"), around.bot_user)
    text = seen(given, around.names, event.get("blocks"))
    if not text and event.get("type") == "message":
        return Ignored("no_words")
    id_, at, who = (
        f"slack:{team}:{channel}:{ts}",
        moment(ts, around.now),
        _writer(payload, team, event, around),
    )
    where = place(team, channel, user, thread_of(event))
    way = Way("words", team, user, channel, where.thread)
    if not text or _COMMAND.match(text):
        command, _, rest = (text or "/hjälp").partition(" ")
        way = way._replace(again=again(name_of(command), rest.strip()))
        spoken = Commanded(id=id_, at=at, who=who, where=where, command=name_of(command), text=rest.strip())
        return Heard(spoken, way)
    replied = Replied(
        id=id_,
        at=at,
        who=who,
        where=where,
        text=text,
        reference=ts,
        direct=channel.startswith("D"),
        addressed=around.bot_user in mentioned(event.get("text")),
    )
    return Heard(replied, way)


def _rewritten(
    payload: Payload, event: Payload, message: Payload, text: str | None, around: Around
) -> Parsed:
    """Words that were changed or (None) taken away.

    Who took theirs away is answered in the channel: what one person sees in a thread shows only while the
    thread has replies (Slack, chat.postEphemeral), and this may have been the only one.
    """
    if not message or _by_bot(message, around):
        return Ignored("by_bot")
    team, channel, ts = team_of(payload), slack_id(event.get("channel")), stamp(message.get("ts"))
    changed = words(part(message, "edited"), "ts") if text is not None else "deleted"
    if not changed:
        return Ignored("not_edited")  # Slack put a preview under it
    user = slack_id(message.get("user"))
    rewritten = Rewritten(
        id=f"slack:{team}:{channel}:{ts}:{once(changed)}",
        at=moment(event.get("event_ts") or event.get("ts"), around.now),
        who=_writer(payload, team, message, around),
        where=place(team, channel, user, thread_of(message)),
        reference=ts,
        text=text or None,
    )
    thread = rewritten.where.thread if text is not None else None
    return Heard(rewritten, Way("words", team, user, channel, thread))


def _by_bot(message: Payload, around: Around) -> bool:
    return bool(message.get("bot_id")) or words(message, "user") in {around.bot_user, SLACKBOT, ""}


def _writer(payload: Payload, team: str, message: Payload, around: Around) -> Account:
    user = words(message, "user")
    home = home_team(payload, team, user, abroad(payload, message), around)
    return account(home, user, around.names.get(user, ""))


def abroad(payload: Payload, message: Payload) -> str:
    """The team somebody writes from, where there may be others than ours: a channel shared with them."""
    shared = payload.get("is_ext_shared_channel") is True
    return (words(message, "user_team") or words(message, "source_team")) if shared else ""


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

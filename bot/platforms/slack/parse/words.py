"""Words in a chat: said, written as a command, changed or taken away."""

import re

from bot.domain.events import Commanded, Replied, Rewritten
from bot.domain.school import Account
from bot.platforms.asked import HELP, asked_for
from bot.platforms.payloads import Payload, part, words
from bot.platforms.slack.parse.acts import name_of
from bot.platforms.slack.parse.ids import (
    SLACKBOT,
    account,
    home_team,
    moment,
    once,
    place,
    slack_id,
    stamp,
    team_of,
    thread_of,
)
from bot.platforms.slack.parse.text import mentioned, seen, without_address
from bot.platforms.slack.parse.values import Around, Heard, Ignored, Parsed, Way, again

SAID = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""The kinds of message that are somebody's own words."""

_COMMAND = re.compile(r"/[^\W\d_]")


def heard(payload: Payload, event: Payload, around: Around) -> Parsed:
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
    direct, addressed = channel.startswith("D"), around.bot_user in mentioned(event.get("text"))
    if asked := _asked(text, around, to_us=direct or addressed):
        command, _, rest = asked.partition(" ")
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
        direct=direct,
        addressed=addressed,
    )
    return Heard(replied, way)


def _asked(text: str, around: Around, *, to_us: bool) -> str:
    """The command that these words are: with its slash anywhere, without it only `to_us`; "" for none."""
    if not text or _COMMAND.match(text):
        return text or HELP
    return asked_for(text, around.commands) if to_us else ""


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

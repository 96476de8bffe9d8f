"""What Slack sends when somebody does something, in the shapes of its reference."""

from collections.abc import Mapping
from typing import Any

from tests.slack.state import APP, BOT, BOT_USER, TEAM, Channel, Json, Post, View, Workspace
from tests.slack.views_api import view_json


def escaped(text: str) -> str:
    """People write; Slack sends these three signs as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _handle(slack: Workspace, user: str) -> str:
    """What Slack calls somebody in a payload: not their name."""
    return slack.people[user].lower().replace(" ", ".")


def _common(slack: Workspace, user: str) -> Json:
    name = _handle(slack, user)
    return {
        "api_app_id": APP,
        "token": "verification",
        "team": {"id": TEAM, "domain": "bjorkskolan"},
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": slack.trigger(user),
    }


def command(slack: Workspace, user: str, channel: Channel, words: str, answer_at: str) -> Json:
    """A slash command, as form fields; Slack knows them only outside threads."""
    name, _, rest = words.partition(" ")
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "bjorkskolan",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user,
        "user_name": _handle(slack, user),
        "command": name,
        "text": escaped(rest),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": answer_at,
        "trigger_id": slack.trigger(user),
    }


def event(slack: Workspace, inner: Mapping[str, Any], *, event_id: str = "", at: int = 0) -> Json:
    """An event in its envelope; the same `event_id` is the same happening."""
    authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": APP,
        "type": "event_callback",
        "event": dict(inner),
        "event_id": event_id or f"Ev{slack.number():09d}",
        "event_time": at or int(slack.clock().timestamp()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }


def message(slack: Workspace, post: Post) -> Json:
    """Somebody wrote: `message.channels`, `message.groups` or `message.im`."""
    channel = slack.channels[post.channel]
    kinds = {"public": "channel", "private": "group", "im": "im"}
    said: Json = {
        "type": "message",
        "user": post.user,
        "text": escaped(post.text),
        "ts": post.ts,
        "event_ts": post.ts,
        "team": TEAM,
        "channel": post.channel,
        "channel_type": kinds[channel.kind],
        "blocks": [],
    }
    if post.thread_ts:
        said |= {"thread_ts": post.thread_ts, "parent_user_id": BOT_USER}
    return said


def changed(slack: Workspace, post: Post, before: str) -> Json:
    """Somebody changed their words, or took them back (`deleted`)."""
    ts = slack.ts()
    channel = slack.channels[post.channel]
    said: Json = {
        "type": "message",
        "channel": post.channel,
        "channel_type": {"public": "channel", "private": "group", "im": "im"}[channel.kind],
        "ts": ts,
        "event_ts": ts,
        "hidden": True,
        "previous_message": {**message(slack, post), "text": escaped(before)},
    }
    if post.deleted:
        return {**said, "subtype": "message_deleted", "deleted_ts": post.ts}
    edited = {**message(slack, post), "edited": {"user": post.user, "ts": ts}}
    return {**said, "subtype": "message_changed", "message": edited}


def press(
    slack: Workspace, user: str, button: Json, block: str, source: Post | View, answer_at: str = ""
) -> Json:
    """A button was pressed, on a message or in a view."""
    ts = slack.ts()
    action: Json = {
        **{name: button[name] for name in ("type", "action_id", "text", "value", "style") if name in button},
        "block_id": block,
        "action_ts": ts,
    }
    pressed = {**_common(slack, user), "type": "block_actions", "actions": [action]}
    if isinstance(source, View):
        shown: Json = {**view_json(source), "state": {"values": {}}}
        return {**pressed, "container": {"type": "view", "view_id": source.id}, "view": shown}
    where = slack.channels[source.channel]
    container: Json = {
        "type": "message",
        "message_ts": source.ts,
        "channel_id": source.channel,
        "is_ephemeral": bool(source.only_to),
        **({"thread_ts": source.thread_ts} if source.thread_ts else {}),
    }
    told: Json = {
        **pressed,
        "container": container,
        "channel": {"id": where.id, "name": "privategroup" if where.kind == "private" else where.name},
        "state": {"values": {}},
        "response_url": answer_at,
    }
    if not source.only_to:
        told["message"] = _pressed_on(source)
    return told


def _pressed_on(post: Post) -> Json:
    return {
        "type": "message",
        "user": BOT_USER,
        "bot_id": BOT,
        "app_id": APP,
        "ts": post.ts,
        "text": post.text,
        "blocks": post.blocks,
        **({"thread_ts": post.thread_ts} if post.thread_ts else {}),
    }


def submission(slack: Workspace, view: View) -> Json:
    """A modal was sent as it is filled in."""
    sent = {**view_json(view), "state": {"values": view.state}}
    return {**_common(slack, view.user), "type": "view_submission", "view": sent, "response_urls": []}


def closed(slack: Workspace, view: View, *, all_of_them: bool = False) -> Json:
    """A modal was shut by its cross (or `all_of_them`): what was written is not told, and nothing opens."""
    told = {**view_json(view), "state": {"values": {}}}
    common = {name: said for name, said in _common(slack, view.user).items() if name != "trigger_id"}
    return {**common, "type": "view_closed", "view": told, "is_cleared": all_of_them}


def global_shortcut(slack: Workspace, user: str, callback: str) -> Json:
    return {
        **_common(slack, user),
        "type": "shortcut",
        "callback_id": callback,
        "action_ts": slack.ts(),
    }


def message_shortcut(slack: Workspace, user: str, callback: str, post: Post, answer_at: str) -> Json:
    channel = slack.channels[post.channel]
    under = {"thread_ts": post.thread_ts} if post.thread_ts else {}
    return {
        **_common(slack, user),
        "type": "message_action",
        "callback_id": callback,
        "action_ts": slack.ts(),
        "message_ts": post.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "response_url": answer_at,
        "message": {"type": "message", "user": post.user, "ts": post.ts, "text": escaped(post.text)} | under,
    }


def home_opened(slack: Workspace, user: str) -> Json:
    told = {"type": "app_home_opened", "user": user, "channel": slack.im(user).id, "tab": "home"}
    return {**told, "event_ts": slack.ts()}


def left(slack: Workspace, channel: str, user: str = BOT_USER) -> Json:
    """The bot was taken out, which is another event and names nobody; or somebody else left."""
    if user == BOT_USER:
        kind = "group_left" if slack.channels[channel].kind == "private" else "channel_left"
        return {"type": kind, "channel": channel, "actor_id": "UPIA", "event_ts": slack.ts()}
    told = {"type": "member_left_channel", "user": user, "channel": channel, "channel_type": "C"}
    return {**told, "team": TEAM, "event_ts": slack.ts()}


def joined(slack: Workspace, channel: str, inviter: str) -> Json:
    """The bot was invited."""
    return {
        "type": "member_joined_channel",
        "user": BOT_USER,
        "channel": channel,
        "channel_type": "C",
        "team": TEAM,
        "inviter": inviter,
        "event_ts": slack.ts(),
    }


def by_name(said: Json, address: str) -> tuple[Json, ...]:
    """Words; where the bot is addressed in them, Slack tells of them in two ways."""
    named = said | {"text": said["text"].replace(address, f"<@{BOT_USER}>", 1)}
    return (said,) if named == said else (named, named | {"type": "app_mention"})

"""What each Web API method does to the workspace. A method takes its arguments and gives its answer."""

from collections.abc import Callable
from typing import Any

from tests.slack.state import APP, BOT, BOT_USER, TEAM, Channel, Json, Post, Refused, Token, Workspace

Method = Callable[[Workspace, Json, Token], Json]


def _channel(slack: Workspace, name: str) -> Channel:
    """The channel by id; a user's id means the chat with them."""
    if name in slack.people:
        return slack.im(name)
    if name not in slack.channels:
        raise Refused("channel_not_found")
    return slack.channels[name]


def _open_to_bot(slack: Workspace, name: str) -> Channel:
    channel = _channel(slack, name)
    if channel.archived:
        raise Refused("is_archived")
    if BOT_USER not in channel.members:
        raise Refused("channel_not_found" if channel.kind == "private" else "not_in_channel")
    if channel.read_only:
        raise Refused("restricted_action_read_only_channel")
    return channel


def _root(slack: Workspace, channel: Channel, thread_ts: str) -> str:
    """A thread hangs under its root, never under a reply."""
    if thread_ts and any(post.ts == thread_ts and post.thread_ts for post in slack.posts):
        raise Refused("invalid_arguments", why=f"{thread_ts} in {channel.id} is itself a reply")
    return thread_ts


def _from_bot(slack: Workspace, channel: Channel, args: Json, root: str, **more: Any) -> Post:
    text, blocks = args.get("text") or "", args.get("blocks") or []
    post = Post(channel.id, slack.ts(), BOT_USER, text, blocks, root, **more)
    slack.say(post)
    return post


def post_message(slack: Workspace, args: Json, _token: Token) -> Json:
    channel = _open_to_bot(slack, args["channel"])
    root = _root(slack, channel, args.get("thread_ts") or "")
    post = _from_bot(slack, channel, args, root, metadata=args.get("metadata"))
    return {"channel": channel.id, "ts": post.ts, "message": _message(post)}


def post_ephemeral(slack: Workspace, args: Json, _token: Token) -> Json:
    channel = _open_to_bot(slack, args["channel"])
    if args["user"] not in channel.members:
        raise Refused("user_not_in_channel")
    post = _from_bot(slack, channel, args, args.get("thread_ts") or "", only_to=args["user"])
    return {"message_ts": post.ts}


def update(slack: Workspace, args: Json, _token: Token) -> Json:
    if args["channel"] in slack.people:
        raise Refused("channel_not_found")
    channel = _channel(slack, args["channel"])
    if channel.archived:
        raise Refused("is_inactive")
    post = slack.at(channel.id, args["ts"])
    if post.user != BOT_USER:
        raise Refused("cant_update_message")
    post.text, post.blocks = args.get("text") or "", args.get("blocks") or []
    post.metadata = args.get("metadata", post.metadata)
    post.edits += 1
    slack.changes.append(post)
    return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": _message(post)}


def delete(slack: Workspace, args: Json, _token: Token) -> Json:
    post = slack.at(args["channel"], args["ts"])
    if post.user != BOT_USER:
        raise Refused("cant_delete_message")
    post.deleted = True
    return {"channel": post.channel, "ts": post.ts}


def open_chat(slack: Workspace, args: Json, _token: Token) -> Json:
    users = args.get("users") or ""
    named = users.split(",") if isinstance(users, str) else users
    if len(named) != 1:
        raise Refused("invalid_arguments", why="this bot talks with one at a time")
    return {"channel": {"id": slack.im(named[0]).id}}


def info(slack: Workspace, args: Json, _token: Token) -> Json:
    return {"channel": _described(_channel(slack, args["channel"]))}


def members(slack: Workspace, args: Json, _token: Token) -> Json:
    found = sorted(_channel(slack, args["channel"]).members)
    return {"members": found, "response_metadata": {"next_cursor": ""}}


def list_channels(slack: Workspace, args: Json, _token: Token) -> Json:
    kinds = (args.get("types") or "public_channel").replace("_channel", "").split(",")
    found = [_described(one) for one in slack.channels.values() if one.kind in kinds]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def my_channels(slack: Workspace, args: Json, token: Token) -> Json:
    """The bot's own; what it asks for none of is public."""
    found = [one for one in list_channels(slack, args, token)["channels"] if one["is_member"]]
    kept = [one for one in found if not (args.get("exclude_archived") and one["is_archived"])]
    return {"channels": kept, "response_metadata": {"next_cursor": ""}}


def history(slack: Workspace, args: Json, _token: Token) -> Json:
    channel = _open_to_bot(slack, args["channel"])
    lines = [post for post in slack.posts if post.channel == channel.id and not post.thread_ts]
    return _page(slack, list(reversed(lines)), args)


def replies(slack: Workspace, args: Json, _token: Token) -> Json:
    channel = _open_to_bot(slack, args["channel"])
    lines = [
        post for post in slack.posts if post.channel == channel.id and args["ts"] in {post.ts, post.thread_ts}
    ]
    if not lines:
        raise Refused("thread_not_found")
    return _page(slack, lines, args)


def _page(slack: Workspace, lines: list[Post], args: Json) -> Json:
    oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    found = [
        post for post in lines if not (post.deleted or post.only_to) and oldest <= float(post.ts) <= latest
    ]
    first = int(args.get("cursor") or 0)
    last = first + min(int(args.get("limit") or 100), slack.longest_look)
    whole = args.get("include_all_metadata") in {True, "true", "1"}
    return {
        "messages": [_message(post, whole=whole) | _files(slack, post) for post in found[first:last]],
        "has_more": last < len(found),
        "response_metadata": {"next_cursor": str(last) if last < len(found) else ""},
    }


def _message(post: Post, *, whole: bool = False) -> Json:
    message: Json = {"type": "message", "user": post.user, "ts": post.ts, "text": post.text}
    if post.blocks:
        message["blocks"] = post.blocks
    if post.thread_ts:
        message["thread_ts"] = post.thread_ts
    if post.user == BOT_USER:
        message |= {"bot_id": BOT, "app_id": APP}
    if whole and post.metadata:
        message["metadata"] = post.metadata
    return message


def _files(slack: Workspace, post: Post) -> Json:
    """What a message holds; how much Slack says of a file to who may not read files is not documented."""
    told = [{"id": key} if slack.tells_no_names else _file(slack, key) for key in post.files]
    return {"files": told} if told else {}


def _file(slack: Workspace, key: str) -> Json:
    return {"id": key, "name": slack.files[key]["name"], "title": slack.files[key].get("title", "")}


def _described(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "public",
        "is_im": channel.kind == "im",
        "is_archived": channel.archived,
        "is_member": BOT_USER in channel.members,
        "num_members": len(channel.members),
        **({"user": channel.user} if channel.user else {}),
    }


def _user(slack: Workspace, user: str) -> Json:
    if user not in slack.people and user != BOT_USER:
        raise Refused("user_not_found")
    name = slack.people.get(user, "nulage")
    profile = {"real_name": name, "display_name": name}
    return {
        "id": user,
        "team_id": TEAM,
        "name": name.split()[0].lower(),
        "real_name": name,
        "deleted": False,
        "is_bot": user == BOT_USER,
        "tz": "Europe/Stockholm",
        "profile": profile,
    }


def user_info(slack: Workspace, args: Json, _token: Token) -> Json:
    return {"user": _user(slack, args["user"])}


def list_users(slack: Workspace, _args: Json, _token: Token) -> Json:
    return {"members": [_user(slack, one) for one in slack.people], "response_metadata": {"next_cursor": ""}}


def auth_test(_slack: Workspace, _args: Json, token: Token) -> Json:
    return {
        "url": "https://bjorkskolan.slack.com/",
        "team": "Björkskolan",
        "team_id": token.team,
        "user": "nulage",
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": token.team.startswith("E"),
    }


def revoke(slack: Workspace, _args: Json, token: Token) -> Json:
    slack.tokens = {name: known for name, known in slack.tokens.items() if known is not token}
    return {"revoked": True}

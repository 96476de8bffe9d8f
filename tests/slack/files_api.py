"""Files, installing and Socket Mode's address: the methods with a second step outside the Web API."""

import secrets

from tests.slack import views_api, web_api
from tests.slack.state import APP, BOT_USER, Json, Post, Refused, Token, Workspace
from tests.slack.web_api import Method


def upload_url(slack: Workspace, args: Json, _token: Token) -> Json:
    file = f"F{slack.number()}"
    slack.files[file] = {"name": args["filename"], "length": int(args["length"]), "content": b""}
    return {"upload_url": f"{{base}}/upload/{file}", "file_id": file}


def complete_upload(slack: Workspace, args: Json, _token: Token) -> Json:
    for one in args["files"]:
        kept = slack.files.get(one["id"])
        if kept is None or len(kept["content"]) != kept["length"]:
            raise Refused("file_not_found")
        kept["title"] = one.get("title", "")
    names = [one["id"] for one in args["files"]]
    if where := args.get("channel_id"):
        channel = web_api._open_to_bot(slack, where)
        words = args.get("initial_comment") or ""
        post = Post(channel.id, slack.ts(), BOT_USER, words, [], args.get("thread_ts") or "", files=names)
        slack.say(post)
    return {"files": [{"id": name, "title": slack.files[name]["title"]} for name in names]}


def connections_open(slack: Workspace, _args: Json, _token: Token) -> Json:
    return {"url": f"{{socket}}/link/?ticket={slack.number()}"}


def oauth_access(slack: Workspace, args: Json, _token: Token) -> Json:
    """Trade a code, once, for what `codes` holds for it: team, scopes, who installed."""
    kept = slack.codes.pop(args.get("code", ""), None)
    if kept is None:
        raise Refused("invalid_code")
    token = f"xoxb-{secrets.token_hex(8)}"
    scopes = kept["scope"].split(",")
    slack.hire(token, frozenset(scopes), team=(kept.get("team") or {}).get("id", ""))
    return {
        "access_token": token,
        "token_type": "bot",
        "app_id": APP,
        "bot_user_id": BOT_USER,
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "UPIA"},
        **kept,
    }


def nothing(_slack: Workspace, _args: Json, _token: Token) -> Json:
    return {}


DOES: dict[str, Method] = {
    "api.test": nothing,
    "apps.connections.open": connections_open,
    "apps.manifest.validate": nothing,
    "auth.revoke": web_api.revoke,
    "auth.test": web_api.auth_test,
    "chat.delete": web_api.delete,
    "chat.postEphemeral": web_api.post_ephemeral,
    "chat.postMessage": web_api.post_message,
    "chat.update": web_api.update,
    "conversations.history": web_api.history,
    "conversations.info": web_api.info,
    "conversations.list": web_api.list_channels,
    "conversations.members": web_api.members,
    "conversations.open": web_api.open_chat,
    "conversations.replies": web_api.replies,
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": upload_url,
    "oauth.v2.access": oauth_access,
    "users.conversations": web_api.my_channels,
    "users.info": web_api.user_info,
    "users.list": web_api.list_users,
    "views.open": views_api.views_open,
    "views.publish": views_api.views_publish,
    "views.update": views_api.views_update,
}
"""What the fake can do; a published method that is missing here answers `unknown_method`."""

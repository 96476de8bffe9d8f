"""What Slack's published method pages say of each method the bot may call: arguments, scope, tier.

Written from the method reference (api.slack.com/methods), not from our own code, so that a call with
an argument that Slack does not know, or without one it needs, fails the test that made it.
"""

from typing import Literal, NamedTuple

Tier = Literal["special", 1, 2, 3, 4]

CHAT_TEXT = frozenset({"text", "blocks", "attachments", "markdown_text"})
LOOKS = frozenset({"icon_emoji", "icon_url", "username", "as_user", "link_names", "parse"})
"""Arguments that change who seems to speak, or how; known, and never wanted by this bot."""


class Method(NamedTuple):
    """`scopes`: any one of them will do; `one_of`: at least one of these arguments must be there."""

    tier: Tier
    scopes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        return self.required | self.optional | self.one_of


def _m(
    tier: Tier, scopes: str = "", required: str = "", optional: str = "", one_of: frozenset[str] = frozenset()
) -> Method:
    scoped, needed, may = (frozenset(words.split()) for words in (scopes, required, optional))
    return Method(tier, scoped, needed, may, one_of)


READ = "channels:read groups:read im:read mpim:read"
HISTORY = "channels:history groups:history im:history mpim:history"
SPAN = "inclusive include_all_metadata latest oldest cursor limit"

METHODS: dict[str, Method] = {
    "api.test": _m(4, optional="error"),
    "apps.connections.open": _m(1, "connections:write"),
    "apps.manifest.validate": _m(3, required="manifest", optional="app_id"),
    "auth.revoke": _m(3, optional="test"),
    "auth.test": _m("special"),
    "bots.info": _m(3, "users:read", optional="bot team_id"),
    "chat.delete": _m(3, "chat:write", "channel ts", "as_user"),
    "chat.getPermalink": _m("special", required="channel message_ts"),
    "chat.postEphemeral": _m(
        4, "chat:write", "channel user", f"thread_ts {' '.join(sorted(LOOKS))}", CHAT_TEXT
    ),
    "chat.postMessage": _m(
        "special",
        "chat:write",
        "channel",
        f"thread_ts reply_broadcast unfurl_links unfurl_media mrkdwn metadata {' '.join(sorted(LOOKS))}",
        CHAT_TEXT,
    ),
    "chat.update": _m(
        3,
        "chat:write",
        "channel ts",
        "as_user file_ids link_names metadata parse reply_broadcast",
        CHAT_TEXT,
    ),
    "conversations.history": _m(3, HISTORY, "channel", SPAN),
    "conversations.info": _m(3, READ, "channel", "include_locale include_num_members"),
    "conversations.join": _m(3, "channels:join", "channel"),
    "conversations.list": _m(2, READ, optional="exclude_archived team_id types cursor limit"),
    "conversations.members": _m(4, READ, "channel", "cursor limit"),
    "conversations.open": _m(
        3,
        "im:write mpim:write",
        optional="prevent_creation return_im",
        one_of=frozenset({"channel", "users"}),
    ),
    "conversations.replies": _m(3, HISTORY, "channel ts", SPAN),
    "files.completeUploadExternal": _m(
        4, "files:write", "files", "channel_id channels blocks initial_comment thread_ts"
    ),
    "files.getUploadURLExternal": _m(4, "files:write", "filename length", "alt_txt snippet_type"),
    "oauth.v2.access": _m(
        "special", optional="client_id client_secret code grant_type redirect_uri refresh_token"
    ),
    "team.info": _m(3, "team:read", optional="team domain"),
    "usergroups.list": _m(
        2, "usergroups:read", optional="include_count include_disabled include_users team_id"
    ),
    "usergroups.users.list": _m(2, "usergroups:read", "usergroup", "include_disabled team_id"),
    "users.conversations": _m(3, READ, optional="exclude_archived team_id types user cursor limit"),
    "users.info": _m(4, "users:read", "user", "include_locale"),
    "users.list": _m(2, "users:read", optional="include_locale team_id cursor limit"),
    "views.open": _m(
        4, required="view", optional="external_id", one_of=frozenset({"trigger_id", "interactivity_pointer"})
    ),
    "views.publish": _m(4, required="user_id view", optional="hash"),
    "views.push": _m(4, required="view", one_of=frozenset({"trigger_id", "interactivity_pointer"})),
    "views.update": _m(4, required="view", optional="hash", one_of=frozenset({"external_id", "view_id"})),
}

NEEDS_NO_TOKEN = frozenset({"api.test", "oauth.v2.access"})
NEEDS_APP_TOKEN = frozenset({"apps.connections.open"})


def faults_of(name: str, given: frozenset[str]) -> list[str]:
    """What is wrong with a call of `name` that gave these arguments (without its token)."""
    method = METHODS.get(name)
    if method is None:
        return [f"{name}: no such method in the table"]
    wrong = [f"{name}: unknown argument {one}" for one in sorted(given - method.known)]
    wrong += [f"{name}: missing argument {one}" for one in sorted(method.required - given)]
    if method.one_of and not given & method.one_of:
        wrong.append(f"{name}: one of {', '.join(sorted(method.one_of))} must be there")
    return wrong

"""One table from Slack's refusals to what the bot does about them."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.pace import rest_of

BROKEN = (ClientError, OSError, ValueError, AttributeError)
"""What a call raises when its answer was cut, came late or was not JSON; `code_of` reads all others."""

How = Literal["refused", "later", "content", "doubt"]
Reach = Literal["message", "place", "person", "workspace"]

HOUR = 3600.0
REST = 30.0
"""Seconds to wait when Slack asks us to but not for how long."""


class Trouble(NamedTuple):
    """`why` is what those who can mend it are told, and `reach` is all that it stops."""

    how: How
    why: Why
    reach: Reach
    rest: float = 0.0


DISCONNECTED = Trouble("refused", Why.DISCONNECTED, "workspace")
SCOPE = Trouble("refused", Why.SCOPE, "workspace")
HELD = Trouble("refused", Why.HELD, "workspace")
REMOVED = Trouble("refused", Why.REMOVED, "place")
ARCHIVED = Trouble("refused", Why.ARCHIVED, "place")
LOCKED = Trouble("refused", Why.LOCKED, "place")
UNREACHABLE = Trouble("refused", Why.UNREACHABLE, "person")
GONE = Trouble("refused", Why.GONE, "message")
CONTENT = Trouble("content", Why.CONTENT, "message")
BUSY = Trouble("later", Why.BUSY, "place", REST)
FULL = Trouble("later", Why.FULL, "workspace", HOUR)
MOVING = Trouble("later", Why.BUSY, "workspace", HOUR)
AWAY = Trouble("doubt", Why.AWAY, "message", REST)

_CODES: Mapping[Trouble, str] = {
    DISCONNECTED: "invalid_auth not_authed account_inactive token_revoked token_expired not_connected",
    SCOPE: "missing_scope no_permission not_allowed_token_type",
    HELD: "team_access_not_granted org_login_required access_denied ekm_access_denied team_not_found",
    REMOVED: "channel_not_found not_in_channel",
    ARCHIVED: "is_archived is_inactive",
    LOCKED: "restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
    "restricted_action_non_threadable_channel restricted_action_thread_locked cannot_reply_to_message "
    "thread_not_found",
    UNREACHABLE: "messages_tab_disabled user_disabled user_not_found user_not_visible cannot_dm_bot "
    "user_not_in_channel users_not_found user_is_restricted no_account",
    GONE: "message_not_found cant_update_message edit_window_closed block_mismatch",
    CONTENT: "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text view_too_large "
    "invalid_arguments invalid_arg_name invalid_slack_file over_a_limit "
    "metadata_too_large invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app",
    BUSY: "ratelimited rate_limited",
    FULL: "message_limit_exceeded",
    MOVING: "team_added_to_org",
    AWAY: "internal_error fatal_error service_unavailable request_timeout",
}
TABLE: Mapping[str, Trouble] = {code: trouble for trouble, codes in _CODES.items() for code in codes.split()}


class SlackRefused(DeliveryFailed):
    """`code` is Slack's own word (or ours for what has none), for the log."""

    def __init__(self, code: str, trouble: Trouble, retry_after: float = 0.0) -> None:
        super().__init__(trouble.how, trouble.why, rest_of(retry_after) or trouble.rest)
        self.code = code
        self.trouble = trouble


def refusal(code: str, *, creates: bool, retry_after: float = 0.0) -> SlackRefused:
    """What a code means for a call that `creates` something, or that may be repeated freely.

    A code that nobody knows was still a clear no: the plain version is tried once, then people look.
    """
    trouble = TABLE.get(code) or (LOCKED if code.startswith("restricted_action") else CONTENT)
    if trouble.how == "doubt" and not creates:
        trouble = trouble._replace(how="later")
    return SlackRefused(code, trouble, retry_after)


def code_of(refused: SlackApiError) -> str:
    """Slack's own word for a refusal; a proxy's page in its place has only a status.

    The SDK hands over its own answer, a dict, or aiohttp's where the body was no JSON.
    """
    response = refused.response
    body = getattr(response, "data", response)
    code = body.get("error") if isinstance(body, Mapping) else None
    return str(code or getattr(response, "status_code", "") or getattr(response, "status", "?"))


def answered(status: int, body: object, *, creates: bool, retry_after: float) -> SlackRefused:
    """What an answer means that was not `ok`: by its code, else by its HTTP status."""
    if status == 429:  # noqa: PLR2004  Too Many Requests
        return refusal("ratelimited", creates=creates, retry_after=retry_after)
    code = body.get("error") if isinstance(body, Mapping) else None
    if status < 500 and isinstance(code, str):  # noqa: PLR2004  server errors say nothing sure
        return refusal(code, creates=creates, retry_after=retry_after)
    if 400 <= status < 500 and status != 408:  # noqa: PLR2004  some proxy's no: Slack never saw it
        return SlackRefused(f"http_{status}", AWAY._replace(how="later"))
    return refusal("service_unavailable", creates=creates)

"""One table from Slack's refusals to what the bot does about them."""

from collections.abc import Mapping
from http import HTTPStatus

from aiohttp import ClientConnectorError, ClientError, ClientHttpProxyError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError

from bot.messages.delivery import Why
from bot.platforms.pace import rest_of
from bot.platforms.troubles import (
    AWAY,
    BUSY,
    CONTENT,
    DISCONNECTED,
    GONE,
    HELD,
    LOCKED,
    REMOVED,
    UNREACHABLE,
    ChatRefused,
    Trouble,
)

BROKEN = (ClientError, OSError, ValueError, AttributeError)
"""What a call raises when its answer was cut, came late or was not JSON."""
LOST = (SlackApiError, *BROKEN)
"""What a call raises that came to nothing; `code_of` says why."""

NOT_BEGUN = (ClientConnectorError, ConnectionTimeoutError, ClientHttpProxyError)
"""What a call raises that never left for Slack: the line there was not had."""

HOUR = 3600.0
SERVER_ERRORS = 500
"""From here on a status says nothing sure of what was done."""
SCOPE = Trouble("refused", Why.SCOPE, "tenant")
ARCHIVED = Trouble("refused", Why.ARCHIVED, "place")
FULL = Trouble("later", Why.FULL, "tenant", HOUR)
MOVING = Trouble("later", Why.BUSY, "tenant", HOUR)
SHUT_OUT = Trouble("later", Why.HELD, "tenant", HOUR)
"""Administrators, or a move of theirs, keep the bot out; that they let it in again nobody tells it."""

_CODES: Mapping[Trouble, str] = {
    DISCONNECTED: "invalid_auth not_authed account_inactive token_revoked token_expired not_connected",
    SCOPE: "missing_scope no_permission not_allowed_token_type",
    HELD: "team_access_not_granted team_not_found",
    SHUT_OUT: "org_login_required access_denied ekm_access_denied accesslimited two_factor_setup_required "
    "enterprise_is_restricted",
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


class SlackRefused(ChatRefused):
    """What Slack refused, or may not have got."""


def refusal(code: str, *, creates: bool, retry_after: float = 0.0) -> SlackRefused:
    """What a code means for a call that `creates` something, or that may be repeated freely.

    A code that nobody knows was still a clear no: the plain version is tried once, then people look.
    """
    trouble = TABLE.get(code) or (LOCKED if code.startswith("restricted_action") else CONTENT)
    return SlackRefused(code, trouble.of(creates=creates), retry_after)


def code_of(problem: Exception) -> str:
    """Slack's own word for a refusal; a proxy's page in its place has only a status, and a line cut a name.

    The SDK hands over its own answer, a dict, or aiohttp's where the body was no JSON.
    """
    if not isinstance(problem, SlackApiError):
        return type(problem).__name__
    response = problem.response
    body = getattr(response, "data", response)
    code = body.get("error") if isinstance(body, Mapping) else None
    return str(code or getattr(response, "status_code", "") or getattr(response, "status", "?"))


def answered(status: int, body: object, *, creates: bool, retry_after: float) -> SlackRefused:
    """What an answer means that was not `ok`: by its code, else by its HTTP status."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return refusal("ratelimited", creates=creates, retry_after=retry_after)
    code = body.get("error") if isinstance(body, Mapping) else None
    if status < SERVER_ERRORS and isinstance(code, str):
        return refusal(code, creates=creates, retry_after=retry_after)
    refused = HTTPStatus.BAD_REQUEST <= status < SERVER_ERRORS  # some proxy's no: Slack never saw it
    if refused and status != HTTPStatus.REQUEST_TIMEOUT:
        return SlackRefused(f"http_{status}", AWAY.of(creates=False))
    return refusal("service_unavailable", creates=creates)


def understood(problem: SlackApiError, *, creates: bool) -> SlackRefused:
    """Read a refusal. The SDK hands over its own answer, or aiohttp's where the body was no JSON."""
    response = problem.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    body = getattr(response, "data", None)
    headers = getattr(response, "headers", None) or {}
    return answered(status, body, creates=creates, retry_after=asked_rest(headers.get("Retry-After")))


def failure(problem: Exception, *, creates: bool) -> SlackRefused:
    """What it means that a call raised one of `LOST`."""
    if isinstance(problem, SlackApiError):
        return understood(problem, creates=creates)
    if isinstance(problem, NOT_BEGUN):
        return SlackRefused("no_connection", AWAY.of(creates=False))
    return SlackRefused(type(problem).__name__, AWAY.of(creates=creates))


def asked_rest(header: object) -> float:
    """What Slack asks us to wait, a second at least; 0 when it does not say."""
    asked = rest_of(header)
    return max(asked, 1.0) if asked else 0.0

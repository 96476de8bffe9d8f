"""The table says something about every code that Slack's reference warns of, and no code twice."""

from typing import get_args

import pytest
from aiohttp import ClientHttpProxyError, ConnectionTimeoutError, RequestInfo, ServerDisconnectedError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from bot.messages.delivery import How, Why
from bot.platforms.slack.send.errors import _CODES, TABLE, answered, failure, refusal
from tests.each import each

KNOWN = """
ratelimited rate_limited message_limit_exceeded invalid_auth not_authed account_inactive token_revoked
token_expired missing_scope no_permission not_allowed_token_type team_access_not_granted org_login_required
access_denied ekm_access_denied team_added_to_org team_not_found channel_not_found not_in_channel is_archived
is_inactive restricted_action cannot_reply_to_message messages_tab_disabled user_disabled user_not_found
user_not_visible cannot_dm_bot user_not_in_channel invalid_blocks invalid_blocks_format msg_blocks_too_long
msg_too_long no_text view_too_large invalid_arguments metadata_too_large invalid_metadata_format
invalid_metadata_schema message_not_found cant_update_message edit_window_closed block_mismatch
internal_error fatal_error service_unavailable request_timeout accesslimited two_factor_setup_required
enterprise_is_restricted
""".split()


@pytest.mark.parametrize("code", KNOWN)
def test_a_known_code_has_its_line(code: str) -> None:
    assert code in TABLE


def test_no_code_has_two_lines() -> None:
    listed = [code for codes in _CODES.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    assert {trouble.how for trouble in TABLE.values()} == set(get_args(How))
    assert {trouble.why for trouble in TABLE.values()} == set(Why)


@pytest.mark.parametrize("code", KNOWN)
def test_only_a_create_is_ever_in_doubt(code: str) -> None:
    assert refusal(code, creates=False).how != "doubt"


def test_what_must_wait_says_how_long() -> None:
    for code in TABLE:
        failure = refusal(code, creates=False)
        assert (failure.retry_after > 0) == (failure.how == "later")


@pytest.mark.parametrize(
    ("status", "body", "how"),
    [
        (429, {"ok": False, "error": "ratelimited"}, "later"),
        (429, "slow down", "later"),
        (200, {"ok": False, "error": "is_archived"}, "refused"),
        (200, {"ok": False, "error": "never_heard_of"}, "content"),
        (200, {"ok": False}, "doubt"),
        (200, "<html>", "doubt"),
        (200, None, "doubt"),
        (502, "<html>", "doubt"),
        (500, {"ok": False, "error": "is_archived"}, "doubt"),
        (408, None, "doubt"),
        (403, "<html>proxy", "later"),
        (0, None, "doubt"),
    ],
)
def test_an_answer_is_read_by_its_code_then_by_its_status(status: int, body: object, how: str) -> None:
    assert answered(status, body, creates=True, retry_after=7).how == how
    repeated = answered(status, body, creates=False, retry_after=7).how
    assert repeated == ("later" if how == "doubt" else how)


ASKED = RequestInfo(URL("https://slack.com/api/"), "POST", CIMultiDictProxy(CIMultiDict()))


@each(
    "problem, how",
    [
        (ConnectionTimeoutError(), "later"),
        (ClientHttpProxyError(ASKED, (), status=502), "later"),
        (ServerDisconnectedError(), "doubt"),
        (TimeoutError(), "doubt"),
    ],
)
def test_what_never_left_for_slack_is_in_no_doubt(problem: Exception, how: str) -> None:
    assert failure(problem, creates=True).how == how
    assert failure(problem, creates=False).how == "later"

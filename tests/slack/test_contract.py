"""The table of methods against slack_sdk's own signatures: two readings of the same pages."""

import inspect

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.send.pace import RATES
from tests.slack.files_api import DOES
from tests.slack.methods import LOOKS, METHODS, faults_of
from tests.slack.strict import texts_in

ONLY_IN_SDK = {
    "chat.postMessage": {"container_id"},
    "team.info": {"include_slackbot_availability"},
}
"""Arguments that the library takes and the method's page does not name."""

ONLY_PUBLISHED = {
    "conversations.open": {"prevent_creation"},
    "files.completeUploadExternal": {"blocks"},
    "views.open": {"external_id"},
}
"""Arguments that the page names and the library has no parameter for."""

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls that a tier allows in each workspace, at least (Rate limits)."""

OURS = {"self", "kwargs", "token", "app_token"}


def _signature(method: str) -> dict[str, inspect.Parameter]:
    function = getattr(AsyncWebClient, method.replace(".", "_"))
    parameters = inspect.signature(function).parameters
    return {name: one for name, one in parameters.items() if name not in OURS}


@pytest.mark.parametrize("method", METHODS)
def test_the_table_and_the_library_know_the_same_arguments(method: str) -> None:
    in_sdk = set(_signature(method)) - ONLY_IN_SDK.get(method, set())
    in_table = METHODS[method].known - ONLY_PUBLISHED.get(method, set())
    assert in_sdk == in_table


@pytest.mark.parametrize("method", ONLY_IN_SDK | ONLY_PUBLISHED)
def test_no_difference_is_listed_that_is_gone(method: str) -> None:
    in_sdk, in_table = set(_signature(method)), METHODS[method].known
    assert in_sdk - in_table == ONLY_IN_SDK.get(method, set())
    assert in_table - in_sdk == ONLY_PUBLISHED.get(method, set())


@pytest.mark.parametrize("method", METHODS)
def test_what_the_library_demands_the_table_demands(method: str) -> None:
    demanded = {name for name, one in _signature(method).items() if one.default is inspect.Parameter.empty}
    entry = METHODS[method]
    lenient = {"oauth.v2.access"}  # client_id and client_secret may also stand in a header
    assert demanded <= entry.required | entry.one_of or method in lenient


def test_every_method_that_the_fake_does_is_in_the_table() -> None:
    assert set(DOES) <= set(METHODS)


def test_a_fault_is_named() -> None:
    assert faults_of("chat.postMessage", frozenset({"channel", "text"})) == []
    assert faults_of("chat.postMessage", frozenset({"chanel"})) == [
        "chat.postMessage: unknown argument chanel",
        "chat.postMessage: missing argument channel",
        "chat.postMessage: one of attachments, blocks, markdown_text, text must be there",
    ]
    assert faults_of("chat.meow", frozenset()) == ["chat.meow: no such method in the table"]


def test_the_bot_never_speaks_as_somebody_else() -> None:
    for method in ("chat.postMessage", "chat.postEphemeral"):
        assert METHODS[method].known > LOOKS


def test_text_is_found_wherever_it_stands() -> None:
    nested = [{"elements": [{"elements": [{"type": "text", "text": "ab"}]}], "alt_text": "cd"}]
    assert sorted(texts_in(nested)) == ["ab", "cd"]


@pytest.mark.parametrize("method", RATES)
def test_the_bot_asks_no_faster_than_a_tier_allows(method: str) -> None:
    tier = METHODS[method].tier
    assert tier != "special"
    assert 60 / RATES[method].every <= PER_MINUTE[tier]

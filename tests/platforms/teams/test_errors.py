from typing import get_args

import pytest

from bot.messages.delivery import How, Why
from bot.platforms.pace import LONGEST_REST
from bot.platforms.teams.send.errors import OURS, TABLE, in_its_words, ours, refusal
from bot.platforms.teams.send.wire import code_of

DOCUMENTED = {
    (400, "BadSyntax"): "content",
    (401, "BotNotRegistered"): "refused",
    (403, "BotDisabledByAdmin"): "refused",
    (403, "BotNotInConversationRoster"): "refused",
    (403, "ConversationBlockedByUser"): "refused",
    (403, "ForbiddenOperationException"): "refused",
    (403, "InvalidBotApiHost"): "refused",
    (403, "MessageWritesBlocked"): "refused",
    (403, "NotEnoughPermissions"): "refused",
    (404, "ActivityNotFoundInConversation"): "refused",
    (404, "ConversationNotFound"): "refused",
    (408, ""): "doubt",
    (412, "PreconditionFailed"): "later",
    (413, "MessageSizeTooBig"): "content",
    (429, "Throttled"): "later",
    (500, "ServiceError"): "doubt",
    (501, "DeleteActivityAPINotImplemented"): "content",
    (502, "ServiceError"): "doubt",
    (503, "ServiceUnavailable"): "doubt",
    (504, "GatewayTimeout"): "doubt",
}
"""Status codes of the conversational APIs (Microsoft Learn, build conversational capability)."""


@pytest.mark.parametrize(("answer", "how"), DOCUMENTED.items(), ids=str)
def test_a_documented_answer_has_its_line(answer: tuple[int, str], how: str) -> None:
    assert refusal(*answer, creates=True).how == how
    assert refusal(*answer, creates=False).how == ("later" if how == "doubt" else how)


def test_every_meaning_is_used_and_none_is_unknown_to_the_core() -> None:
    troubles = {*TABLE.values(), *OURS.values()}
    assert {trouble.how for trouble in troubles} == set(get_args(How))
    assert {trouble.why for trouble in troubles} <= set(Why)


def test_only_a_create_is_ever_in_doubt() -> None:
    for status in range(300, 600):
        assert refusal(status, "", creates=False).how != "doubt", status


@pytest.mark.parametrize("code", OURS)
def test_only_a_create_is_ever_in_doubt_without_an_answer(code: str) -> None:
    assert ours(code).how != "doubt"


@pytest.mark.parametrize("creates", [True, False])
def test_what_must_wait_says_how_long(*, creates: bool) -> None:
    for status in range(300, 600):
        failure = refusal(status, "", creates=creates)
        assert (failure.retry_after > 0) == (failure.how in {"later", "doubt"}), status


def test_what_teams_says_of_the_wait_is_heeded_within_reason() -> None:
    assert refusal(429, "", creates=True, retry_after=7).retry_after == 7
    assert refusal(429, "", creates=True, retry_after=1e9).retry_after == LONGEST_REST


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ('{"error": {"code": "BotDisabledByAdmin", "message": "…"}}', 403, "BotDisabledByAdmin"),
        ('{"message": "{\\n \\"subCode\\": \\"MessageWritesBlocked\\"}"}', 403, "MessageWritesBlocked"),
        ('{"error": {"code": "Odd_One"}}', 400, "Odd_One"),
        ('{"error": "invalid_client"}', 400, "invalid_client"),
        ('{"error": {"code": "BotDisabledByAdmin"}}', 404, "BotDisabledByAdmin"),
        ('{"error": {"code": "lena@skolan.example wrote: x"}}', 400, ""),
        ('{"error": {"code": 7}}', 400, ""),
        ('{"error": null}', 400, ""),
        ("[]", 400, ""),
        ("<html>", 400, ""),
        ("", 400, ""),
    ],
)
def test_the_code_is_found_where_it_stands_and_is_a_word(body: str, status: int, code: str) -> None:
    assert code_of(status, body) == code


@pytest.mark.parametrize(
    ("status", "code", "private", "why"),
    [
        (404, "ConversationNotFound", True, Why.UNREACHABLE),
        (403, "ConversationBlockedByUser", True, Why.UNREACHABLE),
        (403, "MessageWritesBlocked", True, Why.UNREACHABLE),
        (404, "ConversationNotFound", False, Why.REMOVED),
        (403, "MessageWritesBlocked", False, Why.LOCKED),
        (401, "", True, Why.DISCONNECTED),
        (413, "", False, Why.CONTENT),
    ],
)
def test_a_person_is_no_channel_and_a_channel_no_person(
    status: int,
    code: str,
    *,
    private: bool,
    why: Why,
) -> None:
    told = in_its_words(refusal(status, code, creates=True), private=private)
    assert str(told) == why
    assert told.status == status

"""What Slack refuses, and what stays in doubt: nothing is said twice, nothing is lost in silence."""

import pytest

from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Message, Paragraph, Table
from bot.platforms.slack.send.client import WHOLE_CALL
from tests.platforms.slack.sending import CHANNEL, LENA, OTHER, SHORT, Desk, at_desk
from tests.slack.mischief import Fault, How, revoked

POST, UPDATE = "chat.postMessage", "chat.update"
LONG = Message(title="Veckan", blocks=tuple(Paragraph(text=f"{n} " + "ord och " * 300) for n in range(9)))
TABLED = Message(title="Vem ser vad", blocks=(Table(caption="Roller", header=("A",), rows=(("b",),)),))
PATIENCE = 1.0
"""Seconds until an answer that never comes is given up."""
SILENT = [
    Fault("http", status=500),
    Fault("html", status=502),
    Fault("http", status=503, code="service_unavailable"),
    Fault("http", status=408),
    Fault("error", code="internal_error"),
    Fault("error", code="fatal_error"),
    Fault("stall"),
    Fault("reset"),
    Fault("garbage"),
    Fault("refuse"),
]


def failure_of(fault: Fault, method: str) -> DeliveryFailed:
    async def act(desk: Desk) -> DeliveryFailed:
        ts = await desk.send(SHORT, key="first")
        desk.slack.mischief.plan(Fault(**{**vars(fault), "method": method, "times": 9}))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, key="second", replacing=ts if method == UPDATE else None)
        return failed.value

    return at_desk(act, patience=PATIENCE if fault.how == "stall" else WHOLE_CALL)


@pytest.mark.parametrize("fault", SILENT, ids=lambda fault: f"{fault.how}-{fault.code or fault.status}")
def test_silence_is_a_doubt_for_a_post_and_a_wait_for_a_change(fault: Fault) -> None:
    assert failure_of(fault, POST).how == "doubt"
    waiting = failure_of(fault, UPDATE)
    assert (waiting.how, str(waiting)) == ("later", Why.AWAY)
    assert waiting.retry_after > 0


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("not_in_channel", Why.REMOVED),
        ("is_archived", Why.ARCHIVED),
        ("restricted_action_read_only_channel", Why.LOCKED),
        ("restricted_action_of_next_year", Why.LOCKED),
        ("missing_scope", Why.SCOPE),
        ("team_access_not_granted", Why.HELD),
    ],
)
def test_a_clear_no_says_why(code: str, why: Why) -> None:
    refused = failure_of(Fault("error", code=code), POST)
    assert (refused.how, str(refused)) == ("refused", why)


def test_a_person_out_of_reach_is_no_channel_to_be_invited_to() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(SHORT, LENA)
        desk.slack.mischief.plan(Fault("error", POST, code="is_archived"))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, LENA, key="2")
        assert str(failed.value) == Why.UNREACHABLE
        await desk.send(SHORT, LENA, key="3")
        assert desk.slack.times("conversations.open") == 2

    at_desk(act)


def test_nobody_home_means_that_nothing_was_sent() -> None:
    async def act(desk: Desk) -> None:
        await desk.slack._runner.cleanup()
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT)
        assert failed.value.how == "later"

    at_desk(act)


def test_a_429_rests_that_channel_and_no_other() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("rate", POST, "C1", retry_after=30))
        for _ in range(2):
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT)
            assert (failed.value.how, failed.value.retry_after) == ("later", 30)
        assert desk.slack.times(POST) == 1
        desk.slack.workspace.channels["C2"].members.add("UBOT")
        await desk.send(SHORT, OTHER, key="2")
        desk.passed += 31
        await desk.send(SHORT)
        assert len(desk.standing()) == 1

    at_desk(act)


def test_a_full_workspace_rests_for_an_hour() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", POST, code="message_limit_exceeded"))
        for place in (CHANNEL, LENA):
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT, place)
            assert (failed.value.how, failed.value.retry_after) == ("later", 3600)
        assert len(desk.slack.calls) == 1
        assert desk.told == [("T1", "message_limit_exceeded")]
        desk.passed += 3600
        await desk.send(SHORT, LENA)

    at_desk(act)


def test_a_revoked_token_is_told_once() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(revoked())
        for number in range(3):
            with pytest.raises(DeliveryFailed) as failed:
                await desk.send(SHORT, key=str(number))
            assert (failed.value.how, str(failed.value)) == ("refused", Why.DISCONNECTED)
        assert desk.told == [("T1", "token_revoked")]
        assert len(desk.slack.calls) == 1

    at_desk(act)


def test_a_workspace_nobody_knows_is_disconnected() -> None:
    async def act(desk: Desk) -> None:
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(SHORT, CHANNEL.model_copy(update={"address": "T9/C1"}))
        assert str(failed.value) == Why.DISCONNECTED
        assert desk.slack.calls == []

    at_desk(act)


def test_blocks_that_slack_does_not_take_are_said_in_words_once() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", POST, code="invalid_blocks"))
        await desk.send(TABLED)
        (post,) = desk.standing()
        assert [block["type"] for block in post.blocks] == ["header", "rich_text", "rich_text"]
        assert post.text == "Vem ser vad\nRoller\n• A: b"

    at_desk(act)


def test_content_that_is_never_taken_is_given_up() -> None:
    assert failure_of(Fault("error", code="invalid_blocks"), POST).how == "content"
    assert failure_of(Fault("error", code="a_code_of_next_year"), POST).how == "content"


def test_metadata_that_is_refused_is_left_out() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", POST, code="metadata_too_large"))
        await desk.send(SHORT)
        assert desk.standing()[0].metadata is None

    at_desk(act)


@pytest.mark.parametrize("how", ["reset", "refuse"])
def test_a_part_in_doubt_does_not_double_the_others(how: How) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault(how, POST, after=1))
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send(LONG)
        assert failed.value.how == "doubt"
        await desk.send(LONG)
        said = [post.text.splitlines()[-1] for post in desk.standing()]
        assert said.count("Del 1 av 3") == said.count("Del 3 av 3") == 1

    at_desk(act)

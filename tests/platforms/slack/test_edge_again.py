"""Through the whole edge: what had no effect may come again, and what had one is not spoken of twice."""

from typing import Any

import pytest

from bot.messages.model import Message, Response, Say
from bot.platforms.slack.listen.answers import UNREAD, UNREAD_FIELD
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import recorded

SORRY = "Något gick fel hos mig. Ge koden 4F1B9C till den som sköter boten."
FAILED = Say(message=Message(title=SORRY), became="failed")
ALREADY = Say(message=Message(title="Det här är redan gjort."), became="already")
DONE = Say(message=Message(title="Det är sparat."))
REPEATED = (
    "message_channel mention_thread message_command message_edited joined_us left_us home_opened".split()
)


@pytest.mark.parametrize("name", REPEATED)
def test_what_fell_over_is_taken_when_slack_sends_it_again(name: str) -> None:
    async def story(on: Stage) -> None:
        on.response = FAILED
        assert [(await on.play(name)).status_code for _ in range(2)] == [503, 503]
        on.response = DONE
        assert [(await on.play(name)).status_code for _ in range(2)] == [200, 200]
        assert len(on.events) == 3
        assert SORRY not in str(on.slack.calls)

    played(story)


@pytest.mark.parametrize("name", REPEATED)
def test_nobody_is_told_that_slack_sent_something_twice(name: str) -> None:
    async def story(on: Stage) -> None:
        on.response = ALREADY
        assert (await on.play(name)).status_code == 200
        assert ALREADY.message.title not in str(on.slack.calls)

    played(story)


@pytest.mark.parametrize("response", [FAILED, ALREADY], ids=["failed", "already"])
def test_who_waits_for_an_answer_gets_it(response: Say) -> None:
    async def story(on: Stage) -> None:
        on.response = response
        assert (await on.play("command_nfc")).json()["text"] == response.message.title
        assert (await on.play("button_channel")).status_code == 200
        (told,) = on.slack.made("hook")
        assert told["text"] == response.message.title

    played(story)


def submitting(payload: dict[str, Any], response: Response) -> Any:
    said: list[Any] = []

    async def story(on: Stage) -> None:
        on.response = response
        said.append((await on.send(payload)).json())

    played(story)
    return said[0]


def test_a_form_that_fell_over_stays_open() -> None:
    payload = recorded("form_direct")
    said = submitting(payload, FAILED)
    assert said == {"response_action": "errors", "errors": {"4f1b9c2e.voice": SORRY}}
    payload["view"] |= {"blocks": [], "state": {"values": {}}}
    assert submitting(payload, FAILED)["response_action"] == "update"


@pytest.mark.parametrize("name", ["form_metadata_garbage", "form_without_metadata"])
def test_a_form_that_cannot_be_read_stays_open_and_says_so(name: str) -> None:
    payload = recorded(name)
    said = submitting(payload, DONE)
    assert said == {"response_action": "errors", "errors": {"4f1b9c2e.voice": UNREAD_FIELD}}
    payload["view"]["blocks"] = []
    said = submitting(payload, DONE)
    assert said["response_action"] == "update"
    assert UNREAD.title in str(said["view"])

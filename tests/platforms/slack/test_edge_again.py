"""Through the whole edge: what had no effect may come again, and what had one is not spoken of twice."""

from functools import partial
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.events import Event
from bot.messages.model import Message, Response, Say
from bot.platforms.copies import Copies
from bot.platforms.slack.listen.answers import UNREAD, UNREAD_FIELD
from bot.platforms.slack.parse.values import Heard
from bot.platforms.unsaved import MOST_KEPT
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import read, recorded

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


def test_after_the_last_time_the_writer_is_told_with_the_code_once() -> None:
    async def story(on: Stage) -> None:
        on.response = FAILED
        answers = [(await on.play("message_thread", tries=tries)).status_code for tries in range(4)]
        assert answers == [503, 503, 503, 200]
        (told,) = on.slack.made("chat.postEphemeral")
        assert told["text"] == SORRY
        assert told["user"] == recorded("message_thread")["event"]["user"]
        assert on.given_up == [on.events[-1].id]

    played(story)


def test_socket_mode_counts_its_tries_too() -> None:
    async def story(on: Stage) -> None:
        on.response = FAILED
        for attempt, status in ((None, 503), (2, 503), (3, 200)):
            request = SocketModeRequest(
                "events_api", "env", recorded("message_thread"), retry_attempt=attempt, retry_reason="timeout"
            )
            assert (await run_async_bolt_app(on.edge.bolt, request)).status == status
        await on.edge.finish()
        assert len(on.slack.made("chat.postEphemeral")) == 1

    played(story)


def test_what_was_given_up_has_no_effect_when_it_comes_as_a_mention_too() -> None:
    async def story(on: Stage) -> None:
        on.response = FAILED
        assert (await on.play("message_thread", tries=3)).status_code == 200
        on.response = DONE
        mention = recorded("message_thread")
        mention["event_id"], mention["event"]["type"] = "Ev0MENTION", "app_mention"
        assert (await on.send(mention)).status_code == 200
        assert len(on.events) == 1
        assert DONE.message.title not in str(on.slack.calls)

    played(story)


@pytest.mark.parametrize("name", REPEATED)
def test_who_does_not_wait_for_us_is_told_nothing(name: str) -> None:
    async def story(on: Stage) -> None:
        on.response, on.for_us = FAILED, False
        assert (await on.play(name, tries=3)).status_code == 200
        assert SORRY not in str(on.slack.calls)

    played(story)


def test_while_the_store_is_away_the_last_time_is_refused_too_and_kept() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        assert (await on.play("message_thread", tries=2)).status_code == 503
        await on.edge.unsaved.try_again()
        assert (await on.play("message_thread", tries=3)).status_code == 503
        await on.edge.unsaved.try_again()
        assert not on.events
        on.away, on.response = False, DONE
        await on.edge.unsaved.try_again()
        on.edge._copies = Copies()
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert len(on.events) == 1
        (told,) = on.slack.made("chat.postEphemeral")
        assert told["text"] == DONE.message.title

    played(story)


def test_what_waited_for_the_store_and_then_falls_over_is_told_as_well() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        await on.play("message_thread", tries=3)
        on.away, on.response = False, FAILED
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        (told,) = on.slack.made("chat.postEphemeral")
        assert told["text"] == SORRY
        assert on.given_up

    played(story)


def test_a_fault_of_ours_followed_by_a_store_that_is_away_is_told_when_it_is_back() -> None:
    """The apology would be too early: nobody knows yet that the event has no effect."""

    async def story(on: Stage) -> None:
        def fail(_event: Event) -> Response:
            on.away = True
            return FAILED

        on.response = fail
        assert (await on.play("message_thread", tries=3)).status_code == 503
        assert SORRY not in str(on.slack.calls)
        on.away, on.response = False, FAILED
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert len(on.slack.made("chat.postEphemeral")) == 1

    played(story)


def test_only_so_much_is_kept() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        heard = read(recorded("message_thread"))
        assert isinstance(heard, Heard)
        for number in range(MOST_KEPT + 1):
            again = _as(heard, f"slack:{number}")
            take = partial(on.edge._hear_repeated, again, "xoxb-1", last=True)
            on.edge.unsaved.keep(again.event.id, take)
        on.away = False
        await on.edge.unsaved.try_again()
        assert {event.id for event in on.events} == {f"slack:{n}" for n in range(1, MOST_KEPT + 1)}

    played(story)


def _as(heard: Heard, id_: str) -> Heard:
    return heard._replace(event=heard.event.model_copy(update={"id": id_}))


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

"""Through the whole edge: how each Response reaches the one who acted, and what happens when it cannot."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.messages.model import Form, Message, Open, Paragraph, Response, Say, TextField
from bot.messages.plain import lines
from bot.platforms.slack.listen.answers import BEGIN_AGAIN, NOT_OPENED, OPEN, OPEN_AGAIN
from bot.platforms.slack.listen.edge import UNKNOWN_WORKSPACE
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD
from tests.klarsprak import lint
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import recorded

TOLD = Say(message=Message(title="Det är sparat."))
FIELDS = (TextField(key="text", label="Text"),)
FORM = Open(form=Form(token="edit_note_form|n1|", title="Ändra", fields=FIELDS, submit="Spara"))
ROOT, OWN = "1795440000.000200", "1795443300.000100"
ALONE = {"channel": "C0LAG4600", "user": "U0LENA001"}


def answering(
    response: Response, name: str, **faults: dict[str, Any]
) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """Play one payload; return the acknowledgement and every call that followed, by method."""
    came: dict[str, list[dict[str, Any]]] = {}
    acknowledged: list[Any] = []

    async def story(on: Stage) -> None:
        on.response = response
        on.slack.refuses, on.slack.breaks = faults.get("refuses", {}), faults.get("breaks", {})
        answer = await on.play(name)
        assert answer.status_code == 200
        acknowledged.append(answer.json() if answer.content else None)
        for call in on.slack.calls:
            if call.method not in {"users.info", "conversations.info"}:
                came.setdefault(call.method, []).append(call.said)

    played(story)
    return acknowledged[0], came


def carried(told: dict[str, Any]) -> list[str]:
    """What is behind the buttons of a message."""
    actions = [block for block in told["blocks"] if block["type"] == "actions"]
    return [element["value"] for block in actions for element in block["elements"]]


def test_a_command_is_answered_in_its_acknowledgement() -> None:
    said, calls = answering(TOLD, "command_nfc")
    assert (said["response_type"], said["text"], bool(said["blocks"])) == (
        "ephemeral",
        "Det är sparat.",
        True,
    )
    assert not calls


def test_what_does_not_fit_follows_by_itself() -> None:
    long = Message(title="Allt", blocks=tuple(Paragraph(text="ord " * 700) for _ in range(6)))
    said, calls = answering(Say(message=long), "command_nfc")
    assert said["text"].startswith("Allt")
    assert len(calls.pop("hook")) == 1
    assert not calls


def test_a_form_is_opened_with_the_trigger() -> None:
    for name in ("command_nfc", "button_channel", "button_home", "message_saved", "shortcut_start"):
        said, calls = answering(FORM, name)
        assert said is None
        ((opened,),) = calls.values()
        assert opened["trigger_id"] == recorded(name)["trigger_id"]
        view = opened["view"]
        metadata = json.loads(view["private_metadata"])
        assert metadata["token"] == "edit_note_form|n1|"
        assert ("home" in metadata) == (name == "button_home"), "what the version before does not know"
        assert metadata.get("opened_from", "") == {"button_channel": ROOT, "message_saved": OWN}.get(name, "")
        assert view["blocks"][-1]["block_id"] == f"{metadata['nonce']}.text"


@pytest.mark.parametrize("code", ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"])
def test_an_expired_trigger_gives_a_fresh_button(code: str) -> None:
    for name, value in (
        ("button_channel", "answer_form|runda-48|"),
        ("command_nfc", "again|/nuläge|arbetslag 4–6"),
    ):
        _, calls = answering(FORM, name, refuses={"views.open": code})
        (told,) = calls["hook"]
        assert told["text"].startswith(NOT_OPENED)
        assert carried(told) == [value]
    _, calls = answering(FORM, "message_saved", refuses={"views.open": code})
    assert BEGIN_AGAIN in calls["hook"][0]["text"]


def test_a_form_without_a_trigger_gets_one_from_a_button() -> None:
    _, calls = answering(FORM, "message_command")
    ((told,),) = calls.values()
    assert ALONE.items() <= told.items()
    assert carried(told) == ["again|/veckan|"]


BESIDE = {"button_channel": None, "button_thread": ROOT, "button_direct": None, "message_saved": None}


@pytest.mark.parametrize(("name", "thread"), BESIDE.items())
def test_a_button_is_answered_beside_it(name: str, thread: str | None) -> None:
    said, calls = answering(TOLD, name)
    assert said is None
    (told,) = calls.pop("hook")
    assert (told["response_type"], told["replace_original"], told.get("thread_ts")) == (
        "ephemeral",
        False,
        thread,
    )
    assert not calls


def test_where_the_address_is_used_up_it_is_said_in_the_channel() -> None:
    _, calls = answering(TOLD, "button_thread", breaks={"hook": 404})
    (told,) = calls["chat.postEphemeral"]
    assert (ALONE | {"thread_ts": ROOT, "text": "Det är sparat."}).items() <= told.items()


def test_where_the_channel_is_closed_it_is_said_directly() -> None:
    _, calls = answering(
        TOLD, "button_thread", breaks={"hook": 404}, refuses={"chat.postEphemeral": "not_in_channel"}
    )
    (told,) = calls["chat.postMessage"]
    assert told["channel"] == "D0LENA001"
    assert "thread_ts" not in told
    assert told["metadata"]["event_type"] == "nulage_out"
    assert "LENA" not in str(told["metadata"])


def test_an_address_that_is_not_slacks_is_not_followed() -> None:
    async def story(on: Stage) -> None:
        on.response = TOLD
        await on.play("button_channel", response_url=on.url.replace("/api/", "/elsewhere/"))
        assert [call.method for call in on.slack.calls] == ["chat.postEphemeral"]

    played(story)


def test_words_are_answered_where_they_were_written() -> None:
    _, calls = answering(TOLD, "message_thread")
    assert (ALONE | {"thread_ts": ROOT}).items() <= calls["chat.postEphemeral"][0].items()
    _, calls = answering(TOLD, "message_direct_thread")
    assert {"channel": "D0LENA001", "thread_ts": ROOT}.items() <= calls["chat.postMessage"][0].items()
    _, calls = answering(TOLD, "joined_us")
    assert {"channel": "C0LAG4600", "user": "U0PIA0001"}.items() <= calls["chat.postEphemeral"][0].items()
    assert answering(TOLD, "channel_archived") == (None, {})


def test_home_and_the_shortcut_have_views_of_their_own() -> None:
    _, calls = answering(TOLD, "home_opened")
    (home,) = calls.pop("views.publish")
    assert home["user_id"] == "U0LENA001"
    assert home["view"]["type"] == "home"
    for name in ("shortcut_start", "button_home"):
        _, calls = answering(TOLD, name)
        ((opened,),) = calls.values()
        assert opened["trigger_id"] == recorded(name)["trigger_id"]
        assert opened["view"]["title"]["text"] == "Det är sparat."


@pytest.mark.parametrize("name", ["shortcut_start", "button_home", "button_modal"])
def test_words_that_no_view_takes_any_more_are_said_directly(name: str) -> None:
    """A trigger lives three seconds, and a view until somebody closes it."""
    gone = {"views.open": "expired_trigger_id", "views.update": "not_found"}
    _, calls = answering(TOLD, name, refuses=gone)
    (told,) = calls["chat.postMessage"]
    assert (told["channel"], told["text"]) == ("D0LENA001", "Det är sparat.")
    assert told["mrkdwn"] is False, "what looks like markup in it is somebody's words"


@pytest.mark.parametrize("response", [TOLD, FORM], ids=["say", "open"])
def test_a_button_in_a_form_changes_the_form(response: Response) -> None:
    said, calls = answering(response, "button_modal")
    assert said is None
    (changed,) = calls.pop("views.update")
    seen = recorded("button_modal")["view"]
    assert (changed["view_id"], changed["hash"]) == (seen["id"], seen["hash"])
    metadata = json.loads(changed["view"]["private_metadata"])
    assert metadata["where"]["thread"] == ROOT
    assert not calls


ACTED = "command_nfc button_channel message_direct home_opened form_every_field button_modal".split()


@pytest.mark.parametrize("response", [TOLD, FORM], ids=["say", "open"])
@pytest.mark.parametrize("name", ACTED)
def test_an_answer_that_is_lost_harms_nothing(name: str, response: Response) -> None:
    ways = ("hook", "views.open", "views.update", "views.publish", "chat.postEphemeral", "chat.postMessage")

    async def story(on: Stage) -> None:
        on.slack.breaks, on.response = dict.fromkeys(ways, 502), response
        with capture_logs() as logged:
            lost = await on.play(name)
        assert (lost.status_code, len(on.events)) == (200, 1)
        assert lost.content or logged
        assert {line["action"] for line in logged} <= {"slack.answer_lost"}
        on.slack.breaks, on.response = {}, TOLD
        assert (await on.play("command_nfc", trigger_id="1.2.next")).json()["text"] == "Det är sparat."

    played(story)


SAID = {
    "away": " ".join(lines(CANNOT_SAVE)),
    "away in a form": CANNOT_SAVE_FIELD,
    "not opened": f"{NOT_OPENED} {OPEN_AGAIN}",
    "begin again": f"{NOT_OPENED} {BEGIN_AGAIN}",
    "unknown workspace": UNKNOWN_WORKSPACE,
}


@pytest.mark.parametrize("name", SAID)
def test_what_the_edge_says_is_plain_swedish(name: str) -> None:
    assert lint(SAID[name], "error") == []
    assert lint(OPEN, "button") == []

"""Through the whole edge: a form is followed by its mistakes, its next page, or words about it."""

import json
from typing import Any

import pytest

from bot.domain.events import FormSubmitted
from bot.messages.model import (
    ChoiceField,
    Form,
    Message,
    Open,
    Option,
    PeopleField,
    Quiet,
    Response,
    Say,
    TextField,
)
from bot.platforms.slack.listen.answers import UNREAD, UNREAD_FIELD
from bot.platforms.spoken import ENGLISH
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.recorded import recorded

TOKEN = "answer_form|runda-48|"
VOICE = TextField(key="voice", label="Vad säger eleverna?", required=True)


def form(errors: dict[str, str], *, token: str = TOKEN, **more: Any) -> Open:
    fields = more.get("fields", (VOICE,))
    return Open(form=Form(token=token, title="Svara", fields=fields, submit="Spara", errors=errors))


def submitting(response: Response, name: str) -> tuple[Any, list[str]]:
    said: list[Any] = []
    calls: list[str] = []

    async def story(on: Stage) -> None:
        on.response = response
        answer = await on.play(name)
        said.append(answer.json())
        calls.extend(call.method for call in on.slack.calls if call.method != "users.info")

    played(story)
    return said[0], calls


def test_a_form_from_a_channel_closes_and_words_follow_there() -> None:
    told = Say(message=Message(title="Det är sparat."))
    assert submitting(told, "form_every_field") == ({"response_action": "clear"}, ["chat.postEphemeral"])
    assert submitting(Quiet(), "form_every_field") == ({"response_action": "clear"}, [])


def test_a_form_without_a_channel_becomes_the_words() -> None:
    said, calls = submitting(Say(message=Message(title="Det är sparat.")), "form_direct")
    assert said["response_action"] == "update"
    assert said["view"]["title"]["text"] == "Det är sparat."
    assert json.loads(said["view"]["private_metadata"])["where"]["address"] == "T061EG9R6/@U0LENA001"
    assert not calls


def test_mistakes_stand_beside_their_fields() -> None:
    said, calls = submitting(form({"voice": "Skriv något."}), "form_direct")
    assert said == {"response_action": "errors", "errors": {"4f1b9c2e.voice": "Skriv något."}}
    assert not calls


def test_mistakes_that_no_field_has_are_told_and_what_was_written_is_kept() -> None:
    said, _ = submitting(form({"voice": "Kortare.", "all": "Någon hann före."}), "form_direct")
    shown = json.dumps(said["view"], ensure_ascii=False)
    assert said["response_action"] == "update"
    assert "Någon hann före." in shown
    assert "Kortare." in shown
    assert said["view"]["blocks"][-1]["element"]["initial_value"] == "Det går bra."


def test_mistakes_of_another_page_come_with_that_page() -> None:
    said, _ = submitting(form({"voice": "Skriv något."}, token="merge_form|x|"), "form_direct")
    assert said["response_action"] == "update"
    assert json.loads(said["view"]["private_metadata"])["token"] == "merge_form|x|"


def test_choices_and_people_are_kept_as_they_were_chosen() -> None:
    fields = (
        VOICE,
        ChoiceField(
            key="areas",
            label="Områden",
            several=True,
            options=tuple(Option(value=one, label=one) for one in ("reading", "maths", "music")),
        ),
        PeopleField(key="absent", label="Borta"),
    )
    said, _ = submitting(form({"all": "Någon hann före."}, fields=fields), "form_every_field")
    voice, areas, absent = (block["element"] for block in said["view"]["blocks"] if block["type"] == "input")
    assert voice["initial_value"] == "Eleverna läser högt.\nOch tyst."
    assert [one["value"] for one in areas["initial_options"]] == ["reading", "maths"]
    assert absent["initial_users"] == ["U0OMAR001", "U0SAM0001"]


def test_the_next_page_is_a_step_of_its_own() -> None:
    said, calls = submitting(form({}), "form_direct")
    metadata = json.loads(said["view"]["private_metadata"])
    assert said["response_action"] == "update"
    assert metadata["nonce"] != "4f1b9c2e"
    assert said["view"]["blocks"][-1]["block_id"] == f"{metadata['nonce']}.voice"
    assert not calls


def test_a_form_sent_again_as_it_was_is_the_same_happening() -> None:
    """Whether it was refused or done the first time: the inbox knows which, also after a restart."""

    async def story(on: Stage) -> None:
        await on.play("form_direct")
        await on.play("form_direct")
        assert len({event.id for event in on.events}) == 1

    played(story)


def test_a_form_that_only_asks_whether_says_when_it_could_not_be_saved() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        payload = recorded("form_direct")
        payload["view"] |= {"blocks": [], "state": {"values": {}}}
        said = (await on.send(payload)).json()
        assert said["response_action"] == "update"
        assert said["view"]["title"]["text"] == "Nuläge"

    played(story)


def test_slack_is_waited_for_once_however_much_it_is_asked() -> None:
    """Names, and then who is in a private channel: both in the time that one may take."""

    async def story(on: Stage) -> None:
        on.edge._patience = 0.05
        on.slack.silent = {"users.info"}
        payload = recorded("form_every_field")
        metadata = json.loads(payload["view"]["private_metadata"])
        metadata["where"]["private"] = True
        payload["view"]["private_metadata"] = json.dumps(metadata)
        assert (await on.send(payload)).status_code == 200
        (event,) = on.events
        assert isinstance(event, FormSubmitted)
        assert not event.where.private, "nobody has vouched for it"
        assert on.slack.made("conversations.members") == []

    played(story)


@pytest.mark.parametrize("surely_read", [True, False], ids=["with words", "without"])
def test_a_form_that_cannot_be_read_is_told_of_in_its_senders_language(*, surely_read: bool) -> None:
    async def story(on: Stage) -> None:
        on.edge._speaks = lambda who: "en" if who.user == "T061EG9R6/U0LENA001" else "sv"
        payload = recorded("form_direct")
        payload["view"]["private_metadata"] = ""
        if not surely_read:
            payload["view"] |= {"blocks": [], "state": {"values": {}}}
        said = str((await on.send(payload)).json())
        assert ENGLISH[UNREAD_FIELD if surely_read else UNREAD.title] in said
        assert "Stäng" not in said
        payload["user"] = {"id": "?"}
        assert (UNREAD_FIELD if surely_read else UNREAD.title) in str((await on.send(payload)).json())

    played(story)

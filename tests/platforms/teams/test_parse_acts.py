"""Buttons, forms, dialogs and message extensions: what was pressed or filled in, on what, and who waits."""

from dataclasses import replace

import pytest

from bot.domain.events import FormSubmitted, MessageSaved, Pressed
from bot.domain.school import Account, Place
from bot.messages.tokens import LONGEST_TOKEN
from bot.platforms.teams.parse.values import ShowAgain
from tests.platforms.teams.reading import happened, heard, outcome, read
from tests.teams import payloads
from tests.teams.payloads import AT, CHANNEL, GROUP, LENA, PERSONAL, SAM, Where, filled
from tests.teams.state import APP, TENANT, Json

ROOT, CARD = "1795440000000", "1795441000000"
THREAD = replace(CHANNEL, root=ROOT)
ADDRESS = f"{TENANT}/{CHANNEL.id}"
FORM = {"text": "Läsgrupperna går bra.", "group": "3,7", "who": f"{TENANT}/{LENA.aad}"}


def test_a_button_in_a_thread() -> None:
    found = heard(payloads.pressed(LENA, THREAD, "answer|r1|", on=CARD, id="f:1"))
    assert found.event == Pressed(
        id=f"teams:{TENANT}:{CHANNEL.id}:f:1",
        at=AT,
        who=Account(platform="teams", user=f"{TENANT}/{LENA.aad}"),
        where=Place(platform="teams", address=ADDRESS, thread=ROOT),
        token="answer|r1|",
        reference=CARD,
        in_place=True,
    )
    assert (found.way.surface, found.way.asks, found.way.reference) == ("card", "card", CARD)
    assert len(found.learnt) == 2


@pytest.mark.parametrize(
    ("where", "on", "thread", "reference"),
    [
        (THREAD, ROOT, None, ROOT),
        (THREAD, "", None, ROOT),
        (THREAD, CARD, ROOT, CARD),
        (CHANNEL, CARD, None, CARD),
        (GROUP, CARD, None, CARD),
        (PERSONAL, "1:abc", None, "1:abc"),
        (PERSONAL, "", None, ""),
    ],
)
def test_on_what_a_button_sits(where: Where, on: str, thread: str | None, reference: str) -> None:
    found = happened(Pressed, payloads.pressed(LENA, where, "t||", on=on))
    assert (found.where.thread, found.reference) == (thread, reference)


def test_an_action_submit_comes_as_a_message_and_nobody_waits() -> None:
    found = heard(payloads.submitted(LENA, THREAD, {"token": "answer|r1|"}, on=CARD))
    assert isinstance(found.event, Pressed)
    assert (found.event.token, found.event.reference, found.event.in_place) == ("answer|r1|", CARD, False)
    assert (found.way.surface, found.way.asks) == ("card", "nothing")
    assert outcome(read(payloads.submitted(LENA, THREAD, {"annat": "x"}))) == "no_token"
    form = payloads.submitted(LENA, THREAD, filled("form|x|", FORM))
    assert (heard(form).way.surface, heard(form).way.asks) == ("form", "nothing")


def test_a_window_is_opened_with_the_token_of_the_button() -> None:
    data = {"msteams": {"type": "task/fetch"}, "token": "answer|r1|"}
    found = heard(payloads.task(LENA, THREAD, "fetch", data, on=CARD))
    assert isinstance(found.event, Pressed)
    assert (found.event.token, found.event.reference, found.event.in_place) == ("answer|r1|", CARD, False)
    assert found.way.asks == "task"


@pytest.mark.parametrize("token", [None, "", 7, "x" * (LONGEST_TOKEN + 1), " x", "x\x00", ["x"]])
def test_what_is_no_token_of_ours_is_not_pressed(token: object) -> None:
    assert outcome(read(payloads.execute(LENA, THREAD, "press", {"token": token}))) == "unreadable"
    form = {**filled("x", {}), "form": token}
    assert outcome(read(payloads.execute(LENA, THREAD, "send", form))) == "unreadable"


def test_a_form_in_a_thread() -> None:
    data = filled("answer_form|r1|", FORM, opened_from=CARD, thread=ROOT, several=["group"])
    found = heard(payloads.execute(LENA, THREAD, "send", data, on=CARD))
    assert isinstance(found.event, FormSubmitted)
    assert found.event.values == {
        "text": ("Läsgrupperna går bra.",),
        "group": ("3", "7"),
        "who": (f"{TENANT}/{LENA.aad}",),
    }
    assert found.event.token == "answer_form|r1|"
    assert found.event.where == Place(platform="teams", address=ADDRESS, thread=ROOT)
    assert (found.way.surface, found.way.asks, found.way.reference) == ("form", "card", CARD)


def test_a_form_sent_twice_is_the_same_and_with_other_words_another() -> None:
    def id_of(**values: str) -> str:
        return heard(payloads.execute(LENA, THREAD, "send", filled("x||", values))).event.id

    assert id_of(text="Ett") == id_of(text="Ett")
    assert id_of(text="Ett") != id_of(text="Två")
    assert id_of(text="Ett").startswith("teams:form:0a1b2c3d:")


def test_a_field_that_was_left_empty_is_empty_and_a_comma_is_part_of_a_text() -> None:
    data = filled("x||", {"a": "", "b": " ", "c": "ett, två", "d": "1,,2"}, several=["d"])
    del data["f0"]
    found = happened(FormSubmitted, payloads.execute(LENA, PERSONAL, "send", data))
    assert found.values == {"a": (), "b": (), "c": ("ett, två",), "d": ("1", "2")}


@pytest.mark.parametrize(
    ("where", "claimed", "opened_from", "thread"),
    [
        (THREAD, "1790000000000", CARD, ROOT),
        (THREAD, "", ROOT, None),
        (CHANNEL, ROOT, CARD, ROOT),
        (CHANNEL, "", "", None),
        (PERSONAL, ROOT, "", None),
        (GROUP, ROOT, CARD, None),
    ],
)
def test_a_conversation_that_names_its_thread_is_believed_before_the_form(
    where: Where, claimed: str, opened_from: str, thread: str | None
) -> None:
    data = filled("x||", {}, opened_from=opened_from, thread=claimed)
    for sent in (payloads.execute(LENA, where, "send", data), payloads.task(LENA, where, "submit", data)):
        assert happened(FormSubmitted, sent).where.thread == thread


@pytest.mark.parametrize(
    "broken",
    [
        {"nonce": "ABC"},
        {"nonce": None},
        {"from": "../.."},
        {"from": 0},
        {"thread": 7},
        {"keys": [7]},
        {"keys": ["å ä"]},
        {"keys": ["k"] * 101},
    ],
)
def test_a_form_whose_data_cannot_be_ours_is_refused(broken: Json) -> None:
    data = {**filled("x||", {"a": "b"}), **broken}
    assert outcome(read(payloads.execute(LENA, CHANNEL, "send", data))) == "unreadable"


def test_a_dialog_and_an_extension_wait_for_their_own_answers() -> None:
    data = filled("x||", {"a": "b"})
    dialog, extension = (
        payloads.task(LENA, THREAD, "submit", data),
        payloads.extension_sent(LENA, THREAD, data),
    )
    assert (heard(dialog).way.surface, heard(dialog).way.asks) == ("dialog", "task")
    assert (heard(extension).way.surface, heard(extension).way.asks) == ("extension", "extension")
    assert [one.kind for one in heard(extension).learnt] == ["personal"]


def test_a_button_in_a_dialog_is_a_button() -> None:
    dialog = payloads.task(LENA, THREAD, "submit", {"token": "undo|n1|"})
    extension = payloads.extension_sent(LENA, THREAD, {"token": "undo|n1|"})
    assert (happened(Pressed, dialog).token, heard(dialog).way.asks) == ("undo|n1|", "task")
    assert (happened(Pressed, extension).token, heard(extension).way.asks) == ("undo|n1|", "extension")


def test_a_form_that_is_closed_shows_the_message_again() -> None:
    again = read(payloads.execute(LENA, THREAD, "show", {"from": CARD}, on="1795449999999"))
    assert isinstance(again, ShowAgain)
    assert (again.place_key, again.way.reference, again.way.asks) == (CHANNEL.id, CARD, "card")
    assert (again.way.opened_from, again.way.sits) == (CARD, "1795449999999")
    alone = read(payloads.execute(LENA, PERSONAL, "show", {}, on="1:abc"))
    assert isinstance(alone, ShowAgain)
    assert (alone.place_key, alone.way.reference) == (f"@{LENA.aad}", "1:abc")


HTML = "<div><p>Fler &amp; fler läser <b>högt</b>.</p><p>Bra!</p></div>"


def test_a_message_is_saved_from_its_menu() -> None:
    found = heard(payloads.message_saved(LENA, CHANNEL, SAM, HTML, kept="1795443300000", root=ROOT))
    assert isinstance(found.event, MessageSaved)
    assert found.event.text == "Fler & fler läser högt.\nBra!"
    assert (found.event.reference, found.event.where.thread) == ("1795443300000", ROOT)
    assert found.event.author == Account(platform="teams", user=f"{TENANT}/{SAM.aad}")
    assert found.event.author.name == "Sam Ek"
    assert (found.way.surface, found.way.asks) == ("extension", "extension")
    assert [one.kind for one in found.learnt] == ["personal"]


def test_a_saved_message_of_no_person_of_ours_has_no_author() -> None:
    by_bot = payloads.message_saved(LENA, CHANNEL, None, HTML, kept=ROOT)
    assert happened(MessageSaved, by_bot).author is None
    elsewhere = payloads.message_saved(LENA, CHANNEL, SAM, HTML, kept=ROOT)
    elsewhere["value"]["messagePayload"]["from"]["user"]["userIdentityType"] = "federatedUser"
    assert happened(MessageSaved, elsewhere).author is None
    ourselves = payloads.message_saved(LENA, CHANNEL, replace(SAM, aad=APP), HTML, kept=ROOT)
    assert happened(MessageSaved, ourselves).author is None


@pytest.mark.parametrize(
    ("content", "mention"),
    [
        ('<p><at id="0">Nuläge</at>&nbsp;<at id="1">Nils</at> läste högt.</p>', "Nuläge"),
        ("<at>Nuläge</at>Nils läste högt.", "<at>Nuläge</at>"),
    ],
)
def test_the_bots_own_name_is_not_saved(content: str, mention: str) -> None:
    activity = payloads.message_saved(LENA, CHANNEL, SAM, content, kept=ROOT)
    us = {"application": {"applicationIdentityType": "bot", "id": APP, "displayName": "Nuläge"}}
    activity["value"]["messagePayload"]["mentions"] = [
        {"id": 0, "mentionText": mention, "mentioned": us},
        {"id": 1, "mentionText": "Nils", "mentioned": {"user": {"id": SAM.aad}}},
    ]
    assert happened(MessageSaved, activity).text == "Nils läste högt."


def test_ones_own_message_may_be_told_by_the_id_one_has_for_the_bot() -> None:
    activity = payloads.message_saved(LENA, CHANNEL, SAM, HTML, kept=ROOT)
    activity["value"]["messagePayload"]["from"]["user"]["id"] = "29:0001"
    assert happened(MessageSaved, activity).author == happened(MessageSaved, activity).who


def test_a_card_of_a_bots_is_saved_without_its_words() -> None:
    card = payloads.message_saved(LENA, CHANNEL, None, "", kept=ROOT)
    assert outcome(read(card)) == "no_words"
    card["value"]["messagePayload"]["attachments"] = [{"id": "0", "content": "{}"}]
    found = happened(MessageSaved, card)
    assert (found.text, found.author) == ("", None)
    picture = payloads.message_saved(LENA, CHANNEL, SAM, "", kept=ROOT)
    picture["value"]["messagePayload"]["attachments"] = [{"id": "0", "contentType": "image/png"}]
    assert outcome(read(picture)) == "no_words"


def test_what_is_not_saved() -> None:
    assert outcome(read(payloads.message_saved(LENA, CHANNEL, SAM, "<p> </p>", kept=ROOT))) == "no_words"
    other = payloads.message_saved(LENA, CHANNEL, SAM, HTML, kept=ROOT)
    other["value"]["commandId"] = "another"
    assert outcome(read(other)) == "unknown_extension"
    nothing = payloads.invoke(LENA, CHANNEL, "composeExtension/fetchTask", {"commandId": "saveNote"})
    assert outcome(read(nothing)) == "unknown_extension"


def test_what_nobody_of_ours_asks() -> None:
    assert outcome(read(payloads.invoke(LENA, CHANNEL, "signin/verifyState", {}))) == "unknown_invoke"
    assert outcome(read(payloads.execute(LENA, CHANNEL, "refresh", {}))) == "unknown_verb"
    assert outcome(read(payloads.activity(LENA, CHANNEL, "messageReaction"))) == "unwatched"

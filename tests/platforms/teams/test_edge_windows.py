"""Through the whole edge: what a window of its own shows, from a card's button or a message's menu."""

from typing import Any

import pytest

from bot.messages.model import Button, Choices, Form, Message, Open, Paragraph, Quiet, Say, TextField
from bot.platforms.teams.listen import words
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD
from tests.klarsprak import lint
from tests.platforms.teams.edge_stage import Stage, data_of, dialog_in, played, popup_in, texts
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, SAM
from tests.teams.state import Json
from tests.teams.strict_cards import faults

ROOT = "1795443300000"
LINE = Say(message=Message(title="Tack, det är sparat."))
LONG = Say(message=Message(title="Så ser det ut.", blocks=(Paragraph(text="Tre insatser pågår."),)))
VOICE = TextField(key="voice", label="Vad hände?")
FORM = Form(token="answer_form|r48|", title="Svara", fields=(VOICE,), submit="Spara")


def test_a_form_opens_in_a_window() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        answer = await on.ask(payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT))
        assert answer["task"]["value"]["title"] == "Svara"
        assert data_of(dialog_in(answer))["form"] == FORM.token
        assert faults(dialog_in(answer)) == []

    played(story)


def test_a_window_that_has_nothing_to_ask_tells() -> None:
    async def story(on: Stage) -> None:
        window = {"token": "begin||"}
        for response, told in ((LINE, "Tack, det är sparat."), (Quiet(), words.DONE)):
            on.response = response
            assert popup_in(await on.ask(payloads.task(LENA, CHANNEL, "fetch", window, on=ROOT))) == told
        on.response = LONG
        answer = await on.ask(payloads.task(LENA, CHANNEL, "fetch", window, on=ROOT))
        assert "Tre insatser pågår." in texts(dialog_in(answer))
        assert on.said == []

    played(story)


def test_what_has_buttons_is_said_where_buttons_work() -> None:
    """Action.Execute belongs to messages; a window knows Action.Submit only."""

    async def story(on: Stage) -> None:
        button = Choices(buttons=(Button(label="Dela", token="share||"),))
        on.response = Say(message=Message(title="Så ser det ut.", blocks=(button,)))
        answer = await on.ask(payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT))
        assert popup_in(answer) == words.BESIDE
        (said,) = on.said
        assert "share||" in said.words

    played(story)


def test_words_to_keep_are_answered_in_the_extension() -> None:
    async def story(on: Stage) -> None:
        def sent() -> Json:
            return payloads.message_saved(LENA, CHANNEL, SAM, "<p>Det gick bra.</p>", kept=ROOT)

        on.response = LINE
        assert popup_in(await on.ask(sent())) == "Tack, det är sparat."
        on.response = Open(form=FORM)
        data = data_of(dialog_in(await on.ask(sent())))
        on.response = LONG
        answer = await on.ask(payloads.extension_sent(LENA, CHANNEL, data | {"f0": "Hej"}))
        assert "Tre insatser pågår." in texts(dialog_in(answer))
        assert on.said == []

    played(story)


@pytest.mark.parametrize("name", ["signin/verifyState", "fileConsent/invoke", "composeExtension/query", 7])
def test_an_invoke_that_we_know_nothing_of_is_let_be(name: Any) -> None:
    async def story(on: Stage) -> None:
        sent = payloads.invoke(LENA, CHANNEL, "x", {}) | {"name": name}
        assert await on.ask(sent) is None
        assert on.counts == {"ignored_unknown_invoke": 1}

    played(story)


def test_every_line_of_our_own_is_plain_swedish() -> None:
    """What stands under a line of ours can only be read by who asked; it is as plain as the core's."""
    lines = (words.UNREAD, words.UNKNOWN_TENANT, words.DONE, words.BESIDE, words.CLOSED, words.NOT_SAVED)
    new = (
        words.EARLIER,
        words.EARLIER_NEXT,
        words.EARLIER_CHOSEN,
        words.STAYS,
        words.OPEN_AGAIN,
        words.TOO_LARGE,
    )
    fields = (CANNOT_SAVE_FIELD, words.SLOW_FIELD)
    whole = (CANNOT_SAVE, words.SLOW, words.UNREAD_FORM, words.MEMBERS_AWAY, words.KEPT, words.TAKEN)
    for line in (*lines, *new, *fields, *map(words.in_words, whole)):
        assert lint(line) == [], line

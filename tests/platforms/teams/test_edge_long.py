"""Through the whole edge: what needs more than one card comes whole to a window, and so do words."""

import asyncio
from datetime import datetime
from typing import Any

from bot.domain.events import Event, FormSubmitted
from bot.messages.model import Message, Open, Paragraph, Response, Say, TextField
from bot.platforms.teams.listen import words
from bot.platforms.teams.render.limits import FORM as ROOM
from bot.platforms.teams.render.limits import weight
from bot.platforms.unsaved import CANNOT_SAVE
from tests.each import each
from tests.platforms.teams.edge_stage import Stage, data_of, dialog_in, played, texts
from tests.platforms.teams.test_edge_windows import FORM
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA
from tests.teams.state import Json
from tests.teams.strict_cards import faults
from tests.waiting import DEADLINE, until

ROOT = "1795443300000"
A, B = "Vi såg " + "ord " * 2200 + "SLUTA", "Och sedan " + "ord " * 2200 + "SLUTB"
MUCH = Message(title="Så ser det ut.", blocks=(Paragraph(text=A), Paragraph(text=B)))
UNKNOWN = {
    "form": "answer_form|r48|",
    "nonce": "0a0a0a0a",
    "from": "",
    "thread": "",
    "keys": ["a", "b"],
    "several": [],
    "people": [],
    "f0": A,
    "f1": B,
}


def in_boxes(answer: Any) -> list[str]:
    """What stands in the inputs of the card in the dialog."""
    card = dialog_in(answer)
    assert [one for one in faults(card) if not one.endswith("bytes")] == []
    assert weight(card) <= ROOM
    return [one["value"] for one in card["body"] if one["type"] == "Input.Text"]


def in_window(kind: str, data: Json) -> Json:
    if kind == "extension":
        return payloads.extension_sent(LENA, CHANNEL, data)
    return payloads.task(LENA, CHANNEL, "submit", data, on=ROOT)


def test_a_long_answer_in_a_window_goes_on_beside_it() -> None:
    async def story(on: Stage) -> None:
        on.response = Say(message=MUCH)
        answer = await on.ask(payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT))
        card = dialog_in(answer)
        assert faults(card) == []
        assert ["Vi såg" in texts(card), "SLUTB" in texts(card)] == [True, False]
        said = "".join(one.words for one in on.said)
        assert ["Vi såg" in said, "SLUTB" in said] == [False, True], "nothing twice, and nothing cut"

    played(story)


@each("kind", ["task", "extension"])
def test_words_that_could_not_be_saved_come_back_whole(kind: str) -> None:
    """Of a form that this process did not show: nothing but the window has them."""

    async def story(on: Stage) -> None:
        on.response = Say(message=CANNOT_SAVE, became="failed")
        answer = await on.ask(in_window(kind, UNKNOWN))
        assert in_boxes(answer) == [A, B]
        assert words.NOT_SAVED in texts(dialog_in(answer))
        assert on.said == []

    played(story)


@each("kind", ["task", "extension"])
def test_words_in_a_form_that_nobody_can_read_come_back_whole(kind: str) -> None:
    async def story(on: Stage) -> None:
        answer = await on.ask(in_window(kind, {"f0-00000000": A, "f1-00000000": B, "nonce": "?"}))
        assert in_boxes(answer) == [A, B]
        assert on.events == []

    played(story)


def test_words_come_back_whole_when_we_fail_ourselves() -> None:
    def no_clock() -> datetime:
        raise OSError("the clock cannot be read")

    async def story(on: Stage) -> None:
        assert in_boxes(await on.ask(in_window("task", UNKNOWN))) == [A, B]
        assert on.counts["failed"] == 1

    played(story, now=no_clock)


def test_words_that_came_too_late_come_back_whole_with_the_answer_to_the_first() -> None:
    async def story(on: Stage) -> None:
        go = asyncio.Event()
        voices = tuple(TextField(key=key, label=key) for key in "ab")
        form, done = FORM.but(fields=voices), []

        async def slowly(event: Event) -> Response:
            if not isinstance(event, FormSubmitted):
                return Open(form=form)
            await go.wait()
            done.append(event)
            return Say(message=Message(title="Tack, det är sparat."))

        on.behind = slowly
        shown = await on.ask(payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT))
        data = data_of(dialog_in(shown))
        on.edge._patience = 0.0
        await on.ask(in_window("task", data | {"f0": "Halvklass"}))
        go.set()
        await until(lambda: bool(done))
        on.edge._patience = DEADLINE
        answer = await on.ask(in_window("task", data | {"f0": A, "f1": B}))
        assert in_boxes(answer) == [A, B]
        for told in ("Tack, det är sparat.", words.EARLIER, words.EARLIER_NEXT):
            assert told in texts(dialog_in(answer))
        assert len(done) == 1

    played(story)

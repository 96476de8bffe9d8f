"""Through the whole edge: the form in a card when the same form was moved to a window and sent there."""

import asyncio
from collections.abc import Callable

from bot.domain.events import Event, FormSubmitted
from bot.messages.model import Form, Message, Open, Paragraph, Quiet, Response, Say, TextField
from bot.platforms.teams.listen import words
from bot.platforms.teams.listen.reach import place_of
from bot.platforms.teams.listen.writing import AGAIN
from bot.platforms.teams.send.errors import refusal
from bot.platforms.unsaved import CANNOT_SAVE
from tests.each import each
from tests.klarsprak import lint
from tests.platforms.teams.edge_stage import Stage, card_in, data_of, dialog_in, played, texts
from tests.teams import payloads
from tests.teams.fake_strict import activity_problems
from tests.teams.payloads import CHANNEL, LENA, SAM
from tests.teams.state import Json

ROOT = "1795443300000"
STANDING = Message(title="Avstämning för vecka 48", blocks=(Paragraph(text="Två av fem har svarat."),))
FORM = Form(
    token="answer_form|r48|",
    title="Svara",
    fields=(TextField(key="voice", label="Vad hände?"),),
    submit="Spara",
)
SAVED = Say(message=Message(title="Tack, det är sparat."))
FAILED = Say(message=CANNOT_SAVE, became="failed")


def opens_then(response: Response) -> Callable[[Event], Response]:
    def respond(event: Event) -> Response:
        return response if isinstance(event, FormSubmitted) else Open(form=FORM)

    return respond


async def in_card(on: Stage, who: payloads.Who = LENA) -> Json:
    """The data of the form that stands in the card for them."""
    return data_of(card_in(await on.ask(payloads.pressed(who, CHANNEL, "begin||", on=ROOT))))


async def send_in_window(on: Stage, text: str = "Det gick bra.") -> None:
    opened = await on.ask(payloads.task(LENA, CHANNEL, "fetch", {"token": "begin||"}, on=ROOT))
    data = data_of(dialog_in(opened))
    await on.ask(payloads.task(LENA, CHANNEL, "submit", data | {f"f0-{data['mark']}": text}, on=ROOT))


@each("response", [SAVED, Quiet()], told=lambda one: type(one).__name__)
def test_what_stood_there_is_put_back_when_the_window_is_sent(response: Response) -> None:
    async def story(on: Stage) -> None:
        on.response, on.stands = opens_then(response), {ROOT: STANDING}
        await in_card(on)
        await send_in_window(on)
        (put,) = on.connector.changed
        assert (put.to, put.activity["id"]) == (CHANNEL.id, ROOT)
        assert "Två av fem har svarat." in put.words
        assert activity_problems({key: one for key, one in put.activity.items() if key != "id"}) == []

    played(story)


def test_a_busy_store_is_waited_for_since_nobody_else_waits() -> None:
    async def story(on: Stage) -> None:
        on.response, on.stands = opens_then(SAVED), {ROOT: STANDING}
        on.before_standing = lambda: asyncio.sleep(0)
        await in_card(on)
        await send_in_window(on)
        assert len(on.connector.changed) == 1

    played(story, aside=0.0)


def test_nothing_is_put_back_before_it_is_saved_nor_where_nothing_of_ours_stands() -> None:
    async def story(on: Stage) -> None:
        on.response = opens_then(FAILED)
        on.stands = {ROOT: STANDING}
        await in_card(on)
        await send_in_window(on)
        on.response, on.stands = opens_then(SAVED), {}
        await send_in_window(on)
        assert on.connector.changed == []

    played(story)


def test_it_waits_for_who_writes_there_and_for_teams() -> None:
    async def story(on: Stage) -> None:
        on.response, on.stands = opens_then(SAVED), {ROOT: STANDING}
        await in_card(on)
        data = await in_card(on, SAM)
        where = place_of(on.events[0])
        on.connector.refuses = {"change": refusal(429, "", creates=False, retry_after=3.0)}

        def rested() -> None:
            if len(on.rests) == 1:
                assert on.connector.changed == [], "Sam has words in the form that stands there"
                on.edge.writing.end(where, ROOT, SAM.aad)
            else:
                on.connector.refuses.clear()

        on.rest_over = rested
        await send_in_window(on)
        assert data["from"] == ROOT
        assert len(on.connector.changed) == 1
        assert on.rests == [AGAIN, 3.0]

    played(story)


def test_what_is_put_back_is_what_holds_when_it_may_be() -> None:
    async def story(on: Stage) -> None:
        on.response, on.stands = opens_then(SAVED), {ROOT: STANDING}
        await in_card(on)
        on.connector.refuses = {"change": refusal(429, "", creates=False, retry_after=3.0)}

        def rested() -> None:
            on.connector.refuses.clear()
            on.stands[ROOT] = STANDING.but(blocks=(Paragraph(text="Tre av fem har svarat."),))

        on.rest_over = rested
        await send_in_window(on)
        (put,) = on.connector.changed
        assert "Tre av fem har svarat." in put.words

    played(story)


def test_the_form_that_stands_there_still_is_not_taken_too() -> None:
    async def story(on: Stage) -> None:
        on.response = opens_then(SAVED)
        data = await in_card(on)
        await send_in_window(on)
        before = len(on.events)
        sent = data | {f"f0-{data['mark']}": "Något mer."}
        answer = texts(card_in(await on.ask(payloads.execute(LENA, CHANNEL, "send", sent, on=ROOT))))
        assert words.SENT_IN_WINDOW in answer
        assert "Något mer." in answer, "what was written is there to be copied"
        assert len(on.events) == before
        on.stands = {ROOT: STANDING}
        answer = texts(card_in(await on.ask(payloads.execute(LENA, CHANNEL, "send", data, on=ROOT))))
        assert "Två av fem har svarat." in answer
        assert words.SENT_IN_WINDOW in on.said[-1].words

    played(story)


def test_a_form_that_is_opened_anew_is_taken_as_any_other() -> None:
    async def story(on: Stage) -> None:
        on.response, on.stands = opens_then(SAVED), {ROOT: STANDING}
        await in_card(on)
        await send_in_window(on)
        data = await in_card(on)
        before = len(on.events)
        await on.ask(payloads.execute(LENA, CHANNEL, "send", data | {f"f0-{data['mark']}": "Mer."}, on=ROOT))
        assert len(on.events) == before + 1

    played(story)


def test_it_is_said_in_plain_swedish() -> None:
    assert not list(lint(words.SENT_IN_WINDOW))

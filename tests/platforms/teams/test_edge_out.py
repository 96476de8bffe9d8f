"""Through the whole edge: what whoever acted hears, in the HTTP answer and beside it."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from bot.messages.model import (
    Button,
    Choices,
    Form,
    Message,
    Open,
    Paragraph,
    Quiet,
    Response,
    Say,
    TextField,
)
from bot.platforms.teams.listen import words
from bot.platforms.teams.send.errors import refusal
from tests.platforms.teams.edge_stage import (
    Stage,
    card_in,
    data_of,
    played,
    texts,
    words_in,
)
from tests.teams import payloads
from tests.teams.fake_strict import activity_problems
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL
from tests.teams.state import Json
from tests.teams.strict_cards import faults
from tests.waiting import until

ROOT = "1795443300000"
BUTTON = Choices(buttons=(Button(label="Svara", token="begin||"),))
STANDING = Message(title="Avstämning för vecka 48", blocks=(Paragraph(text="Två av fem har svarat."), BUTTON))
LINE = Say(message=Message(title="Tack, det är sparat."))
LONG = Say(message=Message(title="Så ser det ut.", blocks=(Paragraph(text="Tre insatser pågår."),)))
FORM = Form(
    token="answer_form|r48|",
    title="Svara",
    fields=(TextField(key="voice", label="Vad hände?"),),
    submit="Spara",
)
NOT_TARGETED = refusal(400, "BadArgument", creates=True)


def press() -> Json:
    return payloads.pressed(LENA, CHANNEL, "begin||", on=ROOT)


def written(where: payloads.Where = CHANNEL) -> Json:
    return payloads.message(LENA, where, "/nuläge", to_bot=where is not PERSONAL)


@pytest.mark.parametrize("response", [Quiet(), LINE, LONG], ids=["quiet", "line", "long"])
def test_a_press_is_answered_with_the_message_as_it_now_stands(response: Response) -> None:
    async def story(on: Stage) -> None:
        on.response = response
        on.stands = {ROOT: STANDING}
        card = card_in(await on.ask(press()))
        assert "Två av fem har svarat." in texts(card)
        assert faults(card) == []
        assert len(on.said) == (0 if isinstance(response, Quiet) else 1)

    played(story)


def test_what_is_said_beside_is_seen_by_them_alone_in_their_thread() -> None:
    async def story(on: Stage) -> None:
        on.response = LONG
        on.stands = {ROOT: STANDING}
        thread = payloads.Where(CHANNEL.id, "channel", root=ROOT, team=CHANNEL.team)
        await on.ask(payloads.pressed(LENA, thread, "begin||", on="1795443300009"))
        (said,) = on.said
        assert (said.to, said.thread, said.only) == (CHANNEL.id, ROOT, "29:0001")
        assert "Tre insatser pågår." in said.words
        assert activity_problems(said.activity) == []

    played(story)


def test_in_a_group_chat_there_are_no_threads() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        await on.send(written(GROUP))
        (said,) = on.said
        assert (said.to, said.thread, said.only) == (GROUP.id, None, "29:0001")

    played(story)


def test_in_their_own_chat_it_is_an_ordinary_message() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        await on.send(written(PERSONAL))
        (said,) = on.said
        assert (said.to, said.thread, said.only) == (PERSONAL.id, None, "")
        assert on.connector.begun == 0

    played(story)


def test_where_nobody_can_be_spoken_to_alone_it_is_said_in_their_own_chat() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        on.connector.refuses = {"targeted": NOT_TARGETED}
        await on.send(written())
        await on.send(written() | {"timestamp": "2026-11-26T14:06:00.000Z"})
        assert [(said.to, said.only) for said in on.said] == [(f"a:{LENA.aad}", "")] * 2
        assert on.connector.begun == 1

    played(story)


@pytest.mark.parametrize("what", ["post", "begin_chat"])
def test_an_answer_that_cannot_be_given_is_lost_without_a_name(what: str) -> None:
    blocked = refusal(403, "MessageWritesBlocked", creates=True)

    async def story(on: Stage) -> None:
        on.response = LONG
        on.connector.refuses = {"targeted": NOT_TARGETED, what: blocked}
        with capture_logs() as log:
            assert (await on.send(written())).status_code == 200
        assert on.said == []
        lost = [line["code"] for line in log if line["action"] == "teams.answer_lost"]
        assert lost == ["MessageWritesBlocked"]
        assert "Lena" not in str(log)
        assert "insatser" not in str(log)

    played(story)


def test_without_a_known_place_nothing_is_guessed() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        sent = written()
        sent["from"]["tenantId"] = "99999999-0000-4000-8000-000000000000"
        on.connector.refuses = {"targeted": NOT_TARGETED}
        assert (await on.send(sent)).status_code == 200
        assert on.said == []

    played(story)


def test_where_nothing_is_known_to_stand_the_words_are_the_answer() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        assert words_in(await on.ask(press())) == "Tack, det är sparat."
        assert on.said == []
        on.response = Quiet()
        assert words_in(await on.ask(press())) == words.DONE
        on.response = LONG
        assert words_in(await on.ask(press())) == words.BESIDE
        (said,) = on.said
        assert "Tre insatser pågår." in said.words

    played(story)


def test_what_stands_cannot_be_had_is_no_reason_to_fail() -> None:
    async def story(on: Stage) -> None:
        async def fall() -> None:
            raise ConnectionError("the store is away")

        on.stands, on.response, on.before_standing = {ROOT: STANDING}, LINE, fall
        assert words_in(await on.ask(press())) == "Tack, det är sparat."

    played(story)


def test_what_stands_is_not_waited_for_when_it_is_slow() -> None:
    async def story(on: Stage) -> None:
        on.stands, on.response, on.before_standing = {ROOT: STANDING}, LINE, asyncio.Event().wait
        assert words_in(await on.ask(press())) == "Tack, det är sparat."

    played(story, aside=0.0)


def test_an_answer_does_not_wait_for_what_is_said_beside_it() -> None:
    async def story(on: Stage) -> None:
        go, reached = asyncio.Event(), asyncio.Event()

        async def slowly() -> None:
            reached.set()
            await go.wait()

        on.connector.before = slowly
        on.response, on.stands = LONG, {ROOT: STANDING}
        answer = await on.post(json.dumps(press()).encode())
        assert answer.status_code == 200
        await until(reached.is_set)
        assert on.said == []
        go.set()
        await on.edge.finish()
        assert len(on.said) == 1

    played(story)


def test_a_form_opens_in_the_place_of_the_card() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        on.stands = {ROOT: STANDING}
        card = card_in(await on.ask(press()))
        data = data_of(card)
        assert (data["form"], data["from"], data["keys"]) == (FORM.token, ROOT, ["voice"])
        assert '"token": "begin||"' in texts(card)
        assert faults(card) == []
        assert on.said == []

    played(story)


def test_a_form_that_was_asked_for_in_words_is_a_message_of_its_own() -> None:
    async def story(on: Stage) -> None:
        on.response = Open(form=FORM)
        await on.send(written())
        (said,) = on.said
        assert said.only == "29:0001"
        data = data_of(said.activity["attachments"][0]["content"])
        assert (data["form"], data["from"]) == (FORM.token, "")
        assert activity_problems(said.activity) == []

    played(story)


def test_the_message_as_it_stands_is_shown_again() -> None:
    async def story(on: Stage) -> None:
        on.stands = {ROOT: STANDING}
        shut = payloads.execute(LENA, CHANNEL, "show", {"from": ROOT}, on=ROOT)
        assert "Två av fem har svarat." in texts(card_in(await on.ask(shut)))
        alone = payloads.execute(LENA, CHANNEL, "show", {"from": ""}, on="1795443300099")
        assert words.CLOSED in texts(card_in(await on.ask(alone)))
        assert on.events == []

    played(story)

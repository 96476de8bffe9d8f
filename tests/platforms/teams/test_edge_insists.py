"""Through the whole edge: what Teams asks us to wait with is said when the wait is over, never in doubt."""

from structlog.testing import capture_logs

from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Open, Response
from bot.platforms.insisting import LONGEST
from bot.platforms.teams.send.errors import refusal
from tests.each import each
from tests.platforms.teams.edge_stage import Stage, played
from tests.platforms.teams.test_edge_out import FORM, LINE, LONG, NOT_TARGETED, written
from tests.teams.payloads import CHANNEL, PERSONAL, Where

BUSY = refusal(429, "", creates=True, retry_after=3.0)
AWAY = refusal(503, "", creates=True)
BLOCKED = refusal(403, "MessageWritesBlocked", creates=True)
NOT_CALLED = DeliveryFailed("later", Why.BUSY, 3.0)


@each("refused", [BUSY, refusal(412, "", creates=True, retry_after=3.0), NOT_CALLED], told=str)
@each("response", [LINE, LONG, Open(form=FORM)], told=lambda one: type(one).__name__)
def test_what_surely_was_not_said_is_said_when_the_rest_is_over(
    response: Response, refused: DeliveryFailed
) -> None:
    async def story(on: Stage) -> None:
        on.response = response
        on.connector.refuses = {"post": refused}
        on.rest_over = on.connector.refuses.clear
        await on.send(written(PERSONAL))
        assert on.rests == [3.0]
        assert [said.to for said in on.said] == [PERSONAL.id]

    played(story)


def test_nor_is_an_answer_lost_with_a_chat_that_cannot_be_begun_yet() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        on.connector.refuses = {"targeted": NOT_TARGETED, "begin_chat": refusal(503, "", creates=False)}
        on.rest_over = lambda: on.connector.refuses.pop("begin_chat")
        await on.send(written())
        assert [said.only for said in on.said] == [""]

    played(story)


def test_whose_own_chat_is_shut_is_answered_where_they_acted_when_the_rest_is_over() -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        on.connector.refuses = {"targeted": BUSY, "post": BLOCKED}
        on.rest_over = lambda: on.connector.refuses.pop("targeted")
        await on.send(written())
        assert [(said.to, said.only) for said in on.said] == [(CHANNEL.id, "29:0001")]

    played(story)


@each("where", [PERSONAL, CHANNEL], told=lambda where: where.kind)
@each("refused", [AWAY, BLOCKED], told=str)
def test_what_may_have_been_said_or_never_will_be_is_not_tried_again(
    refused: DeliveryFailed, where: Where
) -> None:
    async def story(on: Stage) -> None:
        on.response = LINE
        on.connector.refuses = {"targeted": BUSY if refused is AWAY else NOT_TARGETED, "post": refused}
        await on.send(written(where))
        assert on.rests == []
        assert on.said == []

    played(story)


def test_who_has_waited_for_a_minute_looks_for_no_answer_any_more() -> None:
    async def story(on: Stage) -> None:
        on.response = LONG
        on.connector.refuses = {"post": BUSY}
        with capture_logs() as log:
            await on.send(written(PERSONAL))
        assert LONGEST - 3.0 < sum(on.rests) <= LONGEST
        assert [line["action"] for line in log].count("teams.answer_lost") == 1
        on.connector.refuses = {"post": refusal(429, "", creates=True, retry_after=3600.0)}
        on.rests.clear()
        await on.send(written(PERSONAL) | {"timestamp": "2026-11-26T14:06:00.000Z"})
        assert on.rests == []

    played(story)

"""Through the whole edge: what Slack asks us to wait with is said when the wait is over, never in doubt."""

from structlog.testing import capture_logs

from bot.messages.model import Message, Paragraph, Response, Say
from bot.platforms.insisting import LONGEST
from bot.platforms.slack.listen.answers import NOT_OPENED
from bot.platforms.slack.listen.beside import IN_WORDS
from tests.each import each
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.test_edge_figures import CHART, TABLE, kinds
from tests.platforms.slack.test_edge_out import FORM, TOLD

REST = 30.0
"""Seconds, where Slack does not say how many."""
HOOK, BESIDE, OWN = "hook", "chat.postEphemeral", "chat.postMessage"
BUSY = dict.fromkeys((HOOK, BESIDE, OWN, "conversations.open"), "ratelimited")
LONG = Message(title="Allt", blocks=tuple(Paragraph(text="ord " * 700) for _ in range(6)))
WAYS = {"button_thread": HOOK, "message_thread": BESIDE, "message_direct": OWN}


def said(on: Stage) -> list[tuple[str, str]]:
    """How each line was said that Slack was asked to take, and its first words."""
    return [(call.method, call.said["text"][:16]) for call in on.slack.calls if "text" in call.said]


@each("name", WAYS)
@each("response", [TOLD, FORM], told=lambda one: type(one).__name__)
def test_what_surely_was_not_said_is_said_when_the_rest_is_over(response: Response, name: str) -> None:
    async def story(on: Stage) -> None:
        async def over() -> None:
            on.slack.refuses = {"views.open": "ratelimited"}
            on.slack.calls.clear()

        on.response, on.meanwhile = response, over
        on.slack.refuses = {**BUSY, "views.open": "ratelimited"}
        await on.play(name)
        assert on.slept == [REST]
        title = "Det är sparat." if response is TOLD else NOT_OPENED
        assert said(on) == [(WAYS[name], title[:16])]

    played(story)


def test_a_rest_between_the_parts_of_a_long_answer_changes_neither_words_nor_order() -> None:
    async def story(on: Stage) -> None:
        async def over() -> None:
            on.slack.refuses = {}

        on.response, on.meanwhile, on.slack.refuses = Say(message=LONG), over, BUSY
        await on.play("message_thread")
        first, *_, last = on.slack.made(BESIDE)
        assert (first["text"], first["text"] != last["text"]) == (on.slack.made(BESIDE)[1]["text"], True)
        assert len(on.slack.made(BESIDE)) == 3, "the first part twice, since it was refused once"

    played(story)


@each("name", WAYS)
def test_what_may_have_been_said_is_said_no_other_way_and_no_more(name: str) -> None:
    async def story(on: Stage) -> None:
        on.response, on.slack.breaks = TOLD, {WAYS[name]: 502}
        with capture_logs() as log:
            await on.play(name)
        assert (len(said(on)), on.slept) == (1, [])
        assert [line["action"] for line in log].count("slack.answer_lost") == 1

    played(story)


def test_nobody_is_answered_long_after_they_asked() -> None:
    async def story(on: Stage) -> None:
        on.response, on.slack.refuses = TOLD, BUSY
        with capture_logs() as log:
            await on.play("message_thread")
        assert 0 < sum(on.slept) <= LONGEST
        assert [line["action"] for line in log].count("slack.answer_lost") == 1

    played(story)


def test_of_a_long_answer_that_nobody_could_wait_for_the_rest_is_not_said_alone() -> None:
    async def story(on: Stage) -> None:
        on.response, on.slack.refuses = Say(message=LONG), BUSY
        await on.play("message_thread")
        assert {text for _, text in said(on)} == {"Allt\nord ord ord"}
        assert 0 < sum(on.slept) <= LONGEST

    played(story)


@each("figure", [CHART, TABLE], told=lambda one: type(one).__name__)
def test_a_workspace_without_figures_is_asked_to_take_one_an_hour(figure: object) -> None:
    async def story(on: Stage) -> None:
        on.slack.draws = False
        on.response = Say(message=Message.model_validate({"title": "Nuläge", "blocks": (figure,)}))
        for number in range(3):
            await on.play("button_thread", trigger_id=f"1.2.{number}")
        tries = [call for call in on.slack.calls if "blocks" in call.said]
        assert [bool(kinds(call)) for call in tries] == [True, False, False, False]
        on.slept.append(IN_WORDS)
        on.slack.draws = True
        await on.play("button_thread", trigger_id="1.2.3")
        assert kinds(on.slack.calls[-1])

    played(story)


@each("status", [404, 410, 302])
def test_an_address_that_is_used_up_is_not_waited_for(status: int) -> None:
    async def story(on: Stage) -> None:
        on.response, on.slack.breaks = TOLD, {HOOK: status}
        on.slack.refuses = {BESIDE: "not_in_channel", OWN: "cannot_dm_bot"}
        await on.play("button_thread")
        assert [how for how, _ in said(on)] == [HOOK, BESIDE, OWN]
        assert on.slept == []

    played(story)


def test_whose_own_chat_is_shut_is_answered_where_they_acted_when_the_rest_is_over() -> None:
    async def story(on: Stage) -> None:
        async def over() -> None:
            on.slack.refuses.pop(BESIDE)

        on.response, on.meanwhile = TOLD, over
        on.slack.refuses = {BESIDE: "ratelimited", OWN: "cannot_dm_bot"}
        await on.play("message_thread")
        assert [how for how, _ in said(on)] == [BESIDE, OWN, BESIDE]

    played(story)

"""Through the whole edge: what is said beside an answer is said once, and weighs no more than it may."""

from structlog.testing import capture_logs

from bot.messages.model import Open, TextField
from bot.platforms.teams.listen import words
from bot.platforms.teams.send.errors import ours
from tests.platforms.teams.edge_stage import Stage, played
from tests.platforms.teams.test_edge_out import FORM, LINE, written


def test_what_may_have_been_said_to_them_alone_is_not_said_twice() -> None:
    """No answer came: it may stand there, and what was not said may be had by asking again."""

    async def story(on: Stage) -> None:
        on.response = LINE
        on.connector.refuses = {"targeted": ours("no_answer", creates=True)}
        with capture_logs() as log:
            assert (await on.send(written())).status_code == 200
        assert on.said == []
        assert on.connector.begun == 0
        assert "teams.answer_in_doubt" in [line["action"] for line in log]
        on.connector.refuses = {"targeted": ours("no_connection")}
        await on.send(written() | {"timestamp": "2026-11-26T14:06:00.000Z"})
        assert [said.only for said in on.said] == [""], "what surely was not said goes to their own chat"

    played(story)


def test_a_form_too_heavy_for_a_message_is_told_of_instead() -> None:
    """Posted by itself it is no answer to anything, and may weigh no more than any message."""

    async def story(on: Stage) -> None:
        fields = tuple(
            TextField(key=key, label="Vad hände?", value="ord " * 2400, lines=5, required=False)
            for key in "abc"
        )
        on.response = Open(form=FORM.but(fields=fields))
        await on.send(written())
        (said,) = on.said
        assert said.activity["text"] == words.TOO_LARGE
        on.response = Open(form=FORM)
        await on.send(written() | {"timestamp": "2026-11-26T14:06:00.000Z"})
        assert "Vad hände?" in on.said[-1].words

    played(story)

"""A chart as a picture: drawn with words in it, uploaded once, and done without when it cannot be had."""

import pytest

from bot.messages.drawing import FAMILY, FONTS, png
from bot.messages.model import Bar, Chart, Message
from tests.platforms.slack.sending import SCOPES, Desk, at_desk
from tests.slack.mischief import Fault

CHART = Chart(
    title="Tecken de senaste åtta veckorna",
    alt="9 tecken på att något fungerar och 7 som bekymrar.",
    unit="tecken",
    bars=(Bar(label="Resultat, fungerar", value=9), Bar(label="Undervisning och arbetssätt", value=7.5)),
)
MESSAGE = Message(title="Nuläge", blocks=(CHART,))
ASK, DONE = "files.getUploadURLExternal", "files.completeUploadExternal"


def kinds(desk: Desk) -> list[str]:
    (post,) = desk.standing()
    return [block["type"] for block in post.blocks if block["type"] not in {"header", "rich_text", "context"}]


def test_the_words_are_in_the_picture() -> None:
    wordless = CHART.model_copy(update={"title": "", "unit": "", "bars": tuple(_mute(CHART))})
    drawn = png(CHART)
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) > 2 * len(png(wordless)), f"{FAMILY} was not found in {FONTS}: the words vanished"


def _mute(chart: Chart) -> list[Bar]:
    return [bar.model_copy(update={"label": ""}) for bar in chart.bars]


def test_a_chart_is_a_picture_and_its_numbers_are_words() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(MESSAGE)
        assert kinds(desk) == ["image"]
        (file,) = desk.slack.workspace.files.values()
        assert file["content"].startswith(b"\x89PNG")
        assert "Undervisning och arbetssätt: 7,5 tecken" in desk.standing()[0].text
        await desk.send(MESSAGE, key="2")
        assert desk.slack.times(ASK) == 1

    at_desk(act)


def test_without_the_permission_slack_draws_it() -> None:
    async def act(desk: Desk) -> None:
        await desk.send(MESSAGE)
        assert kinds(desk) == ["data_visualization"]
        assert desk.slack.times(ASK) == 0

    at_desk(act, scopes=SCOPES - {"files:write"})


@pytest.mark.parametrize("method", [ASK, DONE])
def test_an_upload_that_fails_holds_nothing_up(method: str) -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("http", method, status=500))
        await desk.send(MESSAGE)
        assert kinds(desk) == ["data_visualization"]

    at_desk(act)


def test_a_picture_that_is_not_ready_is_waited_for_and_then_done_without() -> None:
    async def act(desk: Desk) -> None:
        desk.slack.mischief.plan(Fault("error", "chat.postMessage", code="invalid_blocks"))
        await desk.send(MESSAGE)
        assert kinds(desk) == ["image"]
        assert desk.passed == pytest.approx(1.5)
        desk.slack.mischief.plan(Fault("error", "chat.postMessage", "C1", code="invalid_blocks", times=2))
        desk.standing()[0].deleted = True
        await desk.send(MESSAGE, key="2")
        assert kinds(desk) == []

    at_desk(act)

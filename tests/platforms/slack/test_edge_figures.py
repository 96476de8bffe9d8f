"""A private answer with a chart or a table of Slack's own, also in a workspace that has none of them."""

import pytest

from bot.messages.model import Bar, Chart, Message, Paragraph, Say, Table
from tests.platforms.slack.edge_stage import Stage, played
from tests.platforms.slack.small_slack import Call

BARS = tuple(Bar(label=f"Stapel {number}", value=number) for number in range(1, 4))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)
TABLE = Table(caption="Vem ser vad", header=("Vad", "Rektor"), rows=(("Utkast", "Nej"),))
WAYS = {
    "command_nfc": "hook",
    "button_channel": "hook",
    "message_thread": "chat.postEphemeral",
    "message_direct": "chat.postMessage",
}


def told(name: str, figure: Chart | Table, *, draws: bool, status: int = 400) -> list[Call]:
    """Every try to say it, in order; the acknowledgement holds nothing of it."""
    tries: list[Call] = []

    async def story(on: Stage) -> None:
        on.slack.draws, on.slack.hook_status = draws, status
        on.response = Say(message=Message(title="Nuläge", blocks=(figure, Paragraph(text="Slut."))))
        answer = await on.play(name)
        assert (answer.status_code, answer.content) == (200, b"")
        tries.extend(call for call in on.slack.calls if "blocks" in call.said)

    played(story)
    return tries


def kinds(call: Call) -> set[str]:
    return {block["type"] for block in call.said["blocks"] if block["type"].startswith("data_")}


@pytest.mark.parametrize(("name", "way"), WAYS.items())
@pytest.mark.parametrize(
    ("figure", "kind"), [(CHART, "data_visualization"), (TABLE, "data_table")], ids=["chart", "table"]
)
def test_where_slack_has_it_it_is_shown_once(name: str, way: str, figure: Chart | Table, kind: str) -> None:
    (only,) = told(name, figure, draws=True)
    assert (only.method, kinds(only)) == (way, {kind})


@pytest.mark.parametrize("status", [400, 200])
@pytest.mark.parametrize(("name", "way"), WAYS.items())
@pytest.mark.parametrize(
    ("figure", "said"), [(CHART, "Stapel 3: 3 st"), (TABLE, "Utkast")], ids=["chart", "table"]
)
def test_where_slack_has_none_it_is_said_in_words(
    name: str, way: str, figure: Chart | Table, said: str, status: int
) -> None:
    *refused, last = told(name, figure, draws=False, status=status)
    assert refused
    assert all(kinds(call) for call in refused)
    assert (last.method, kinds(last)) == (way, set())
    assert said in str(last.said["blocks"])
    assert "Slut." in str(last.said["blocks"])

import pytest

from bot.messages.model import Button, Choices, Fact, Facts, Link, Message, Paragraph, Quote, Table
from bot.messages.plain import lines, plain

MESSAGE = Message(
    title="Veckan",
    blocks=(
        Paragraph(text="Nytt."),
        Quote(text="<!channel> [x](javascript:1)", source="Laget"),
        Link(text="Vecka 48", link="https://x.se/48"),
        Facts(rows=(Fact(label="Svar", value="3"),)),
        Table(caption="Tabell", header=("a", "b"), rows=(("1", "2"),)),
        Choices(prompt="Vad vill ni?", buttons=(Button(label="Svara", token="answer|1|"),)),
    ),
)


@pytest.mark.parametrize(
    "said",
    [
        "Veckan",
        "Nytt.",
        "<!channel> [x](javascript:1)",
        "Vecka 48: https://x.se/48",
        "Svar: 3",
        "1 | 2",
        "[Svara]",
    ],
)
def test_nothing_is_lost_in_lines(said: str) -> None:
    assert said in "\n".join(lines(MESSAGE))


def test_the_plain_version_keeps_words_and_buttons() -> None:
    simple = plain(MESSAGE)
    assert {type(block) for block in simple.blocks} == {Paragraph, Choices}
    assert "\n".join(lines(simple)) == "\n".join(lines(MESSAGE))

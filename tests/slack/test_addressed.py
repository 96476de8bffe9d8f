"""Words said to the bot by name outside a thread: Slack tells of them twice, and they are heard once."""

import pytest

from tests.chat_stage import HERE
from tests.slack.stage import staged
from tests.slack.state import BOT_USER

WORDS = "Halvklass i matematik gav mer samtal."


def test_they_are_one_note_of_the_round_that_is_open_and_answered_once() -> None:
    with staged() as stage:
        stage.ask()
        stage.write("lena", f"@Nuläge {WORDS}", room=HERE)
        assert stage.notes() == [WORDS]
        assert len(stage.told("lena", "Sparat som anteckning")) == 1


def test_with_nothing_asked_the_writer_alone_is_told_once() -> None:
    with staged() as stage:
        stage.write("lena", f"@Nuläge {WORDS}", room=HERE)
        assert len(stage.told("lena", "Jag har ingen öppen fråga")) == 1
        assert stage.notes() == []


@pytest.mark.parametrize("words", [WORDS, "<@UOMAR> vad tror du?", f"&lt;@{BOT_USER}&gt; hej"])
def test_words_to_others_are_left_alone(words: str) -> None:
    with staged() as stage:
        stage.ask()
        stage.write("lena", words, room=HERE)
        assert stage.notes() == []
        assert stage.fresh == []

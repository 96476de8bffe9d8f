"""What Slack has a page for is asked for in the chat with the bot."""

import pytest

from bot.domain.events import HomeOpened
from tests.platforms.teams.reading import happened, outcome, read
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, message


@pytest.mark.parametrize("text", ["hem", "Hem", "/hem", " HEM ", "home"])
def test_it_is_asked_for_in_ones_own_chat(text: str) -> None:
    found = happened(HomeOpened, message(LENA, PERSONAL, text))
    assert found.where.address.endswith(f"/@{LENA.aad}")


@pytest.mark.parametrize("text", ["hem till gården", "vi går hem", "hemma"])
def test_other_words_are_words(text: str) -> None:
    assert outcome(read(message(LENA, PERSONAL, text))) == "Replied"


def test_in_a_channel_it_is_nobodys_page() -> None:
    assert outcome(read(message(LENA, CHANNEL, "hem", to_bot=True))) == "Replied"

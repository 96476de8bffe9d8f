"""Every language is at hand before somebody reads it."""

import asyncio

from structlog.testing import capture_logs

from bot.serve.languages import read_all
from prompts.loader import PromptsRefused


class Shelf:
    """Sentences that lack one language; it remembers what was asked for."""

    def __init__(self, lacking: str) -> None:
        self.lacking = lacking
        self.asked_for: list[str] = []

    def read(self, language: str) -> None:
        self.asked_for.append(language)
        if language == self.lacking:
            raise PromptsRefused(["prompts/xx/texts: common.sorry is missing"])


def test_a_language_with_a_sentence_missing_is_told_of_and_stops_nothing() -> None:
    shelf = Shelf("sv")
    with capture_logs() as lines:
        asyncio.run(read_all(shelf))
    assert {"sv", "en"} <= set(shelf.asked_for)
    (told,) = [line for line in lines if line["action"] == "serve.texts_refused"]
    assert (told["log_level"], told["kind"]) == ("error", "sv")
    assert "common.sorry" in told["code"]


def test_a_file_that_cannot_be_opened_now_is_told_of_and_the_rest_is_read() -> None:
    class Shut(Shelf):
        def read(self, language: str) -> None:
            super().read(language)
            if language == "sv":
                raise OSError("too many open files")

    shelf = Shut("")
    with capture_logs() as lines:
        asyncio.run(read_all(shelf))
    assert {"sv", "en"} <= set(shelf.asked_for)
    assert [line["action"] for line in lines if line["kind"] == "sv"] == ["serve.texts_unread"]

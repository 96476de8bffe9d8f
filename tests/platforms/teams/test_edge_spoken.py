"""What Teams' door and its cards say for themselves is in the language of whoever reads it."""

from functools import partial

import pytest

from bot.messages.model import Document, Message, Paragraph, Quote
from bot.platforms.spoken import ENGLISH
from bot.platforms.teams.listen import words
from bot.platforms.teams.render.blocks import NO_FILE, OPEN
from bot.platforms.teams.render.message import OLDER, to_parts
from tests.platforms.teams.edge_stage import Stage, card_in, dialog_in, played, texts, words_in
from tests.platforms.test_spoken import english, platforms_own
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, LENA, PERSONAL, Where


def test_what_teams_says_when_nothing_can_be_read_is_in_the_readers_language() -> None:
    async def story(on: Stage) -> None:
        on.edge._speaks = on.edge._replies._speaks = english
        odd = payloads.execute(LENA, CHANNEL, "press", {"token": 7}, on="1795443300000")
        assert words_in(await on.ask(odd)) == ENGLISH[words.UNREAD]
        card = dialog_in(
            await on.ask(payloads.task(LENA, CHANNEL, "submit", {"f0": "My words", "nonce": "?"}))
        )
        assert (card["lang"], "My words" in texts(card)) == ("en", True)
        assert not platforms_own(card)
        shut = payloads.execute(LENA, CHANNEL, "show", {"from": ""}, on="1795443300099")
        card = card_in(await on.ask(shut))
        assert (card["lang"], platforms_own(card)) == ("en", set())
        shut = payloads.execute(LENA, CHANNEL, "show", {"from": "1795443300000"}, on="1795443300000")
        assert words_in(await on.ask(shut)) == ENGLISH[words.STAYS]

    played(story)


@pytest.mark.parametrize(("where", "language"), [(PERSONAL, "en"), (CHANNEL, "sv")])
def test_what_stands_is_shown_again_in_the_language_of_those_who_read_it(where: Where, language: str) -> None:
    """In their own chat it is theirs alone; in a channel it is what all share."""
    stands = Message(title="A line", blocks=(Paragraph(text="word " * 5000),))

    async def story(on: Stage) -> None:
        on.edge._speaks = on.edge._replies._speaks = english
        on.stands["1795443300000"] = stands
        for verb, data in (("press", {"token": "begin||"}), ("show", {"from": ""})):
            card = card_in(await on.ask(payloads.execute(LENA, where, verb, data, on="1795443300000")))
            part = {"en": "Part 1 of", "sv": "Del 1 av"}[language]
            assert (card["lang"], part in texts(card)) == (language, True), verb

    played(story)


def test_what_teams_says_around_an_answer_is_in_the_readers_language() -> None:
    long = Message(title="Much", blocks=tuple(Paragraph(text="word " * 500) for _ in range(9)))
    for make in (to_parts, partial(to_parts, native=False)):
        swedish, said = (str(make(long, language=language)) for language in ("sv", "en"))
        assert ["Del 1 av" in swedish, "Del 1 av" in said, "Part 1 of" in said] == [True, False, True]
    quote = Quote(text="word", link="https://alm.example/a")
    file = Document(title="A week", filename="a.docx", language="en", message=Message(title="A week"))
    (part,) = to_parts(Message(title="A week", blocks=(quote, file)), language="en")
    shown = str(part.card)
    for own in (OPEN, NO_FILE, OLDER):
        english_ = ENGLISH[own].format(host="alm.example")
        assert [own.format(host="alm.example") in shown, english_ in shown] == [False, True], own
    assert (part.card or {})["lang"] == "en"

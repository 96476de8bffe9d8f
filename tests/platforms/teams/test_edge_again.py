"""Through the whole edge: what could not be saved waits here, has its effect once, and its writer is told."""

from collections.abc import Callable

import pytest

from bot.messages.model import Message, Quiet, Say
from bot.platforms.teams.listen import words
from tests.platforms.teams.edge_stage import Stage, played
from tests.teams import payloads
from tests.teams.payloads import CHANNEL, GROUP, LENA, PERSONAL
from tests.teams.state import Json

DONE = Say(message=Message(title="Det är sparat."))
SORRY = Say(message=Message(title="Något gick fel hos mig. Koden är 4F1B9C."), became="failed")
TO_US: dict[str, Callable[[], Json]] = {
    "words by name": lambda: payloads.message(LENA, CHANNEL, "Halvklass gav mer samtal.", to_bot=True),
    "words in a group": lambda: payloads.message(LENA, GROUP, "Halvklass gav mer samtal.", to_bot=True),
    "words to the bot": lambda: payloads.message(LENA, PERSONAL, "Halvklass gav mer samtal."),
    "a command": lambda: payloads.message(LENA, PERSONAL, "/nuläge"),
    "a changed message": lambda: payloads.edited(LENA, PERSONAL, "1795443300000", "Halvklass"),
}
AMONG_THEM: dict[str, Callable[[], Json]] = {
    "words to each other": lambda: payloads.message(LENA, CHANNEL, "Ska vi äta?"),
    "somebody left": lambda: payloads.members(LENA, payloads.general(CHANNEL), went=[LENA]),
}


@pytest.mark.parametrize("name", TO_US)
def test_while_the_store_is_away_the_writer_is_told_once(name: str) -> None:
    async def story(on: Stage) -> None:
        on.away, sent = True, TO_US[name]()
        assert [(await on.send(sent)).status_code for _ in range(4)] == [503] * 4
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        (said,) = on.said
        assert words.KEPT.title in said.words

    played(story)


@pytest.mark.parametrize("name", TO_US)
def test_who_is_not_sent_again_is_told_as_well(name: str) -> None:
    async def story(on: Stage) -> None:
        on.away = True
        await on.send(TO_US[name]())
        assert on.said == []
        for _ in range(3):
            await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert len(on.said) == 1

    played(story)


@pytest.mark.parametrize("name", AMONG_THEM)
def test_what_people_do_among_themselves_is_kept_in_silence(name: str) -> None:
    async def story(on: Stage) -> None:
        on.away, sent = True, AMONG_THEM[name]()
        assert [(await on.send(sent)).status_code for _ in range(3)] == [503] * 3
        await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert on.said == []
        on.away = False
        await on.edge.unsaved.try_again()
        assert len(on.events) == 1

    played(story)


@pytest.mark.parametrize("by", ["Teams", "us"])
@pytest.mark.parametrize("response", [DONE, Quiet()], ids=["said", "quiet"])
def test_when_the_store_is_back_it_has_its_effect_once(by: str, response: Say | Quiet) -> None:
    async def story(on: Stage) -> None:
        on.away, sent = True, TO_US["words to the bot"]()
        for _ in range(2):
            await on.send(sent)
        on.away, on.response = False, response
        if by == "Teams":
            assert (await on.send(sent)).status_code == 200
        for _ in range(2):
            await on.edge.unsaved.try_again()
        await on.edge.finish()
        assert (await on.send(sent)).status_code == 200
        assert len(on.events) == 1
        _, answer = on.said
        expected = words.TAKEN.title if isinstance(response, Quiet) else DONE.message.title
        assert expected in answer.words

    played(story)


def test_what_falls_over_twice_is_given_up_before_its_writer_is_told() -> None:
    given_up: list[str] = []

    async def story(on: Stage) -> None:
        on.response, sent = SORRY, TO_US["words to the bot"]()
        assert [(await on.send(sent)).status_code for _ in range(2)] == [503, 200]
        assert given_up == [on.events[-1].id]
        on.response = DONE
        assert (await on.send(sent)).status_code == 200
        (said,) = on.said
        assert "4F1B9C" in said.words

    async def give_up(event: object) -> bool:
        given_up.append(getattr(event, "id", ""))
        return True

    played(story, give_up=give_up)


def test_the_writer_is_told_where_they_are_when_no_place_can_be_looked_up() -> None:
    async def story(on: Stage) -> None:
        on.away = True
        on.references.away = on.references.lost = ConnectionError("the store is away")
        sent = TO_US["words by name"]()
        for _ in range(2):
            await on.send(sent)
        (said,) = on.said
        assert (said.to, said.only) == (CHANNEL.id, "29:0001")

    played(story)


@pytest.mark.parametrize("name", [*TO_US, *AMONG_THEM])
def test_who_wrote_what_could_not_be_saved_before_the_end_is_told(name: str) -> None:
    async def story(on: Stage) -> None:
        on.away = True
        await on.send((TO_US | AMONG_THEM)[name]())
        on.edge.unsaved.stop()
        await on.edge.unsaved.run()
        await on.edge.finish()
        lost = [said for said in on.said if words.LOST.title in said.words]
        assert len(lost) == (name in TO_US)

    played(story)

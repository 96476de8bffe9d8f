"""What the bot says when it did nothing, or could not: in the language of who waits for a word."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.events import Commanded, Ticked
from bot.domain.school import Account, Place
from bot.messages.model import Response, Say
from bot.messages.texts.common import CommonTexts
from bot.platforms.terminal.send import PLATFORM
from tests.handlers.test_languages import speaks
from tests.play import World, prompts

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SV, EN = prompts().texts.common, prompts().said_in("en").common


def asked(who: str) -> Commanded:
    place = Place(platform=PLATFORM, address=f"@{who}")
    account = Account(platform=PLATFORM, user=who)
    return Commanded(id=f"twice-{who}", at=START, who=account, where=place, command="/hjälp", text="")


def title(response: Response) -> str:
    assert isinstance(response, Say)
    return response.message.title


@pytest.fixture
def world() -> Iterator[World]:
    with World(START) as world:
        speaks(world, "en", "lena")
        for who in ("lena", "sara", "nils"):
            world.act(asked(who))
        yield world


@pytest.mark.parametrize(("who", "common"), [("lena", EN), ("sara", SV), ("nils", SV)])
def test_what_comes_twice_and_what_goes_wrong(world: World, who: str, common: CommonTexts) -> None:
    handlers = world.app.handlers
    assert title(handlers.already(asked(who))) == common.already_done
    assert title(handlers.apologise(asked(who), "K7Q2")) == common.sorry.format(code="K7Q2")


def test_what_nobody_waits_for_is_in_the_schools_language(world: World) -> None:
    assert title(world.app.handlers.apologise(Ticked(id="t", at=START), "K7Q2")).startswith("Något gick fel")


def test_a_bot_that_has_not_met_anybody_yet_speaks_the_schools_language() -> None:
    with World(START) as world:
        nobody = Account(platform=PLATFORM, user="T1/stranger")
        assert world.app.speaks(nobody) == "sv"


def test_who_changes_language_is_spoken_to_in_it_from_then_on(world: World) -> None:
    world.write("lena", "/språk svenska")
    world.act(asked("sara").model_copy(update={"id": "later"}))
    assert world.app.speaks(asked("lena").who) == "sv"

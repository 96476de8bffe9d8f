from datetime import UTC, datetime

from bot.domain.events import BotAdded
from bot.domain.school import Account, Place
from bot.platforms.terminal.send import PLATFORM
from tests.play import World

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def invite(world: World, who: str, room: str, number: int = 1) -> None:
    place = Place(platform=PLATFORM, address=room)
    account = Account(platform=PLATFORM, user=who)
    world.act(BotAdded(id=f"added-{number}", at=world.clock.now(), who=account, where=place, name=room))


def said(world: World) -> str:
    return "\n".join(heard.text for heard in world.fresh)


def test_it_introduces_itself_with_two_sentences_and_three_buttons() -> None:
    with World(START) as world:
        invite(world, "lena", "#nytt")
        assert [heard.room for heard in world.fresh] == ["#nytt"]
        assert "[Börja] [Visa exempel] [Visa vem som ser vad]" in said(world)
        world.press("lena", "Visa vem som ser vad")
        assert "Läsa anteckningar | ja | ja | ja | nej | nej" in said(world)
        world.press("lena", "Visa exempel")
        assert "[Svara]" in said(world)
        world.press("lena", "Svara")
        assert "förhandsvisning" in said(world)


def test_a_teacher_is_told_who_can_begin() -> None:
    with World(START) as world:
        invite(world, "lena", "#nytt")
        world.press("lena", "Börja")
        assert "Pia Norén och Rut Alm kan koppla kanalen" in said(world)


def test_the_processledare_ties_the_channel_and_says_when() -> None:
    with World(START) as world:
        invite(world, "pia", "#nytt")
        world.press("pia", "Börja")
        world.submit("pia", {"arbetslag": ("fritids",), "when": ("varannan torsdag 15.15",)})
        assert "Den här kanalen hör nu till Fritids Eken." in said(world)
        assert "Varannan torsdag kl. 15.15" in said(world)
        assert "Frågorna till Fritids Eken kommer nu i en annan kanal." in said(world)
        world.press("pia", "Ja, spara")
        assert {heard.room for heard in world.fresh} == {"#nytt"}


def test_a_channel_that_has_an_arbetslag_keeps_it() -> None:
    with World(START) as world:
        invite(world, "pia", "#arbetslag-4-6")
        assert "Kanalen hör till Arbetslag 4–6." in said(world)
        world.press("pia", "Börja")
        world.submit("pia", {"arbetslag": ("fritids",)})
        assert "Kanalen hör redan till Arbetslag 4–6." in said(world)

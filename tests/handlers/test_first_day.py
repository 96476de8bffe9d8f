"""The first day, before there is a school: what is shown, how to begin, and a time nobody understands."""

from collections.abc import Iterator
from typing import Literal

import pytest

from bot.domain.value import ArbetslagId
from bot.messages.model import ChoiceField
from bot.rehearsal.world import Heard, buttons_of
from tests.handlers.people_stage import FIRST_DAY, FRIDAY, Workspaces
from tests.play import World


@pytest.fixture
def spaces() -> Iterator[Workspaces]:
    with World(FRIDAY) as world:
        yield Workspaces(world)


def test_an_example_is_shown_before_there_is_a_school(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C1")
    shown = spaces.press("T1/pia", "T1/C1", "show_example")
    assert "Så här kan en fråga se ut." in shown
    assert "[Svara]" in shown
    pressed = spaces.press("T1/pia", "T1/C1", "preview_schedule", "", "press")
    assert "Det här är en förhandsvisning." in pressed
    assert spaces.written() == 0


def test_a_preview_of_a_plan_is_not_for_strangers(spaces: Workspaces) -> None:
    spaces.begin()
    assert "Jag vet inte vem du är än." in spaces.press("T1/alva", "T1/C1", "preview_schedule", "plan")


def test_where_nobody_has_begun_a_channel_offers_to(spaces: Workspaces) -> None:
    spaces.invite("T1/pia", "T1/C1")
    here = spaces.press("T1/pia", "T1/C1", "absence")
    assert "Är det här arbetslagets kanal?" in here
    assert "[Börja]" in here
    alone = spaces.press("T1/pia", "T1/@pia", "absence")
    assert "Bjud in mig i arbetslagets kanal." in alone
    assert "[Börja]" not in alone


@pytest.mark.parametrize("form", ["found_form", "adopt_form"])
def test_a_time_that_is_not_understood_is_asked_about_before_anything_is_saved(
    spaces: Workspaces, form: Literal["found_form", "adopt_form"]
) -> None:
    values, room = {**FIRST_DAY}, "T1/C1"
    if form == "adopt_form":
        spaces.begin()
        values = {"arbetslag": ("new",), "new": ("Arbetslag Al",), "skolform": ("grundskola",)}
        room = "T1/C2"
    spaces.invite("T1/pia", room)
    before = spaces.written()
    asked = spaces.submit("T1/pia", room, form, {**values, "when": ("på torsdax",)})
    assert "Jag förstod inte ”på torsdax”. Skriv till exempel torsdag 15.15. Inget är sparat." in asked
    assert "på torsdax" in asked
    assert spaces.written() == before
    asked = spaces.submit("T1/pia", room, form, {**values, "when": ("nästa torsdag 15.15",)})
    assert "Menar du 26 november eller 3 december? Välj här under" in asked
    chosen = {**values, "when": ("nästa torsdag 15.15",), "suggestion": (_readings(spaces)[1],)}
    assert "Torsdag 3 december 2026 kl. 15.15" in spaces.submit("T1/pia", room, form, chosen)


def _readings(spaces: Workspaces) -> tuple[str, ...]:
    (field,) = (one for one in spaces.world.forms["T1/pia"].fields if one.key == "suggestion")
    assert isinstance(field, ChoiceField)
    return tuple(option.value for option in field.options)


def introduction(spaces: Workspaces, room: str) -> Heard:
    """The newest introduction in a channel, as it stands there."""
    return [one for one in spaces.world.heard if one.room == room and one.text.startswith("Hej!")][-1]


def introduced(spaces: Workspaces, room: str) -> str:
    return introduction(spaces, room).text


def green(spaces: Workspaces, room: str) -> list[str]:
    buttons = buttons_of(introduction(spaces, room).message)
    assert [one.label for one in buttons] == ["Börja", "Visa exempel", "Visa vem som ser vad"]
    return [one.label for one in buttons if one.look == "main"]


def test_the_introduction_says_whose_the_channel_is_once_it_is_tied(spaces: Workspaces) -> None:
    spaces.begin()
    assert "Kanalen hör till Arbetslag Ek." in introduced(spaces, "T1/C1")
    assert green(spaces, "T1/C1") == []
    spaces.invite("T1/pia", "T1/C2")
    assert green(spaces, "T1/C2") == ["Börja"]
    spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (spaces.team,)})
    assert "Kanalen hör till Arbetslag Ek." in introduced(spaces, "T1/C2")
    assert green(spaces, "T1/C2") == []
    assert "Kanalen hör till" not in introduced(spaces, "T1/C1")
    assert green(spaces, "T1/C1") == ["Börja"]


def test_a_known_arbetslag_stays_where_it_is_while_the_time_is_in_doubt(spaces: Workspaces) -> None:
    spaces.begin()
    team = spaces.team
    spaces.invite("T1/pia", "T1/C2")
    asked = spaces.submit("T1/pia", "T1/C2", "adopt_form", {"arbetslag": (team,), "when": ("torsdax",)})
    assert "Jag förstod inte ”torsdax”." in asked
    place = spaces.roster.arbetslag[ArbetslagId(team)].place
    assert place is not None
    assert place.address == "T1/C1"


def test_a_command_whose_time_is_not_understood_leads_to_the_form_with_its_words(spaces: Workspaces) -> None:
    spaces.begin()
    said = spaces.command("T1/pia", "T1/C1", "avstämning", "på torsdax")
    assert "Jag förstod inte ”på torsdax”." in said
    assert "skriv /avstämning och tiden" in said
    assert "[Bestäm tid]" in said
    opened = spaces.press("T1/pia", "T1/C1", "new_schedule", spaces.team, "på torsdax")
    assert "på torsdax" in opened

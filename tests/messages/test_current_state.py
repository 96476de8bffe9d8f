"""Which arbetslag is meant: by name where the names fit on buttons, else by number under a list."""

from bot.domain.school import Arbetslag, Skolform
from bot.domain.value import ArbetslagId, SchoolId
from bot.messages.model import Bullets, Choices
from bot.messages.phrasing.current_state import phrase_choice
from bot.messages.plain import lines
from tests.play import prompts

LONG = "Arbetslaget för läs- och skrivutveckling mellan "


def teams(*names: str) -> list[Arbetslag]:
    return [
        Arbetslag(id=ArbetslagId(f"a{n}"), school=SchoolId("s"), name=name, skolform=Skolform.GRUNDSKOLA)
        for n, name in enumerate(names)
    ]


def test_names_that_fit_stand_on_the_buttons() -> None:
    said = phrase_choice(teams("Eken", "Linden"), "show_week", prompts().texts)
    assert list(lines(said))[-1] == "[Visa Eken] [Visa Linden]"
    assert not [block for block in said.blocks if isinstance(block, Bullets)]


def test_names_that_would_be_cut_are_listed_whole_and_chosen_by_number() -> None:
    said = phrase_choice(teams("Eken", LONG + "stadierna", LONG + "skolorna"), "show_week", prompts().texts)
    (listed,) = (block for block in said.blocks if isinstance(block, Bullets))
    assert listed.items == ("1. Eken", f"2. {LONG}stadierna", f"3. {LONG}skolorna")
    (choices,) = (block for block in said.blocks if isinstance(block, Choices))
    assert [button.label for button in choices.buttons] == ["Visa nummer 1", "Visa nummer 2", "Visa nummer 3"]
    assert [button.token.split("|")[1] for button in choices.buttons] == ["a0", "a1", "a2"]

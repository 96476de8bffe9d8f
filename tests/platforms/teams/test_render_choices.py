"""What is chosen from, in a form in Teams."""

from typing import Any

import pytest

from bot.messages.model import (
    ChoiceField,
    Option,
    TextField,
)
from bot.platforms.teams.render.escape import ALIKE
from tests.platforms.anything import squeezed
from tests.platforms.teams.card_reading import asked, choice, form, form_card, inputs

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("number", "one", "many"),
    [
        (1, "expanded", "expanded"),
        (7, "expanded", "expanded"),
        (8, "compact", "compact"),
        (20, "compact", "compact"),
        (21, "filtered", "compact"),
        (300, "filtered", "compact"),
    ],
)
def test_no_choice_is_lost_however_many(number: int, one: str, many: str) -> None:
    last = f"v{number - 1}"
    single = asked(choice(number, value=("borta", last)))
    several = asked(choice(number, several=True, value=("v0", last)))
    assert (single["style"], several["style"]) == (one, many)
    for element in (single, several):
        assert [option["value"] for option in element["choices"]] == [f"v{n}" for n in range(number)]
    assert single["value"] == last
    assert set(several["value"].split(",")) == {"v0", last}
    assert several["isMultiSelect"]
    assert "isMultiSelect" not in single


def test_nothing_to_choose_is_said_and_no_field_changes_its_number() -> None:
    card = form_card(form(choice(0), TextField(key="b", label="B")))
    assert "Det finns inget att välja på just nu." in str(card["body"])
    assert list(inputs(card)) == ["f1"]


def test_one_of_several_is_chosen_where_only_one_can_be() -> None:
    assert asked(choice(3, value=("v2", "v1")))["value"] == "v1"


def test_a_choice_too_long_for_a_menu_stands_whole_in_the_open() -> None:
    long = ChoiceField(
        key="val",
        label="Välj",
        options=tuple(Option(value=str(n), label=f"{n} är ett svar så långt " * 5) for n in range(12)),
    )
    card = form_card(form(long))
    (element,) = inputs(card).values()
    assert (element["style"], element["wrap"]) == ("expanded", True)
    assert [one["title"] for one in element["choices"]] == [one.label.strip() for one in long.options]
    assert "är ett svar" not in str([one for one in card["body"] if one is not element])


def test_choices_with_marks_in_them_are_said_once_and_mean_nothing() -> None:
    labels = ("*Alla* ska [klicka](https://example.org)", "Hela veckan", "Bra.Vi <b>ser</b>", "- `kod`_x_")
    card = form_card(
        form(ChoiceField(key="val", label="Välj", options=tuple(Option(value=x, label=x) for x in labels)))
    )
    _, element = card["body"]
    titles = [one["title"] for one in element["choices"]]
    assert [squeezed(one) for one in titles] == [squeezed(one.translate(ALIKE)) for one in labels]
    assert titles[1] == "Hela veckan"
    assert not [sign for one in titles for sign in ("*", "`", "_", "](", "<b", "://", "a.V") if sign in one]

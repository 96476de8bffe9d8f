"""Everything the bot can say, as Teams shows it: whole, within every limit, every part known to Teams."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.messages.gallery import examples
from bot.messages.model import ChoiceField, Choices, Form, Message, PeopleField
from bot.platforms.teams.render.escape import ALIKE
from bot.platforms.teams.render.fields import MUST
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import activity_of, to_card, to_parts
from prompts.book import load_texts
from tests.each import each
from tests.platforms.anything import leaves, squeezed
from tests.platforms.teams.card_reading import PEOPLE, actions, dialog, form_card, inputs, said_in
from tests.teams.strict_cards import faults, utf16

EXAMPLES = dict(examples(load_texts()))
MESSAGES = {name: one for name, one in EXAMPLES.items() if isinstance(one, Message)}
FORMS = {name: one for name, one in EXAMPLES.items() if isinstance(one, Form)}


def alike(text: str) -> str:
    """The text, each mark of Markdown as what is shown in its stead."""
    return text.translate(ALIKE)


@each("name", MESSAGES)
def test_a_message_is_whole_fits_and_is_known_to_teams(name: str) -> None:
    message = MESSAGES[name]
    (part,) = to_parts(message)
    card = to_card(message)
    assert faults(card) == []
    assert of_card(card) == []
    assert part.card == (card if message.blocks else None)
    assert utf16(activity_of(part)) <= 25_000
    said = alike(said_in(card)).casefold()
    for leaf in leaves(message):
        assert alike(squeezed(leaf)).casefold() in said


@each("name", MESSAGES)
def test_a_message_is_whole_as_plain_words(name: str) -> None:
    (part,) = to_parts(MESSAGES[name], native=False)
    assert part.card is None
    assert activity_of(part) == {"type": "message", "text": part.text, "textFormat": "plain"}
    said = squeezed(part.text)
    for leaf in leaves(MESSAGES[name]):
        assert squeezed(leaf) in said


@each("name", MESSAGES)
def test_every_button_is_there_in_order_with_its_token(name: str) -> None:
    blocks = [block for block in MESSAGES[name].blocks if isinstance(block, Choices)]
    meant = [(button.token, "press") for block in blocks for button in block.buttons]
    pressed = [one for one in actions(to_card(MESSAGES[name])) if one["type"] == "Action.Execute"]
    assert [(one["data"]["token"], one["verb"]) for one in pressed] == meant


@pytest.mark.parametrize("shown", [form_card, dialog])
@each("name", FORMS)
def test_a_form_is_whole_fits_and_is_known_to_teams(name: str, shown: Callable[[Form], Any]) -> None:
    form = FORMS[name]
    card = shown(form)
    assert faults(card) == []
    assert of_card(card) == []
    untitled = form.model_copy(update={"title": ""}) if shown is dialog else form
    said = alike(said_in(card))
    for leaf in leaves(untitled):
        assert alike(squeezed(leaf)) in said


@each("name", FORMS)
def test_every_field_is_asked_once_with_a_label_its_help_and_its_error(name: str) -> None:
    form = FORMS[name]
    asked = inputs(form_card(form))
    assert list(asked) == [f"f{n}" for n in range(len(form.fields))]
    for element, field in zip(asked.values(), form.fields, strict=True):
        told = [form.errors.get(field.key, ""), field.label + MUST * field.required, field.help]
        assert element["label"].split("\n") == [part for part in told if part]
        assert "isRequired" not in element, "else nothing would go with it to its window"


@each("name", FORMS)
def test_in_a_window_the_client_stops_what_lacks_something_and_help_is_said_with_the_field(
    name: str,
) -> None:
    form = FORMS[name]
    for element, field in zip(inputs(dialog(form)).values(), form.fields, strict=True):
        told = [form.errors.get(field.key, ""), field.label, field.help]
        assert element["label"].split("\n") == [part for part in told if part]
        assert element.get("isRequired", False) == field.required == ("errorMessage" in element)


@pytest.mark.parametrize("shown", [form_card, dialog])
@each("name", FORMS)
def test_each_choice_is_said_once(name: str, shown: Callable[[Form], Any]) -> None:
    form = FORMS[name]
    parts = [one for held in shown(form)["body"] for one in held.get("items", [held])]
    beside = said_in([one for one in parts if not one["type"].startswith("Input.")])
    told = squeezed("".join([*leaves(form.but(fields=())), *(field.help for field in form.fields)]))
    for field in form.fields:
        for option in field.options if isinstance(field, ChoiceField) else ():
            assert squeezed(option.label) not in beside or squeezed(option.label) in told


@each("name", FORMS)
def test_what_was_chosen_comes_back_as_it_was(name: str) -> None:
    """Several choices come back in one string; none of them may hold the sign that parts them."""
    for element, field in zip(inputs(form_card(FORMS[name])).values(), FORMS[name].fields, strict=True):
        if not isinstance(field, ChoiceField | PeopleField):
            assert element.get("value", "") == field.value or field.kind == "date"
            continue
        known = {one["value"] for one in element["choices"]}
        assert not any("," in value for value in known)
        chosen = [value for value in element.get("value", "").split(",") if value]
        assert set(chosen) == set(field.value) & known
        if isinstance(field, PeopleField):
            assert known == {user for user, _ in PEOPLE}

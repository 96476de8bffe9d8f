from typing import Any

import pytest

from bot.messages.model import (
    Button,
    Choices,
    DateField,
    Paragraph,
    PeopleField,
    Quote,
    TextField,
)
from bot.platforms.teams.render.escape import ALIKE
from bot.platforms.teams.render.limits import of_card, weight
from tests.platforms.teams.card_reading import (
    PEOPLE,
    PRESSED,
    TENANT,
    actions,
    asked,
    choice,
    dialog,
    form,
    form_card,
    inputs,
)
from tests.teams.strict_cards import faults

Json = dict[str, Any]


def test_the_send_button_carries_what_the_form_is() -> None:
    people = PeopleField(key="vilka", label="Vilka?"), PeopleField(key="vem", label="Vem?", several=False)
    fields = (TextField(key="orsak.1", label="Vad?"), choice(3, several=True), *people)
    send, window, close = actions(form_card(form(*fields)))
    assert send["data"] == {
        "form": "t||",
        "nonce": "0a1b2c3d",
        "from": "1700000000001",
        "thread": "1700000000000",
        "keys": ["orsak.1", "val", "vilka", "vem"],
        "several": ["f1", "f2"],
        "people": ["f2", "f3"],
        "texts": ["f0"],
    }
    assert (send["type"], send["verb"], send["title"]) == ("Action.Execute", "send", "Spara")
    assert (close["verb"], close["data"]) == ("show", {"from": "1700000000001"})
    read = {name: send["data"][name] for name in ("keys", "several", "people", "texts")}
    assert window["data"] == {"msteams": {"type": "task/fetch"}, "token": PRESSED, **read}
    assert [one.get("associatedInputs") for one in (send, window, close)] == [None, None, "none"]


def test_a_form_with_something_that_must_be_filled_in_moves_to_its_window_with_what_there_is() -> None:
    card = form_card(form(TextField(key="a", label="A", required=True), TextField(key="b", label="B")))
    assert [one.get("associatedInputs") for one in actions(card)] == [None, None, "none"]
    first, second = inputs(card).values()
    assert [first["label"], second["label"]] == ["A *", "B"]
    assert "isRequired" not in first


def test_each_showing_names_its_inputs_anew() -> None:
    card = form_card(form(TextField(key="a", label="A"), choice(2, several=True)), mark="1a2b3c4d")
    assert list(inputs(card)) == ["f0-1a2b3c4d", "f1-1a2b3c4d"]
    for button in list(actions(card))[:2]:
        assert (button["data"]["mark"], button["data"]["several"]) == ("1a2b3c4d", ["f1"])


def test_without_its_button_a_form_cannot_be_moved_to_a_window() -> None:
    assert [one["title"] for one in actions(form_card(form(choice(1)), pressed=""))] == ["Spara", "Stäng"]


def test_in_a_window_the_title_is_said_above_and_sending_is_a_submit() -> None:
    card = dialog(form(choice(2)))
    (send,) = actions(card)
    assert send["type"] == "Action.Submit"
    assert send["data"] == next(iter(actions(form_card(form(choice(2))))))["data"]
    assert "Rubrik" not in str(card["body"])


def test_buttons_beside_fields_do_not_wait_for_them() -> None:
    more = Choices(buttons=(Button(label="Visa", token="show_state||"),))
    card = form_card(form(choice(2), intro=(more,)))
    assert next(iter(actions(card["body"])))["associatedInputs"] == "none"


@pytest.mark.parametrize(
    ("field", "multiline", "most"),
    [
        (TextField(key="a", label="a", longest=200), False, 200),
        (TextField(key="a", label="a", longest=201), True, 201),
        (TextField(key="a", label="a", longest=200, lines=3), True, 200),
        (TextField(key="a", label="a", longest=200_000), True, 10_000),
        (TextField(key="a", label="a", longest=3, value="för långt"), False, 9),
    ],
)
def test_a_text_has_room(field: TextField, most: int, *, multiline: bool) -> None:
    element = asked(field)
    assert element["maxLength"] == most
    assert element["isMultiline"] is multiline


def test_a_file_cannot_be_chosen_and_that_is_said() -> None:
    card = form_card(form(TextField(key="k", label="Klistra in", file=".csv", longest=200_000)))
    assert "Filer går inte att välja här" in str(card["body"])


def test_a_day_is_picked_and_words_that_are_none_are_kept() -> None:
    assert asked(DateField(key="d", label="Dag", value="2026-11-26"))["value"] == "2026-11-26"
    card = form_card(form(DateField(key="d", label="Dag", value="i morgon")))
    assert "Det stod: i morgon" in str(card["body"])
    assert "value" not in inputs(card)["f0"]


def test_people_are_those_that_are_there() -> None:
    chosen = PEOPLE[1][0]
    many = asked(PeopleField(key="p", label="Vilka?", value=(chosen, "lena")))
    assert [(one["value"], one["title"]) for one in many["choices"]] == list(PEOPLE)
    assert (many["value"], many["isMultiSelect"]) == (chosen, True)
    assert "isMultiSelect" not in asked(PeopleField(key="p", label="Vem?", several=False))


@pytest.mark.parametrize("people", [(), tuple((f"{TENANT}/{n:036}", f"Person {n}") for n in range(200))])
def test_people_too_many_to_send_or_unknown_are_fetched_by_the_client(people: Any) -> None:
    fields = (
        PeopleField(key="p", label="Vilka?", value=(PEOPLE[0][0],)),
        PeopleField(key="q", label="Vem?", several=False),
    )
    card = form_card(form(*fields), people=people)
    assert weight(card) < 25_000
    assert faults(card) == of_card(card) == []
    first, second = inputs(card).values()
    assert first["choices"] == []
    assert first["choices.data"]["dataset"] == "graph.microsoft.com/users?scope=currentContext"
    assert first["value"] == PEOPLE[0][0].rpartition("/")[2]
    assert "value" not in second


def test_a_required_field_says_what_is_missing() -> None:
    fields = (
        TextField(key="a", label="A", required=True),
        choice(2).model_copy(update={"required": True}),
        DateField(key="c", label="C", required=True),
        PeopleField(key="d", label="D", required=True),
    )
    told = [one["errorMessage"] for one in inputs(dialog(form(*fields))).values()]
    assert told == ["Skriv något här.", "Välj ett svar.", "Välj en dag.", "Välj minst en person."]


def test_errors_stand_with_their_field_and_the_others_first() -> None:
    field = TextField(key="a", label="A", help="Skriv kort.")
    errors = {"": "Någon hann före.", "a": "Skriv något."}
    _, first, intro, last = form_card(form(field, errors=errors, intro=(Paragraph(text="Inledning"),)))[
        "body"
    ]
    assert "Någon hann före." in str(first)
    assert "Inledning" in str(intro)
    assert last["style"] == first["style"] == "attention"
    assert last["items"][0]["label"] == "Skriv något.\nA\nSkriv kort."


def test_a_label_that_markdown_would_change_stands_once_with_marks_that_mean_nothing() -> None:
    card = form_card(form(TextField(key="a", label="Vad *tycker* ni?", help="Skriv.")))
    _, element = card["body"]
    assert element["label"] == "Vad *tycker* ni?\nSkriv.".translate(ALIKE)


def test_in_a_window_help_is_said_with_its_field_and_before_the_clients_own_star() -> None:
    asked = TextField(key="a", label="Ditt svar", help="Alla ser det.", required=True)
    other = TextField(key="b", label="När?", help="Till exempel fredag.", required=True)
    first, wrong = dialog(form(asked, other, errors={"b": "Skriv en dag."}))["body"]
    (second,) = wrong["items"]
    assert first["label"] == "Ditt svar\nAlla ser det."
    assert second["label"] == "Skriv en dag.\nNär?\nTill exempel fredag."
    assert first["isRequired"] is second["isRequired"] is True


def test_help_that_nobody_can_read_is_none() -> None:
    unseen = TextField(key="a", label="Ditt svar", help="\u200b", required=True)
    (element,) = dialog(form(unseen))["body"]
    assert (element["label"], element["isRequired"]) == ("Ditt svar", True)
    assert asked(unseen)["label"] == "Ditt svar *"


def test_a_long_text_fits_and_what_was_written_is_whole() -> None:
    written = "Vi läser högt varje dag. " * 400
    field = TextField(key="a", label="A", value=written, lines=4)
    card = form_card(form(field))
    assert weight(card) < 25_000
    assert inputs(card)["f0"]["value"] == written


def test_an_introduction_gives_way_to_what_was_written() -> None:
    written = "Vi läser högt varje dag. " * 400
    field = TextField(key="a", label="A", value=written, lines=4)
    card = form_card(form(field, intro=(Quote(text="Deras ord. " * 900),)))
    assert weight(card) < 25_000
    assert inputs(card)["f0"]["value"] == written
    assert "En text här ovanför är förkortad" in str(card["body"])


def test_words_weigh_more_than_the_margin() -> None:
    """Three full texts are more than the margin and less than what Teams takes."""
    written = "ordet " * 1600
    fields = tuple(TextField(key=key, label=key, value=written, lines=4) for key in "abc")
    card = form_card(form(*fields))
    assert [one["value"] for one in inputs(card).values()] == [written] * 3
    assert of_card(card) == []

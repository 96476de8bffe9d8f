from typing import Any

import pytest

from bot.messages.model import (
    Around,
    ChoiceField,
    DateField,
    Form,
    FormField,
    Option,
    Paragraph,
    PeopleField,
    TextField,
)
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.limits import of_view
from tests.platforms.slack.reading import METADATA

Json = dict[str, Any]


def blocks_of(*fields: FormField, **more: Any) -> list[Json]:
    given = {"token": "t", "title": "Rubrik", "submit": "Spara", **more}
    view = to_modal(Form(fields=fields, **given), metadata=METADATA)
    assert of_view(view) == []
    blocks: list[Json] = view["blocks"]
    return blocks


def asked(field: FormField) -> Json:
    """The element of the only input."""
    (block,) = [block for block in blocks_of(field) if block["type"] == "input"]
    element: Json = block["element"]
    return element


def choice(number: int, *, several: bool = False, value: tuple[str, ...] = ()) -> ChoiceField:
    options = tuple(Option(value=f"v{n}", label=f"Val {n}") for n in range(number))
    return ChoiceField(key="val", label="Välj", options=options, several=several, value=value)


def offered(element: Json) -> list[str]:
    groups = element.get("option_groups") or [element]
    return [option["value"] for group in groups for option in group["options"]]


@pytest.mark.parametrize(
    ("number", "one", "many"),
    [
        (1, "radio_buttons", "checkboxes"),
        (6, "radio_buttons", "checkboxes"),
        (7, "static_select", "checkboxes"),
        (10, "static_select", "checkboxes"),
        (11, "static_select", "multi_static_select"),
        (100, "static_select", "multi_static_select"),
        (101, "static_select", "multi_static_select"),
        (1500, "static_select", "multi_static_select"),
    ],
)
def test_no_choice_is_lost_however_many(number: int, one: str, many: str) -> None:
    last = f"v{number - 1}"
    single = asked(choice(number, value=(last,)))
    several = asked(choice(number, several=True, value=("v0", last)))
    assert (single["type"], several["type"]) == (one, many)
    assert offered(single) == offered(several) == [f"v{n}" for n in range(number)]
    assert single["initial_option"]["value"] == last
    assert {chosen["value"] for chosen in several["initial_options"]} == {"v0", last}


def test_nothing_to_choose_is_said() -> None:
    blocks = blocks_of(choice(0))
    assert "Det finns inget att välja på just nu." in str(blocks)
    assert [block for block in blocks if block["type"] == "input"] == []


def test_long_choices_stand_whole_above() -> None:
    label = "Ett svar som är så långt att det inte får plats i Slacks lista över vad som går att välja"
    field = ChoiceField(key="val", label="Välj", options=(Option(value="a", label=label),))
    above, block = blocks_of(field)
    assert f"1. {label}" in str(above)
    assert block["element"]["options"][0]["text"]["text"].startswith("1. Ett svar")


def test_a_field_comes_back_by_its_key_in_a_block_of_its_step() -> None:
    (block,) = blocks_of(TextField(key="orsak.1", label="Vad?", help="Skriv kort.", required=True))
    assert (block["block_id"], block["element"]["action_id"]) == ("0a1b2c3d.orsak.1", "orsak.1")
    assert (block["optional"], block["hint"]["text"]) == (False, "Skriv kort.")


@pytest.mark.parametrize(
    ("field", "multiline", "most"),
    [
        (TextField(key="a", label="a", longest=200), False, 200),
        (TextField(key="a", label="a", longest=201), True, 201),
        (TextField(key="a", label="a", longest=200, lines=3), True, 200),
        (TextField(key="a", label="a", longest=10_000), True, 3000),
        (TextField(key="a", label="a", longest=3, value="för långt"), False, 9),
    ],
)
def test_a_text_has_room(field: TextField, most: int, *, multiline: bool) -> None:
    element = asked(field)
    assert element["max_length"] == most
    assert element["multiline"] is multiline


def test_a_text_longer_than_an_input_goes_on_in_the_next() -> None:
    text = "\n".join(f"Rad {n} om undervisningen." for n in range(300))
    blocks = blocks_of(TextField(key="text", label="Text", value=text, required=True))
    assert [block["block_id"] for block in blocks] == [
        "0a1b2c3d.text",
        "0a1b2c3d.text#2",
        "0a1b2c3d.text#3",
    ]
    assert [block["label"]["text"] for block in blocks] == ["Text (1 av 3)", "Text (2 av 3)", "Text (3 av 3)"]
    assert [block["optional"] for block in blocks] == [False, True, True]
    assert {block["element"]["action_id"] for block in blocks} == {"text"}
    assert "".join(block["element"]["initial_value"] for block in blocks) == text


def test_a_file_cannot_be_chosen_and_that_is_said() -> None:
    blocks = blocks_of(TextField(key="k", label="Klistra in", file=".csv", longest=200_000, lines=10))
    assert "Filer går inte att välja här" in str(blocks[0])


def test_a_day_is_picked_and_words_that_are_none_are_kept() -> None:
    assert asked(DateField(key="d", label="Dag", value="2026-11-26"))["initial_date"] == "2026-11-26"
    said, picker = blocks_of(DateField(key="d", label="Dag", value="i morgon"))
    assert "Det stod: i morgon" in str(said)
    assert "initial_date" not in picker["element"]


def test_people_are_slacks_own() -> None:
    many = asked(PeopleField(key="p", label="Vilka?", value=("T1/U1", "T1/U2", "lena")))
    assert (many["type"], many["initial_users"]) == ("multi_users_select", ["U1", "U2"])
    one = asked(PeopleField(key="p", label="Vem?", value=("T1/U1",), several=False))
    assert (one["type"], one["initial_user"]) == ("users_select", "U1")
    assert "initial_users" not in asked(PeopleField(key="p", label="Vilka?"))


def test_errors_stand_above_their_field_and_the_others_first() -> None:
    errors = {"": "Någon hann före.", "a": "Skriv något."}
    blocks = blocks_of(TextField(key="a", label="A"), errors=errors, intro=(Paragraph(text="Inledning"),))
    assert [
        words in str(block)
        for words, block in zip(
            ("Någon hann före.", "Inledning", "Skriv något.", "0a1b2c3d.a"), blocks, strict=True
        )
    ] == [True] * 4


def test_a_long_title_and_button_are_whole_inside() -> None:
    title, submit = "När ska sammanfattningen komma till rektor?", "Spara den nya tiden nu genast"
    view = to_modal(
        Form(token="t", title=title, fields=(DateField(key="d", label="Dag"),), submit=submit),
        metadata=METADATA,
    )
    assert view["title"]["text"] == "Nuläge"
    assert title in str(view["blocks"][0])
    assert submit in str(view["blocks"][-1])
    assert view["private_metadata"] == METADATA


def test_a_menu_where_nothing_is_chosen_invites_in_the_readers_language() -> None:
    fields = (
        choice(7),
        choice(11, several=True),
        DateField(key="d", label="D"),
        PeopleField(key="p", label="P"),
    )
    named = [field.model_copy(update={"key": f"f{at}"}) for at, field in enumerate(fields)]
    around = Around(close="Close", pick="Choose")
    form = Form(token="t", title="T", fields=tuple(named), submit="Save", around=around)
    view = to_modal(form, metadata=METADATA)
    inputs = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    assert [one["placeholder"]["text"] for one in inputs] == ["Choose"] * 4
    assert view["close"]["text"] == "Close"
    assert "placeholder" not in asked(choice(2)), "a radio button has none"

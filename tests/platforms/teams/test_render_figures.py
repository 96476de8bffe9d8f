"""Charts and tables: drawn where they can be, and always told in words."""

from typing import Any

import pytest

from bot.messages.model import Bar, Block, Chart, Message, Table
from bot.platforms.teams.render.bars import bar
from bot.platforms.teams.render.message import to_card, to_parts
from tests.platforms.teams.card_reading import said_in
from tests.teams.strict_cards import faults

Json = dict[str, Any]
BARS = (Bar(label="Resultat", value=4), Bar(label="Undervisning", value=1))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)
MATRIX = Table(
    caption="Rubrik",
    header=("Vad", "Den som skrev", "Arbetslaget", "Rektor", "Andra på skolan"),
    rows=(
        ("Läsa", "ja", "nej", "ja", "nej"),
        ("Ändra", "nej", "nej", "nej", "nej"),
        ("Svara", "nej", "ja", "ja", "ja"),
    ),
)
TABLE = Table(caption="Roller", header=("Vem", "Vad"), rows=(("Rut", ""),))


def shown(*blocks: Block) -> list[Json]:
    """What stands below the title."""
    card = to_card(Message(title="Rubrik", blocks=blocks))
    assert faults(card) == []
    body: list[Json] = card["body"]
    return body[1:]


def words(block: Json) -> str:
    return str(block["text"]) if block["type"] == "TextBlock" else "".join(runs(block))


def runs(block: Json) -> list[str]:
    return [run["text"] for run in block["inlines"]]


def test_a_chart_is_drawn_described_and_told_in_numbers() -> None:
    title, drawn, finding, *told = shown(CHART)
    assert (runs(title), runs(finding)) == (["Tecken"], ["Fler fungerar."])
    assert (drawn["type"], drawn["title"]) == ("Chart.HorizontalBar", "Tecken (st)")
    assert drawn["data"] == [{"x": "Resultat", "y": 4}, {"x": "Undervisning", "y": 1}]
    assert [runs(line) for line in told] == [["Resultat: ", "4 st"], ["Undervisning: ", "1 st"]]
    pictures = [one for one in drawn["fallback"]["items"] if one["type"] == "Image"]
    assert [one["altText"] for one in pictures] == ["Resultat: 4 st", "Undervisning: 1 st"]
    assert [one["url"] for one in pictures] == [bar(1), bar(0.25)]


def test_a_picture_of_a_bar_is_small_and_grows_with_its_number() -> None:
    assert all(len(bar(share / 100)) < 250 for share in range(101))
    assert len({bar(share / 100) for share in range(101)}) == 101
    assert bar(2.0) == bar(1.0)


@pytest.mark.parametrize(
    "bars",
    [
        (),
        tuple(Bar(label=str(n), value=n) for n in range(13)),
        *((Bar(label="a", value=value),) for value in (float("nan"), float("inf"), -1.0)),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_words(bars: tuple[Bar, ...]) -> None:
    blocks = shown(CHART.model_copy(update={"bars": bars}))
    assert {block["type"] for block in blocks} == {"RichTextBlock"}
    assert all(one.label in said_in(blocks) for one in bars)


def test_a_table_has_a_header_and_its_rows_under_headings_for_who_cannot_see_it() -> None:
    caption, grid = shown(TABLE)
    assert runs(caption) == ["Roller"]
    assert grid["firstRowAsHeaders"]
    assert said_in(grid["rows"]) == "VemVadRut–"
    assert [column["width"] for column in grid["columns"]] == [3, 3]
    assert said_in(grid["fallback"]["items"]) == "Vem:RutVad:–"
    assert grid["fallback"]["items"][0]["style"] == "heading"


@pytest.mark.parametrize(
    "rows",
    [(), (("a",),), (("a", "b"),) * 41, (("a", "x " * 3250),), (("a" * 30, "b" * 30),)],
    ids=["none", "ragged", "many", "long", "wide"],
)
def test_a_table_that_is_too_large_is_a_heading_a_row(rows: tuple[tuple[str, ...], ...]) -> None:
    blocks = shown(TABLE.model_copy(update={"rows": rows}))
    assert not [block for block in blocks if block["type"] == "Table"]
    assert "Vem:" in said_in(blocks)
    assert all(cell in said_in(blocks) for row in rows for cell in row if len(cell) < 100)


def test_what_a_wide_table_says_in_few_words_gathers_its_columns_below_each_heading() -> None:
    (grouped,) = shown(MATRIX)
    assert grouped["layouts"][0]["type"] == "Layout.Flow", "beside each other where there is room"
    assert [[words(block) for block in row["items"]] for row in grouped["items"]] == [
        ["Vad: Läsa", "ja: Den som skrev, Rektor", "nej: Arbetslaget, Andra på skolan"],
        ["Vad: Ändra", "nej: Den som skrev, Arbetslaget, Rektor, Andra på skolan"],
        ["Vad: Svara", "ja: Arbetslaget, Rektor, Andra på skolan", "nej: Den som skrev"],
    ]
    assert {row["items"][0]["style"] for row in grouped["items"]} == {"heading"}


def test_a_row_of_a_wide_table_names_its_columns_where_the_words_are_many() -> None:
    rows = tuple((str(n), *(f"{at} svar av {n}" for at in range(4))) for n in range(3))
    grouped = shown(MATRIX.but(caption="Svar", rows=rows))[-1]
    assert [words(block) for block in grouped["items"][1]["items"]] == [
        "Vad: 1",
        "Den som skrev: 0 svar av 1",
        "Arbetslaget: 1 svar av 1",
        "Rektor: 2 svar av 1",
        "Andra på skolan: 3 svar av 1",
    ]


def test_a_wide_table_without_rows_still_says_its_columns() -> None:
    assert "Arbetslaget:–" in said_in(shown(MATRIX.but(rows=())))


def test_the_name_of_the_first_column_is_not_said_again_where_the_caption_says_it() -> None:
    grouped = shown(MATRIX.but(caption="Vem ser vad"))[-1]
    assert [words(row["items"][0]) for row in grouped["items"]] == ["Läsa", "Ändra", "Svara"]


@pytest.mark.parametrize("table", [TABLE, MATRIX], ids=["small", "wide"])
def test_a_table_called_what_its_card_is_called_says_it_once(table: Table) -> None:
    card = to_card(Message(title="Rubrik", blocks=(table.but(caption="Rubrik"),)))
    assert said_in(card["body"]).count("Rubrik") == 1


def test_a_table_that_a_card_cannot_hold_is_parted_between_its_rows() -> None:
    rows = tuple((f"Rad {n}", "ja", "nej", "ja", "ordet " * 200) for n in range(30))
    parts = to_parts(Message(title="Rubrik", blocks=(MATRIX.but(rows=rows),)))
    assert len(parts) > 1
    said = "".join(said_in(part.card) for part in parts)
    assert all(f"Rad{n}" in said for n in range(30))

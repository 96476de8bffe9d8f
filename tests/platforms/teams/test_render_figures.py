"""Charts and tables: drawn where they can be, and always told in words."""

from typing import Any

import pytest

from bot.messages.model import Bar, Block, Chart, Message, Table
from bot.platforms.teams.render.bars import bar
from bot.platforms.teams.render.message import to_card
from tests.platforms.teams.card_reading import said_in
from tests.teams.strict_cards import faults

Json = dict[str, Any]
BARS = (Bar(label="Resultat", value=4), Bar(label="Undervisning", value=1))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)
TABLE = Table(caption="Roller", header=("Vem", "Vad"), rows=(("Rut", ""),))


def shown(*blocks: Block) -> list[Json]:
    """What stands below the title."""
    card = to_card(Message(title="Rubrik", blocks=blocks))
    assert faults(card) == []
    body: list[Json] = card["body"]
    return body[1:]


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
    [(), tuple(Bar(label=str(n), value=n) for n in range(13)), *(
        (Bar(label="a", value=value),) for value in (float("nan"), float("inf"), -1.0)
    )],
)  # fmt: skip
def test_a_chart_that_cannot_be_drawn_is_words(bars: tuple[Bar, ...]) -> None:
    blocks = shown(CHART.model_copy(update={"bars": bars}))
    assert {block["type"] for block in blocks} == {"RichTextBlock"}
    assert all(one.label in said_in(blocks) for one in bars)


def test_a_table_has_a_header_and_lines_for_who_cannot_see_it() -> None:
    caption, grid = shown(TABLE)
    assert runs(caption) == ["Roller"]
    assert grid["firstRowAsHeaders"]
    assert said_in(grid["rows"]) == "VemVadRut–"
    assert [column["width"] for column in grid["columns"]] == [3, 3]
    assert said_in(grid["fallback"]["items"]) == "•Vem:Rut·Vad:–"


@pytest.mark.parametrize(
    "rows",
    [(), (("a",),), (("a", "b"),) * 41, (("a", "x " * 3250),), (("a" * 30, "b" * 30),)],
    ids=["none", "ragged", "many", "long", "wide"],
)
def test_a_table_that_is_too_large_is_a_line_a_row(rows: tuple[tuple[str, ...], ...]) -> None:
    blocks = shown(TABLE.model_copy(update={"rows": rows}))
    assert {block["type"] for block in blocks} == {"RichTextBlock"}
    assert "Vem:" in said_in(blocks)

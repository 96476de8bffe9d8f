"""How it looks: what is small, what is parted, and what is not said twice."""

from typing import Any

from bot.messages.model import (
    Bar,
    Block,
    Chart,
    Fact,
    Facts,
    Form,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Table,
    TextField,
)
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.limits import of_view
from bot.platforms.slack.render.message import NO_ROOM, to_home, to_modal_message, to_parts, to_payload
from tests.platforms.slack.reading import METADATA

Json = dict[str, Any]
BARS = (Bar(label="Undervisning och arbetssätt", value=2.5), Bar(label="Resultat", value=3))
CHART = Chart(title="Tecken de senaste veckorna", alt="Fler fungerar.", unit="tecken", bars=BARS)
TABLE = Table(caption="Vem ser vad", header=("Vad", "Vem"), rows=(("Plan", "Alla"),))


def below(*blocks: Block, title: str = "Rubrik", **more: Any) -> list[Json]:
    """What stands below the title."""
    (part,) = to_parts(Message(title=title, blocks=blocks), **more)
    return list(part.blocks)[1:]


def kinds(blocks: list[Json]) -> list[str]:
    return [block["type"] for block in blocks]


def test_a_picture_says_its_title_and_its_numbers_stand_below_in_small() -> None:
    picture, numbers = below(CHART, pictures={CHART: "F1"})
    assert (picture["type"], numbers["type"]) == ("image", "context")
    assert picture["alt_text"] == "Tecken de senaste veckorna. Fler fungerar."
    told = "Undervisning och arbetssätt: 2,5 tecken · Resultat: 3 tecken"
    assert numbers["elements"][0]["text"] == told
    (part,) = to_parts(Message(title="x", blocks=(CHART,)), pictures={CHART: "F1"})
    assert part.text.split("\n") == ["x", CHART.title, CHART.alt, told]


def test_slacks_own_chart_shows_its_title_itself_and_bars_that_have_no_room_are_numbered() -> None:
    chart, alt, numbers = below(CHART)
    assert chart["title"] == CHART.title
    assert CHART.title not in str([alt, numbers])
    assert "1. Undervisning och arbetssätt: 2,5 tecken" in str(numbers)
    assert (
        kinds(below(CHART.model_copy(update={"title": "x" * 51})))
        == ["data_visualization"] + ["rich_text"] * 3
    )


def test_without_a_figure_nothing_is_numbered() -> None:
    *_, numbers = below(CHART, native=False)
    assert "1. " not in str(numbers)
    assert numbers["elements"][0]["type"] == "rich_text_list"


def test_a_tables_caption_is_not_said_twice() -> None:
    assert kinds(below(TABLE, title=TABLE.caption)) == ["data_table"]
    assert kinds(below(Section(text=TABLE.caption), TABLE)) == ["rich_text", "data_table"]
    words, grid = below(Paragraph(text="x"), TABLE)
    assert (words["type"], grid["type"], grid["caption"]) == ("rich_text", "data_table", TABLE.caption)


def test_whose_words_a_quote_is_stands_small() -> None:
    quote, source = below(Quote(text="ord", source="Arbetslag 4–6", link="#18f3a2"))
    assert (quote["type"], source["type"]) == ("rich_text", "context")
    assert kinds(below(Quote(text="ord"))) == ["rich_text"]


def test_a_question_needs_no_colon() -> None:
    facts = Facts(rows=(Fact(label="Vad hände?", value="a"), Fact(label="Svarar", value="b")))
    assert to_payload(Message(title="x", blocks=(facts,))).text == "x\nVad hände? a\nSvarar: b"


def test_one_square_is_no_bar() -> None:
    assert "□" not in str(below(Progress(done=0, of=1, text="Ett svar räcker")))
    assert "□□" in str(below(Progress(done=0, of=2, text="0 av 2")))


def test_lines_part_the_sections_of_the_home_tab_and_of_nothing_else() -> None:
    message = Message(title="Hej", blocks=(Section(text="A"), Paragraph(text="a"), Section(text="B")))
    assert kinds(to_home(message)["blocks"]) == [
        "header",
        "divider",
        "rich_text",
        "rich_text",
        "divider",
        "rich_text",
    ]
    assert "divider" not in str([to_payload(message), to_modal_message(message)])


def test_small_lines_share_a_block_where_a_view_is_full() -> None:
    quotes = tuple(Quote(text=f"ord {n}.", source=f"källa {n}.") for n in range(80))
    view = to_home(Message(title="Hem", blocks=quotes))
    assert of_view(view) == []
    assert all(f"ord {n}." in str(view) and f"källa {n}." in str(view) for n in range(80))


def test_a_view_that_slack_would_refuse_says_what_to_do() -> None:
    heavy = Message(title="Hem", blocks=tuple(Paragraph(text="å" * 2900) for _ in range(60)))
    for view in (to_home(heavy), to_modal_message(heavy)):
        assert of_view(view) == []
        assert NO_ROOM in str(view)
    fields = tuple(TextField(key=f"k{n}", label="A", value="å" * 3000) for n in range(60))
    form = to_modal(Form(token="t", title="T", fields=fields, submit="Spara"), metadata=METADATA)
    assert (NO_ROOM in str(form), "submit" in form, of_view(form)) == (True, False, [])

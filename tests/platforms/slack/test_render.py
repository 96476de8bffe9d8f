from typing import Any

import pytest

from bot.messages.model import (
    Bar,
    Block,
    Bullets,
    Button,
    Chart,
    Choices,
    Fact,
    Facts,
    Link,
    Message,
    Paragraph,
    Progress,
    Quote,
    Table,
)
from bot.platforms.legible import brief
from bot.platforms.slack.render.limits import of_message, of_view
from bot.platforms.slack.render.message import to_home, to_modal_message, to_parts, to_payload

Json = dict[str, Any]
BARS = (Bar(label="Resultat", value=3), Bar(label="Undervisning och arbetssätt", value=2.5))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)


def shown(*blocks: Block, title: str = "Rubrik", native: bool = True) -> list[Json]:
    """What stands below the title."""
    return list(to_payload(Message(title=title, blocks=blocks), native=native).blocks)[1:]


def runs(block: Json) -> list[Json]:
    """The words of a rich text block, flat."""
    return [run for part in block["elements"] for run in part["elements"]]


def test_a_message_that_is_its_title_is_one_plain_line() -> None:
    (block,) = to_payload(Message(title="Sparat")).blocks
    assert runs(block) == [{"type": "text", "text": "Sparat"}]


def test_a_title_is_a_heading_and_is_not_said_twice() -> None:
    heading, _ = to_payload(Message(title="Rubrik", blocks=(Paragraph(text="x"),))).blocks
    assert (heading["type"], heading["text"]["text"]) == ("header", "Rubrik")
    assert len(to_payload(Message(title="x", blocks=(Paragraph(text="x"),))).blocks) == 1


def test_words_are_never_markup() -> None:
    payload = to_payload(Message(title="<!here> *x* <https://x.se|y> &amp;"))
    assert payload.text == "&lt;!here&gt; *x* &lt;https://x.se|y&gt; &amp;amp;"
    assert runs(payload.blocks[0]) == [{"type": "text", "text": "<!here> *x* <https://x.se|y> &amp;"}]


def test_a_quote_keeps_its_source_apart_and_follows_only_links_out() -> None:
    quote, source = shown(Quote(text="ord", source="4–6", link="https://x.se/a?b=1"))
    assert quote["elements"][0]["type"] == "rich_text_quote"
    assert [run["text"] for run in runs(source)] == ["– 4–6", " · ", "Öppna x.se"]
    for link in ("#18f3a2", "javascript:alert(1)", "ftp://x.se", "https://", "https://x.se/\n", "//x.se"):
        (quote,) = shown(Quote(text="ord", link=link))
        assert "link" not in str(quote)


def test_a_link_of_ours_is_its_words_and_only_one_out_is_followed() -> None:
    (line,) = shown(Link(text="Avstämning torsdag", link="https://x.se/a"))
    assert runs(line) == [{"type": "link", "url": "https://x.se/a", "text": "Avstämning torsdag"}]
    (line,) = shown(Link(text="ord", link="javascript:alert(1)"))
    assert runs(line) == [{"type": "text", "text": "ord"}]


def test_counted_items_need_no_dots() -> None:
    counted, dotted = shown(Bullets(items=("1. a", "2. b"))), shown(Bullets(items=("a", "b")))
    assert [run["text"] for run in runs(counted[0])] == ["1. a", "\n", "2. b"]
    assert [part["type"] for part in counted[0]["elements"]] == ["rich_text_section"]
    assert [part["type"] for part in dotted[0]["elements"]] == ["rich_text_list"]


def test_a_bar_is_drawn_and_not_read_out() -> None:
    payload = to_payload(Message(title="x", blocks=(Progress(done=2, of=3, text="2 av 3 har svarat"),)))
    assert [run["text"] for run in runs(payload.blocks[1])] == ["■■□ ", "2 av 3 har svarat"]
    assert payload.text == "x\n2 av 3 har svarat"


def test_facts_are_labelled() -> None:
    (facts,) = shown(Facts(rows=(Fact(label="Fas", value="Följ upp"), Fact(label="Kvar", value="2"))))
    assert [run["text"] for run in runs(facts)] == ["Fas: ", "Följ upp", "\n", "Kvar: ", "2"]


def test_buttons_carry_their_token_and_are_told_apart() -> None:
    buttons = tuple(Button(label="Ja", token="answer|1|", look="main") for _ in range(30))
    first, second = shown(Choices(buttons=buttons))
    ids = [one["action_id"] for block in (first, second) for one in block["elements"]]
    assert ids == [f"answer.{n}" for n in range(1, 31)]
    assert {one["value"] for one in first["elements"]} == {"answer|1|"}
    assert first["elements"][0]["style"] == "primary"


def test_a_long_label_stands_whole_above_its_button() -> None:
    label = "Det här är en knapp vars text är så lång att den inte får plats på själva knappen alls"
    above, actions = shown(Choices(buttons=(Button(label=label, token="answer||"),)))
    assert runs(above)[0]["text"] == f"1. {label}"
    assert actions["elements"][0]["text"]["text"].endswith("…")


def test_a_chart_has_its_numbers_as_words() -> None:
    payload = to_payload(Message(title="Nuläge", blocks=(CHART,)))
    chart = payload.blocks[1]
    assert chart["type"] == "data_visualization"
    assert chart["chart"]["axis_config"]["categories"] == ["1. Resultat", "2. Undervisning och…"]
    assert payload.text.splitlines()[-2:] == ["1. Resultat: 3 st", "2. Undervisning och arbetssätt: 2,5 st"]


@pytest.mark.parametrize(
    "bars", [(), tuple(Bar(label=str(n), value=n) for n in range(21)), (Bar(label="a", value=float("nan")),)]
)
def test_a_chart_that_slack_cannot_draw_is_words(bars: tuple[Bar, ...]) -> None:
    blocks = shown(CHART.model_copy(update={"bars": bars}))
    assert {block["type"] for block in blocks} == {"rich_text"}


def test_a_picture_takes_the_place_of_the_drawing() -> None:
    (part,) = to_parts(Message(title="x", blocks=(CHART,)), pictures={CHART: "F1"})
    assert part.blocks[1] == {
        "type": "image",
        "slack_file": {"id": "F1"},
        "alt_text": "Tecken. Fler fungerar.",
    }


def test_one_table_and_two_charts_are_slacks_own() -> None:
    table = Table(caption="Roller", header=("Vem", "Vad"), rows=(("Rut", ""),))
    blocks = shown(table, table, CHART, CHART, CHART)
    kinds = [block["type"] for block in blocks]
    assert (kinds.count("data_table"), kinds.count("data_visualization")) == (1, 2)
    (grid,) = [block for block in blocks if block["type"] == "data_table"]
    assert [[cell["text"] for cell in row] for row in grid["rows"]] == [["Vem", "Vad"], ["Rut", "–"]]


@pytest.mark.parametrize(
    "rows", [(), (("a",),), (("a", "b"),) * 101, (("a", "x" * 9001),)], ids=["none", "ragged", "many", "long"]
)
def test_a_table_that_slack_does_not_hold_is_a_line_a_row(rows: tuple[tuple[str, ...], ...]) -> None:
    blocks = shown(Table(caption="Roller", header=("Vem", "Vad"), rows=rows))
    assert {block["type"] for block in blocks} == {"rich_text"}
    assert "Vem: " in str(blocks)


def test_many_blocks_are_several_parts() -> None:
    message = Message(title="Allt", blocks=tuple(Paragraph(text=str(n)) for n in range(120)))
    parts = to_parts(message)
    assert [len(part.blocks) for part in parts] == [50, 50, 24]
    assert [part.text.splitlines()[-1] for part in parts] == ["Del 1 av 3", "Del 2 av 3", "Del 3 av 3"]
    assert all(of_message(part.text, part.blocks) == [] for part in parts)


def test_text_that_grows_when_it_is_made_inert_is_split_too() -> None:
    parts = to_parts(Message(title="x", blocks=(Paragraph(text="&" * 9500),)))
    assert len(parts) == 2
    assert all(of_message(part.text, part.blocks) == [] for part in parts)


def test_a_view_with_many_paragraphs_holds_them_all() -> None:
    view = to_home(Message(title="Hem", blocks=tuple(Paragraph(text=f"stycke {n}.") for n in range(300))))
    assert of_view(view) == []
    assert all(f"stycke {n}." in str(view) for n in range(300))


def test_a_view_that_cannot_hold_everything_says_so() -> None:
    pressed = Choices(prompt="?", buttons=(Button(label="Ja", token="answer||"),))
    view = to_home(Message(title="Hem", blocks=(pressed,) * 80))
    assert of_view(view) == []
    assert "Allt fick inte plats här" in str(view["blocks"][-1])


def test_a_telling_modal_has_a_short_title_and_the_whole_inside() -> None:
    long = to_modal_message(
        Message(title="Jag kan inte spara just nu, tyvärr", blocks=(Paragraph(text="x"),))
    )
    assert long["title"]["text"] == "Nuläge", "no sentence is cut in two"
    said = to_modal_message(Message(title="Sparat. Svaret är på väg till Arbetslag 4–6."))
    assert said["title"]["text"] == "Sparat"
    assert long["blocks"][0]["text"]["text"] == "Jag kan inte spara just nu, tyvärr"
    short = to_modal_message(Message(title="Sparat", blocks=(Paragraph(text="x"),)))
    assert len(short["blocks"]) == 1
    assert len(to_modal_message(Message(title="Sparat"))["blocks"]) == 1


def test_nothing_at_all_is_still_something() -> None:
    assert to_payload(Message(title="\x00 ")).text == "–"
    assert of_view(to_home(Message(title=""))) == []


def test_shortening_stops_at_a_word() -> None:
    assert brief("Orsaksanalys i Arbetslag 4–6", 24) == "Orsaksanalys i…"
    assert brief("x" * 40, 24) == "x" * 23 + "…"
    assert brief("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 20) == "👩‍👩‍👧‍👦…"

import json
from typing import Any

import pytest

from bot.messages.model import (
    Bar,
    Bullets,
    Button,
    Chart,
    Choices,
    Document,
    Fact,
    Facts,
    Link,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Small,
    Table,
)
from bot.platforms.legible import brief
from bot.platforms.teams.render.escape import is_tame, tamed
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import activity_of, to_card, to_parts
from tests.platforms.teams.card_reading import actions, runs, shown
from tests.teams.strict_cards import faults, utf16

Json = dict[str, Any]
BARS = (Bar(label="Resultat", value=4), Bar(label="Undervisning", value=1))
CHART = Chart(title="Tecken", alt="Fler fungerar.", unit="st", bars=BARS)
TABLE = Table(caption="Roller", header=("Vem", "Vad"), rows=(("Rut", ""),))


def test_a_message_that_is_its_title_is_words_without_a_card() -> None:
    (part,) = to_parts(Message(title="Sparat"))
    assert (part.text, part.card) == ("Sparat", None)
    assert runs(to_card(Message(title="Sparat"))["body"][0]) == ["Sparat"]


def test_a_title_is_a_heading_and_is_not_said_twice() -> None:
    heading, _ = to_card(Message(title="Rubrik", blocks=(Paragraph(text="x"),)))["body"]
    assert (heading["text"], heading["style"]) == ("Rubrik", "heading")
    assert len(to_card(Message(title="x", blocks=(Paragraph(text="x"),)))["body"]) == 1


def test_a_card_says_its_language_and_what_to_do_where_it_cannot_be_shown() -> None:
    card = to_card(Message(title="*Nytt* <b>", blocks=(Paragraph(text="x"),)))
    assert (card["version"], card["lang"]) == ("1.5", "sv")
    assert card["fallbackText"] == "Nytt b Uppdatera Teams, så ser du hela meddelandet."
    assert card["speak"] == "*Nytt* b"


def test_a_notification_says_the_title_in_one_line() -> None:
    (part,) = to_parts(Message(title="En\nrubrik", blocks=(Paragraph(text="x"),)))
    activity = activity_of(part)
    assert (activity["type"], activity["summary"]) == ("message", "En rubrik")
    (attachment,) = activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert "text" not in activity


@pytest.mark.parametrize(
    ("text", "tame"),
    [
        ("Arbetslag 4–6: 3 av 5 har svarat (60 %), kl. 15.15 & ”bra”!", True),
        ("Frågan kom 26.11, v. 48", True),
        ("*fet*", False),
        ("[a](b)", False),
        ("<at>Maja</at>", False),
        ("https://x.se", False),
        ("1. Först", False),
        ("- streck", False),
        ("# a", False),
        ("> a", False),
        ("a\nb", False),
        ("{{DATE(2026-11-21T12:00:00Z)}}", False),
        ("${namn}", False),
        ("&amp;", False),
        ("a@b.se", False),
        ("läs skola.se", False),
        ("   fyra", False),
        ("---", False),
        ("-- -", False),
        ("--- -", False),
    ],
)
def test_what_markdown_would_change_is_known(text: str, *, tame: bool) -> None:
    assert is_tame(text) is tame
    assert is_tame(tamed(text))


def test_a_heading_that_markdown_would_change_is_bold_words() -> None:
    numbered, starred = shown(Section(text="1. Läsa"), Section(text="*Alla* läser"))
    assert (numbered["style"], numbered["text"]) == ("heading", "\u20601. Läsa")
    assert starred["inlines"] == [{"type": "TextRun", "text": "*Alla* läser", "weight": "Bolder"}]


def test_each_line_stands_on_its_own_and_an_empty_one_parts_them() -> None:
    first, second, third = shown(Paragraph(text="a\nb\n\nc"))
    assert [runs(one) for one in (first, second, third)] == [["a"], ["b"], ["c"]]
    assert [one.get("spacing") for one in (first, second, third)] == [None, "None", "Small"]


def test_a_templating_function_is_parted() -> None:
    (block,) = shown(Paragraph(text="{{DATE(2026-11-21T12:00:00Z)}}"))
    assert runs(block) == ["{", "{DATE(2026-11-21T12:00:00Z)}}"]


def test_what_turns_text_around_is_left_out() -> None:
    (block,) = shown(Paragraph(text="سلام \u202eabc\u2066"))
    assert runs(block) == ["سلام abc"]


def test_a_quote_is_marked_keeps_its_source_apart_and_follows_only_links_out() -> None:
    quote, source = shown(Quote(text="ord\nmer", source="4–6", link="https://x.se/a?b=1"))
    assert (quote["type"], quote["style"]) == ("Container", "emphasis")
    assert [runs(one) for one in quote["items"]] == [["”ord"], ["mer”"]]
    assert runs(source) == ["– 4\u2060–\u20606", " · ", "Öppna x.se"]
    assert source["inlines"][2]["selectAction"] == {"type": "Action.OpenUrl", "url": "https://x.se/a?b=1"}
    for link in ("#18f3a2", "javascript:alert(1)", "ftp://x.se", "https://", "https://x.se/\n", "//x.se"):
        assert "OpenUrl" not in str(shown(Quote(text="ord", link=link)))


@pytest.mark.parametrize("link", [None, "https://x.se/a"])
def test_words_without_a_name_are_still_somebodys(link: str | None) -> None:
    quote, *below = shown(Quote(text="ord", link=link))
    assert (quote["style"], runs(quote["items"][0])) == ("emphasis", ["”ord”"])
    assert [runs(one) for one in below] == [["Öppna x.se"]] * bool(link)


def test_a_link_of_ours_is_its_words_and_only_one_out_is_followed() -> None:
    (line,) = shown(Link(text="Avstämning torsdag", link="https://x.se/a"))
    (run,) = line["inlines"]
    assert (run["text"], run["selectAction"]) == (
        "Avstämning torsdag",
        {"type": "Action.OpenUrl", "url": "https://x.se/a"},
    )
    for link in ("#18f3a2", "javascript:alert(1)", "//x.se"):
        (line,) = shown(Link(text="ord", link=link))
        assert (runs(line), "OpenUrl" in str(line)) == (["ord"], False)


def test_a_heading_is_nearest_to_what_it_heads_and_small_lines_keep_together() -> None:
    blocks = (Small(text="a"), Small(text="b"), Section(text="c"), Paragraph(text="d"), Paragraph(text="e"))
    assert [one.get("spacing") for one in shown(*blocks)] == [None, "Small", "Medium", "Small", None]


def test_a_span_of_numbers_is_never_broken_between_two_lines() -> None:
    heading, line = shown(Section(text="Arbetslag 4–6"), Paragraph(text="Åk 7–9 – och fler"))
    assert heading["text"] == "Arbetslag 4\u2060–\u20606"
    assert runs(line) == ["Åk 7\u2060–\u20609 – och fler"]
    (title,) = to_card(Message(title="Arbetslag 4–6"))["body"]
    assert runs(title) == ["Arbetslag 4\u2060–\u20606"]


def test_counted_items_need_no_dots() -> None:
    counted = shown(Bullets(items=("1. a", "2. b")))
    dotted = shown(Bullets(items=("a", "b")))
    assert [runs(one) for one in counted] == [["1. a"], ["2. b"]]
    assert [runs(one) for one in dotted] == [["• ", "a"], ["• ", "b"]]


def test_facts_are_two_columns_unless_markup_could_hide_in_them() -> None:
    (tame,) = shown(Facts(rows=(Fact(label="Fas", value="Följ upp"),)))
    assert tame == {"type": "FactSet", "facts": [{"title": "Fas", "value": "Följ upp"}]}
    label, value = shown(Facts(rows=(Fact(label="Fas", value="*Följ* upp"),)))
    assert (runs(label), runs(value)) == (["Fas"], ["*Följ* upp"])


def test_a_fact_with_a_label_too_long_for_a_phone_stands_below_it() -> None:
    asked = "Vad tror ni ligger bakom att läsförståelsen sjönk?"
    label, value = shown(Facts(rows=(Fact(label=asked, value="Vi läser för lite"),)))
    assert (runs(label), runs(value)) == ([asked], ["Vi läser för lite"])
    assert (label["inlines"][0]["weight"], value["spacing"]) == ("Bolder", "None")


def test_progress_is_words_and_a_bar_that_may_be_left_out() -> None:
    words, drawn = shown(Progress(done=2, of=3, text="2 av 3 har svarat"))
    assert runs(words) == ["2 av 3 har svarat"]
    assert (drawn["type"], drawn["value"], drawn["max"], drawn["fallback"]) == ("ProgressBar", 2, 3, "drop")
    assert [one["type"] for one in shown(Progress(done=4, of=3, text="4 av 3"))] == ["RichTextBlock"]
    assert [one["type"] for one in shown(Progress(done=0, of=0, text="ingen"))] == ["RichTextBlock"]


def test_a_file_is_what_would_have_stood_in_it() -> None:
    pressed = Choices(buttons=(Button(label="Ja", token="answer||"),))
    inside = Message(title="Allt", blocks=(Paragraph(text="Vi läser."), pressed))
    about = (Fact(label="Läsår", value="2026/27"),)
    title, told, facts, words = shown(
        Document(title="Veckan", filename="v 48.docx", about=about, message=inside)
    )
    assert title["text"] == "Veckan"
    assert runs(told) == [
        "I Teams visar jag innehållet här i stället för i en fil. Kopiera det dit ni vill ha det."
    ]
    assert facts["facts"] == [{"title": "Läsår", "value": "2026/27"}]
    assert runs(words) == ["Vi läser."]


def test_what_is_sent_twice_is_left_out_before_a_message_is_parted() -> None:
    message = Message(title="x", blocks=(CHART, TABLE, *(Paragraph(text="ord " * 400),) * 6))
    (part,) = to_parts(message)
    assert "data:image" not in json.dumps(part.card)
    assert utf16(part.card) < 25_000


def test_a_long_message_is_several_numbered_parts_and_its_buttons_come_last() -> None:
    told = tuple(Paragraph(text=f"{n}: " + "ord " * 250) for n in range(40))
    chosen = Choices(buttons=(Button(label="Ja", token="answer||"),))
    parts = to_parts(Message(title="Allt", blocks=(*told, chosen)))
    assert len(parts) > 3
    for number, part in enumerate(parts, 1):
        assert part.card is not None
        assert runs(part.card["body"][-1]) == [f"Del {number} av {len(parts)}"]
        assert utf16(activity_of(part)) <= 25_000
        assert of_card(part.card) == faults(part.card) == []
    assert [len(list(actions(part.card))) for part in parts] == [0] * (len(parts) - 1) + [1]


def test_plain_words_are_parted_too() -> None:
    parts = to_parts(Message(title="x" * 100, blocks=(Paragraph(text="ord " * 9000),)), native=False)
    assert len(parts) == 7
    assert all(utf16(activity_of(part)) <= 25_000 and part.card is None for part in parts)
    assert "".join(part.text for part in parts).count("ord") == 9000


def test_nothing_at_all_is_still_something() -> None:
    assert to_parts(Message(title="\x00 "))[0].text == "–"
    assert of_card(to_card(Message(title=""))) == []


def test_shortening_stops_at_a_word() -> None:
    assert brief("Orsaksanalys i Arbetslag 4–6", 24) == "Orsaksanalys i…"
    assert brief("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 20) == "👩‍👩‍👧‍👦…"

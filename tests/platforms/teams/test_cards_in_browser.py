"""Every card of the gallery in Microsoft's own renderer: no complaint, no word missing, nothing that runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.messages.gallery import examples
from bot.messages.model import (
    Bullets,
    Button,
    ChoiceField,
    Choices,
    DateField,
    Fact,
    Facts,
    Form,
    Message,
    Option,
    Paragraph,
    Progress,
    Quote,
    Section,
    Small,
    Table,
    TextField,
)
from bot.platforms.teams.render.escape import ALIKE
from bot.platforms.teams.render.figures import WIDEST_TABLE
from bot.platforms.teams.render.message import to_card
from prompts.book import load_texts
from tests.platforms.anything import leaves, squeezed
from tests.platforms.teams.card_reading import dialog, form_card
from tests.teams.cards_in_browser import Card, Shown, Window, opened

EXAMPLES = dict(examples(load_texts()))
TOPICS = sorted({name.partition("/")[0] for name in EXAMPLES})
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # to describe all that is well takes three times as long
}
CELLS = """[...document.querySelectorAll('main [role=table] :is(.ac-textBlock, .ac-richTextBlock)')]
    .map((one) => one.clientHeight)"""
NASTY = (
    "**fet** _kursiv_ ~~struken~~ `kod` # rubrik",
    "[länk](https://example.org) https://example.org www.example.org a@example.org example.org",
    "<script>alert(1)</script> <b>fet</b> <img src=x onerror=alert(1)> <!channel>",
    "<at>Maja Ström</at> @Maja",
    "{{DATE(2026-11-21T12:00:00Z, LONG)}} {{TIME(2026-11-21T12:00:00Z)}} ${namn} {{namn}}",
    "&lt;b&gt; &amp; &#42;x&#42; \\*",
    "1. Först",
    "- streck",
    "# rubrik",
    "> citat",
    "---",
    "    fyra blanksteg",
)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with opened(tmp_path_factory.mktemp("cards")) as page:
        yield page


def cards(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A message's card, or both of a form's."""
    example = EXAMPLES[name]
    if isinstance(example, Form):
        yield name, form_card(example)
        yield f"{name} i ett fönster", dialog(example)
    else:
        yield name, to_card(example)


def alike(text: str) -> str:
    """What is shown of a text, but for space, case and the marks that stand in for others."""
    return squeezed(text).translate(ALIKE).casefold()


def complaints(shown: Shown) -> list[str]:
    return [*shown.events, *shown.faults]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_shown_whole_and_can_be_read_by_all(topic: str, window: Window) -> None:
    window.clear()
    names = [name for name in EXAMPLES if name.partition("/")[0] == topic]
    meant = [
        (Card(title, card, stays=not at), EXAMPLES[name].model_copy(update={"title": ""} if at else {}))
        for name in names
        for at, (title, card) in enumerate(cards(name))
    ]
    shown = window.show_all(card for card, _ in meant)
    for (card, example), one in zip(meant, shown, strict=True):
        assert complaints(one) == [], card.name
        assert [leaf for leaf in leaves(example) if alike(leaf) not in alike(one.text)] == [], card.name
    window.keep(f"kort-{topic}")
    found = Axe().run(window.page, options=RULES)
    told = [(one["id"], one["help"], one["nodes"][0]["html"]) for one in found.response["violations"]]
    assert told == []


def test_nothing_sticks_out_on_a_phone(window: Window) -> None:
    window.clear("phone")
    window.show_all(Card(name, next(cards(name))[1]) for name in EXAMPLES)
    assert window.page.evaluate("sticking(document.querySelector('main'))") == []


def test_no_word_of_the_widest_table_is_broken_on_a_phone(window: Window) -> None:
    """Each cell holds one word, and each is one line high."""
    window.clear("phone")
    words = ("arbetslaget", "undervisas", "mycket")
    row = (*words, "x" * (WIDEST_TABLE - 2 * 4 - len("".join(words))))
    card = to_card(Message(title="x", blocks=(Table(caption="y", header=row, rows=(row, row)),)))
    assert "Table" in str(card)
    assert complaints(window.show("tabell", card)) == []
    lines = window.page.evaluate(CELLS)
    assert (len(lines), set(lines)) == (12, {20})


def test_a_table_too_wide_for_a_phone_is_read_row_by_row(window: Window) -> None:
    window.clear("phone")
    ((_, card),) = cards("onboarding/access")
    window.show("tabell", card)
    assert window.page.evaluate(CELLS) == []
    rows = window.page.locator(".card [role=heading]").all_inner_texts()
    assert rows[:3] == ["Vem ser vad", "Läsa anteckningar", "Ändra en anteckning"]


def everywhere(text: str) -> Message:
    """Somebody's words in every place that words can stand."""
    return Message(
        title=text,
        blocks=(
            Section(text=text),
            Quote(text=text, source=text),
            Paragraph(text=text),
            Small(text=text),
            Bullets(items=(text, text)),
            Facts(rows=(Fact(label=text, value=text),)),
            Progress(done=1, of=2, text=text),
            Table(caption=text, header=(text, "b"), rows=((text, "c"),)),
            Choices(prompt=text, buttons=(Button(label=text, token="answer|1|"),)),
        ),
    )


@pytest.mark.parametrize("text", NASTY)
def test_words_are_only_words_wherever_they_stand(text: str, window: Window) -> None:
    window.clear("alone")
    shown = window.show("ord", to_card(everywhere(text)))
    assert complaints(shown) == []
    assert shown.active == ()
    assert squeezed(shown.text).count(squeezed(text)) >= 13


@pytest.mark.parametrize("text", NASTY)
def test_words_are_only_words_in_a_form(text: str, window: Window) -> None:
    options = (Option(value="a", label=text), Option(value="b", label="B"))
    form = Form(
        token="t",
        title=text,
        intro=(Paragraph(text=text),),
        fields=(
            TextField(key="a", label=text, help=text, value=text, required=True, lines=3),
            ChoiceField(key="b", label="B", options=options),
            ChoiceField(key="c", label="C", options=options, several=True, value=("a",)),
            ChoiceField(key="d", label="D", options=options * 4),
            DateField(key="e", label="E", value=text),
        ),
        submit=text,
        errors={"": text, "a": text},
    )
    window.clear("alone")
    shown = window.show("ord", form_card(form))
    assert complaints(shown) == []
    assert shown.active == ()
    assert alike(shown.text).count(alike(text)) >= 9


def test_a_link_is_a_link_only_where_it_is_meant(window: Window) -> None:
    window.clear("alone")
    meant = Quote(text="https://example.org", source="4–6", link="https://example.se/a?b=1")
    shown = window.show("länk", to_card(Message(title="x", blocks=(meant,))))
    (link,) = shown.active
    assert "Öppna example.se" in link
    assert 'href="https://example.se/a?b=1"' in link


def test_a_required_field_left_empty_is_told_in_words(window: Window) -> None:
    window.clear("alone")
    form = Form(
        token="t", title="Form", submit="Spara", fields=(TextField(key="a", label="Vad?", required=True),)
    )
    window.show("form", form_card(form, pressed=""))
    window.page.get_by_role("button", name="Spara").click()
    assert window.page.get_by_text("Skriv något här.").is_visible()
    assert window.page.get_by_role("textbox", name="Vad?").is_visible()


def test_help_is_said_with_a_field_that_must_be_filled_in(window: Window) -> None:
    """Who hears the page is told of it when they come to the field, and not only when they leave it."""
    window.clear("alone")
    asked = TextField(key="a", label="Vad?", help="En mening räcker.", required=True)
    window.show("form", dialog(Form(token="t", title="Form", submit="Spara", fields=(asked,))))
    assert window.page.get_by_role("textbox", name="Vad? En mening räcker.", exact=True).is_visible()


def test_the_renderer_does_complain(window: Window) -> None:
    """It is no judge that never says no."""
    card = to_card(Message(title="x", blocks=(Paragraph(text="y"),)))
    wrong = {**card, "body": [{"type": "Okänd"}, {"type": "Input.Text", "label": "utan id"}]}
    assert len(complaints(window.show("fel", wrong))) >= 2
    marked = {**card, "body": [{"type": "TextBlock", "text": "**fet** [länk](https://example.org)"}]}
    assert len(window.show("fel", marked).active) == 2

"""Whatever anybody writes: it fits, it is whole, and Teams knows every part of it."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.messages.model import (
    Bar,
    Block,
    Bullets,
    Button,
    Chart,
    ChoiceField,
    Choices,
    Document,
    Fact,
    Facts,
    Form,
    FormField,
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
from bot.platforms.cutting import cut, size
from bot.platforms.teams.render.escape import brief, is_tame, tamed, visible
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import activity_of, to_parts
from tests.platforms.teams.card_reading import actions, dialog, form_card, inputs, leaves, said_in, squeezed
from tests.teams.strict_cards import faults, utf16, walk


def worded(message: Message) -> Message:
    """Without its buttons and its title, as what stands in a file."""
    return Message(title="", blocks=tuple(one for one in message.blocks if not isinstance(one, Choices)))


NASTY = (
    "<at>Maja</at> **fet** _k_ `kod` [x](https://x.se) &lt;b&gt; {{DATE(2026-11-21T12:00:00Z)}} ${x}",
    "\x00\x07 noll \ud83d halvt par \r\n rad",
    "سلام عليكم \u202e bakvänt \u2066isolerat\u2069",
    "👩‍👩‍👧‍👦" * 700,
    "e\u0301" * 3000,
    "x" * 10_000,
    "ord " * 2500,
    '"\\' * 5000,
    "rad\n" * 1500,
    "{{" * 2000,
    "{{DATE(" * 1400,
    "1. a\n- b\n# c\n> d",
    "\u200b",
    " ",
    "",
)
texts = st.sampled_from(NASTY) | st.text(max_size=300)
short = st.sampled_from(NASTY[:3]) | st.text(max_size=120)
buttons = st.builds(Button, label=short, token=st.just("answer|x|"), look=st.sampled_from(("plain", "main")))
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, text=texts),
    st.builds(Section, text=short),
    st.builds(Small, text=texts),
    st.builds(
        Quote, text=texts, source=short, link=st.sampled_from((None, "#1", "https://x.se/ä", "ftp://"))
    ),
    st.builds(Bullets, items=st.lists(texts, max_size=6).map(tuple)),
    st.builds(Facts, rows=st.lists(st.builds(Fact, label=short, value=texts), max_size=4).map(tuple)),
    st.builds(Choices, prompt=short, buttons=st.lists(buttons, max_size=30).map(tuple)),
    st.builds(Progress, done=st.integers(-1, 20), of=st.integers(-1, 20), text=short),
    st.builds(
        Chart,
        title=short,
        alt=short,
        unit=short,
        bars=st.lists(st.builds(Bar, label=short, value=st.floats()), min_size=1, max_size=25).map(tuple),
    ),
    st.builds(
        Table,
        caption=short,
        header=st.lists(short, max_size=4).map(tuple),
        rows=st.lists(st.lists(texts, max_size=4).map(tuple), max_size=5).map(tuple),
    ),
)
held = st.builds(Message, title=st.just("Allt"), blocks=st.lists(blocks, max_size=3).map(tuple))
files = st.builds(
    lambda title, message: Document(title=title, filename="a.docx", message=worded(message)), short, held
)
messages = st.builds(Message, title=texts, blocks=st.lists(blocks | files, max_size=8).map(tuple))
LONGEST = Message(title="Allt", blocks=tuple(Quote(text=text, source="a") for text in NASTY))
TITLE = Message(title="x" * 10_000, blocks=(Small(text=NASTY[7]),))


def unmarked(text: str) -> str:
    """Words without the marks that stand around a quote, or before an item, wherever it was cut."""
    return text.translate(dict.fromkeys(map(ord, "”•")))


def unnumbered(text: str) -> str:
    """A part's words without the line that says which part it is."""
    return re.sub(r"\nDel \d+ av \d+$", "", text)


@settings(max_examples=60, deadline=None)
@given(messages)
@example(LONGEST)
@example(TITLE)
def test_a_message_is_whole_inert_and_within_every_limit(message: Message) -> None:
    parts = to_parts(message)
    last = -1 if len(parts) > 1 else None
    seen = ""
    for part in parts:
        assert utf16(activity_of(part)) <= 25_000
        if part.card is None:
            seen += squeezed(unnumbered(part.text))
            continue
        assert faults(part.card) == of_card(part.card) == []
        for one in walk(part.card):
            if one.get("type") == "TextBlock":
                assert is_tame(one["text"])
        seen += said_in(part.card["body"][:last])
    for leaf in leaves(message):
        assert unmarked(squeezed(leaf)) in unmarked(seen)
    meant = [one.token for block in message.blocks if isinstance(block, Choices) for one in block.buttons]
    pressed = [one for part in parts for one in actions(part.card) if one["type"] == "Action.Execute"]
    assert len(pressed) == len(meant)


@settings(max_examples=40, deadline=None)
@given(messages)
@example(LONGEST)
def test_plain_words_are_whole_and_within_every_limit(message: Message) -> None:
    parts = to_parts(message, native=False)
    assert all(part.card is None and utf16(activity_of(part)) <= 25_000 for part in parts)
    seen = "".join(squeezed(unnumbered(part.text)) for part in parts)
    for leaf in leaves(message):
        assert unmarked(squeezed(leaf)) in unmarked(seen)


options = st.lists(st.builds(Option, label=short, value=st.uuids().map(str)), max_size=40).map(tuple)
fields: st.SearchStrategy[FormField] = st.builds(
    TextField, key=st.just("text"), label=short, help=short, value=texts, lines=st.integers(1, 5)
) | st.builds(
    ChoiceField, key=st.just("val"), label=short, help=short, options=options, several=st.booleans()
)
forms = st.builds(
    Form,
    token=st.just("reply_form||"),
    title=short,
    fields=st.tuples(fields),
    submit=short,
    errors=st.dictionaries(st.sampled_from(("", "text", "val")), short, max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(forms)
def test_a_form_is_whole_and_within_every_limit(form: Form) -> None:
    card = form_card(form)
    assert of_card(card) == faults(card, largest=80_000) == []
    assert faults(dialog(form), largest=80_000) == []
    seen = said_in(card)
    for leaf in leaves(form):
        assert squeezed(leaf) in seen
    filled = [one.get("value", "") for one in inputs(card).values() if one["type"] == "Input.Text"]
    assert filled == [visible(one.value) for one in form.fields if isinstance(one, TextField)]
    for one in walk(card):
        if str(one.get("type")).startswith("Input."):
            assert all(is_tame(line) for line in one["label"].split("\n"))
            assert all(is_tame(choice["title"]) for choice in one.get("choices", ()))


@given(texts, st.integers(4, 60))
def test_cutting_loses_nothing_and_keeps_to_its_measure(text: str, most: int) -> None:
    shown = visible(text)
    pieces = list(cut(shown, most))
    assert "".join(pieces) == shown
    assert all(0 < size(piece) <= most for piece in pieces)
    assert size(brief(text, most)) <= most


@given(texts)
def test_taming_is_done_once(text: str) -> None:
    assert is_tame(tamed(text))
    assert tamed(tamed(text)) == tamed(text)

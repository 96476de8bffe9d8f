"""Whatever anybody writes: it fits, it is whole, and Teams knows every part of it."""

import re

from hypothesis import example, given, settings

from bot.messages.model import Choices, Form, Message, Quote, Small, TextField
from bot.platforms.legible import EMPTY, visible
from bot.platforms.teams.render.escape import ALIKE, JOINER, inert, is_tame, tamed
from bot.platforms.teams.render.limits import of_card
from bot.platforms.teams.render.message import activity_of, to_parts
from tests.platforms.anything import LONGEST, forms, leaves, messages, short, squeezed, texts, unmarked
from tests.platforms.teams.card_reading import actions, dialog, form_card, inputs, said_in
from tests.teams.strict_cards import faults, utf16, walk

WORKED_OUT = Message(title="a", blocks=(Quote(text="{{DATE(" * 370, source="a"),))
TITLE = Message(title="x" * 10_000, blocks=(Small(text='"\\' * 5000),))


def unnumbered(text: str) -> str:
    """A part's words without the line that says which part it is."""
    return re.sub(r"\nDel \d+ av \d+$", "", text)


def parted(line: str) -> str:
    """A line without its signs that stand between two joiners, where they mean nothing."""
    return re.sub(f"{JOINER}.{JOINER}", JOINER, line)


@settings(max_examples=60, deadline=None)
@given(messages)
@example(LONGEST)
@example(WORKED_OUT)
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
    seen = unmarked(seen)
    for leaf in leaves(message):
        assert unmarked(squeezed(leaf)) in seen
    meant = [one.token for block in message.blocks if isinstance(block, Choices) for one in block.buttons]
    pressed = [one for part in parts for one in actions(part.card) if one["type"] == "Action.Execute"]
    assert len(pressed) == len(meant)


@settings(max_examples=40, deadline=None)
@given(messages)
@example(LONGEST)
def test_plain_words_are_whole_and_within_every_limit(message: Message) -> None:
    parts = to_parts(message, native=False)
    assert all(part.card is None and utf16(activity_of(part)) <= 25_000 for part in parts)
    seen = unmarked("".join(squeezed(unnumbered(part.text)) for part in parts))
    for leaf in leaves(message):
        assert unmarked(squeezed(leaf)) in seen


@settings(max_examples=60, deadline=None)
@given(forms(short, 40))
def test_a_form_is_whole_and_within_every_limit(form: Form) -> None:
    card = form_card(form)
    assert of_card(card) == faults(card, largest=80_000) == []
    assert faults(dialog(form), largest=80_000) == []
    seen = said_in(card).translate(ALIKE)
    for leaf in leaves(form):
        assert squeezed(leaf).translate(ALIKE) in seen
    filled = [one.get("value", "") for one in inputs(card).values() if one["type"] == "Input.Text"]
    assert filled == [visible(one.value) for one in form.fields if isinstance(one, TextField)]
    for one in walk(card):
        if str(one.get("type")).startswith("Input."):
            assert all(is_tame(parted(line)) for line in one["label"].split("\n"))
            assert all(is_tame(parted(choice["title"])) for choice in one.get("choices", ()))


@given(texts)
def test_what_is_inert_is_whole_in_one_line_and_stays_so(text: str) -> None:
    line = inert(text)
    assert is_tame(parted(line))
    assert squeezed(line) in {squeezed(text).translate(ALIKE), EMPTY}
    assert squeezed(inert(line)) == squeezed(line)


@given(texts)
def test_taming_is_done_once(text: str) -> None:
    assert is_tame(tamed(text))
    assert tamed(tamed(text)) == tamed(text)

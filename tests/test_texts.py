"""Every sentence that people read is lawful Swedish: klarspråk, whole, and with nothing left unfilled."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from bot.messages.gallery import examples
from bot.messages.model import (
    Button,
    ChoiceField,
    Choices,
    Form,
    Message,
    Paragraph,
    Section,
    Small,
)
from bot.messages.texts import Texts
from bot.messages.texts.base import Plural, TextSection
from prompts.book import load_texts
from tests.each import each
from tests.klarsprak import Kind, lint

TEXTS = load_texts()
EXAMPLES = dict(examples(TEXTS))


def _sentences(part: Any, path: str) -> Iterator[tuple[str, str]]:
    match part:
        case str():
            yield path, part
        case Plural(one=one, other=other):
            yield f"{path}.one", one
            yield f"{path}.other", other
        case Texts() | TextSection():
            for name, value in vars(part).items():
                yield from _sentences(value, f"{path}.{name}")
        case dict():
            for name, value in part.items():
                yield from _sentences(value, f"{path}.{name}")
        case tuple():
            for number, value in enumerate(part):
                yield from _sentences(value, f"{path}.{number}")
        case _:
            raise AssertionError(f"{path} is no sentence: {part!r}")


@each("path, sentence", _sentences(TEXTS, "texts"))
def test_every_sentence_is_klarsprak(path: str, sentence: str) -> None:
    assert not lint(sentence, "text"), path


@each("name", EXAMPLES)
def test_every_message_is_klarsprak(name: str) -> None:
    faults = [
        f"{kind}: {text!r}: {fault}" for kind, text in _said(EXAMPLES[name]) for fault in lint(text, kind)
    ]
    assert not faults, "\n".join(faults)


@each("name", EXAMPLES)
def test_buttons_are_unique_in_a_message(name: str) -> None:
    labels = [button.label for button in _buttons(EXAMPLES[name])]
    assert len(labels) == len(set(labels)), labels


@each("section", Texts.model_fields)
def test_a_missing_sentence_stops_the_bot_by_name(section: str) -> None:
    given = TEXTS.model_dump()
    name = next(iter(given[section]))
    del given[section][name]
    with pytest.raises(ValidationError, match=rf"{section}\.{name}"):
        Texts.model_validate(given)


def test_a_sentence_that_is_never_said_stops_the_bot_by_name() -> None:
    given = TEXTS.model_dump()
    given["common"]["svaed"] = "Sparat."
    with pytest.raises(ValidationError, match=r"common\.svaed"):
        Texts.model_validate(given)


def test_a_placeholder_that_nothing_fills_stops_the_bot_by_name() -> None:
    given = TEXTS.model_dump()
    given["common"]["saved"] = "Sparat av {nobody}."
    with pytest.raises(ValidationError, match=r"common[\s\S]*saved: ingenting fyller i \{nobody\}"):
        Texts.model_validate(given)


def test_a_sentence_stays_as_it_is() -> None:
    with pytest.raises(AttributeError, match="saved"):
        TEXTS.common.saved = "Borta."


def _buttons(example: Message | Form) -> list[Button]:
    blocks = example.blocks if isinstance(example, Message) else example.intro
    return [button for block in blocks if isinstance(block, Choices) for button in block.buttons]


def _said(example: Message | Form) -> Iterator[tuple[Kind, str]]:
    """What is ours in an example: never the quotes, facts and answer choices that people filled in."""
    yield "text", example.title
    for block in example.blocks if isinstance(example, Message) else example.intro:
        if isinstance(block, Paragraph | Section | Small):
            yield "text", block.text
    if isinstance(example, Form):
        for field in example.fields:
            yield "text", field.label
            if field.help:
                yield "text", field.help
            if isinstance(field, ChoiceField):
                yield from (("text", option.label) for option in field.options)
        yield from (("error", error) for error in example.errors.values())
        yield "button", example.submit

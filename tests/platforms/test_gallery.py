"""The gallery contract: whatever the bot can say, every platform shows whole, and nothing runs."""

from bot.messages.gallery import TOPICS, examples
from bot.messages.model import Choices, Form, Message
from bot.messages.plain import form_lines, lines
from bot.messages.tokens import LONGEST_TOKEN, Token
from prompts.book import load_texts
from tests.each import each

EXAMPLES = {
    f"{language}/{name}": one for language in ("sv", "en") for name, one in examples(load_texts(language))
}
LONGEST_TITLE = 150
"""Characters that a notification shows before it is cut (Slack's header block holds as many)."""


def test_names_are_unique() -> None:
    names = [example.name for topic in TOPICS for example in topic]
    assert len(names) == len(set(names))
    assert len(names) > 30


@each("name", EXAMPLES)
def test_terminal_says_everything(name: str) -> None:
    example = EXAMPLES[name]
    said = list(lines(example) if isinstance(example, Message) else form_lines(example))
    assert all(isinstance(line, str) for line in said)
    assert said[0] == example.title


@each("name", EXAMPLES)
def test_tokens_fit_and_come_back(name: str) -> None:
    example = EXAMPLES[name]
    blocks = example.intro if isinstance(example, Form) else example.blocks
    tokens = [button.token for block in blocks if isinstance(block, Choices) for button in block.buttons]
    if isinstance(example, Form):
        tokens.append(example.token)
    for token in tokens:
        assert len(token) <= LONGEST_TOKEN
        assert Token.unpack(token).pack() == token


@each("name", EXAMPLES)
def test_titles_stand_alone(name: str) -> None:
    title = EXAMPLES[name].title
    assert 0 < len(title) <= LONGEST_TITLE
    assert "\n" not in title


@each("name", EXAMPLES)
def test_fields_are_labelled_and_keyed_once(name: str) -> None:
    example = EXAMPLES[name]
    if isinstance(example, Form):
        keys = [field.key for field in example.fields]
        assert len(keys) == len(set(keys))
        assert all(field.label for field in example.fields)
        assert set(example.errors) <= {*keys, ""}

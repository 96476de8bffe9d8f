"""Everything the bot can say, in every shape that Slack shows it: whole, within every limit, inert."""

import pytest

from bot.messages.gallery import examples
from bot.messages.model import Form, Message
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.limits import of_message, of_view
from bot.platforms.slack.render.message import to_home, to_modal_message, to_parts, to_payload
from prompts.book import load_texts
from tests.each import each
from tests.platforms.anything import leaves, squeezed
from tests.platforms.slack.reading import METADATA, check_with_sdk, heard_in, said_in

EXAMPLES = {
    f"{language}/{name}": one for language in ("sv", "en") for name, one in examples(load_texts(language))
}
MESSAGES = {name: one for name, one in EXAMPLES.items() if isinstance(one, Message)}
FORMS = {name: one for name, one in EXAMPLES.items() if isinstance(one, Form)}


@pytest.mark.parametrize("native", [True, False])
@each("name", MESSAGES)
def test_a_message_is_whole_and_fits(name: str, *, native: bool) -> None:
    message = MESSAGES[name]
    (part,) = to_parts(message, native=native)
    assert part == to_payload(message, native=native)
    assert of_message(part.text, part.blocks, update=True) == []
    assert "<" not in part.text
    check_with_sdk({"blocks": part.blocks})
    heard, said = heard_in(part.text), said_in(part.blocks)
    for leaf in leaves(message):
        assert squeezed(leaf) in heard
        assert squeezed(leaf) in said


@each("name", MESSAGES)
def test_a_message_is_whole_as_a_view(name: str) -> None:
    for view in (to_home(MESSAGES[name]), to_modal_message(MESSAGES[name])):
        assert of_view(view) == []
        check_with_sdk(view)
        said = said_in(view)
        for leaf in leaves(MESSAGES[name]):
            assert squeezed(leaf) in said


@each("name", FORMS)
def test_a_form_is_whole_and_fits(name: str) -> None:
    view = to_modal(FORMS[name], metadata=METADATA)
    assert of_view(view) == []
    check_with_sdk(view)
    said = said_in(view)
    for leaf in leaves(FORMS[name]):
        assert squeezed(leaf) in said


@each("name", FORMS)
def test_a_title_fits_above_its_form(name: str) -> None:
    view = to_modal(FORMS[name], metadata=METADATA)
    assert view["title"]["text"] == FORMS[name].title
    assert view["submit"]["text"] == FORMS[name].submit


@each("name", FORMS)
def test_every_field_is_asked_once_by_its_key(name: str) -> None:
    inputs = [
        block for block in to_modal(FORMS[name], metadata=METADATA)["blocks"] if block["type"] == "input"
    ]
    assert [block["element"]["action_id"] for block in inputs] == [one.key for one in FORMS[name].fields]
    assert all(block["block_id"] == f"0a1b2c3d.{block['element']['action_id']}" for block in inputs)

"""Whatever the bot can say, Slack takes and shows whole, by limits and a reader not the renderer's."""

import re

import pytest

from bot.domain.school import Place
from bot.messages.gallery import examples
from bot.messages.model import Choices, Form, Message, PeopleField
from bot.messages.plain import form_lines, lines
from bot.platforms.slack.render.forms import Metadata, to_modal
from bot.platforms.slack.render.message import to_home, to_modal_message, to_parts
from prompts.book import load_texts
from tests.each import each
from tests.slack.reading import form_of, message_of
from tests.slack.school import spelled
from tests.slack.state import TEAM, Json, View
from tests.slack.strict import message_problems, view_problems

EXAMPLES = dict(examples(load_texts()))
MESSAGES = {name: one for name, one in EXAMPLES.items() if isinstance(one, Message)}
FORMS = {name: one for name, one in EXAMPLES.items() if isinstance(one, Form)}
WORD = re.compile(r"\w+")
ADDRESS = re.compile(r": https://\S+")
"""Of a link: in Slack it is behind its words, and not read."""


def words_in(text: str) -> set[str]:
    return set(WORD.findall(ADDRESS.sub("", text)))


def in_slack(form: Form) -> Form:
    """The people of the gallery as Slack knows them."""
    return form.model_copy(
        update={
            "fields": tuple(
                field.model_copy(update={"value": tuple(map(spelled, field.value))})
                if isinstance(field, PeopleField)
                else field
                for field in form.fields
            )
        }
    )


def seen(view: Json) -> str:
    return "\n".join(form_lines(form_of(View("V1", "ULENA", "", view))))


@pytest.mark.parametrize("native", [True, False], ids=["native", "bare"])
@each("name", MESSAGES)
def test_a_message_is_taken_and_read_whole(name: str, *, native: bool) -> None:
    message = MESSAGES[name]
    parts = to_parts(message, native=native)
    for part in parts:
        assert message_problems({"text": part.text, "blocks": list(part.blocks)}) == []
    read = " ".join("\n".join(lines(message_of(part.text, list(part.blocks)))) for part in parts)
    assert words_in("\n".join(lines(message))) <= words_in(read)


@each("name", MESSAGES)
def test_a_message_can_be_a_view(name: str) -> None:
    for view in (to_modal_message(MESSAGES[name]), to_home(MESSAGES[name])):
        assert view_problems(view) == []
    said = {word for word in words_in("\n".join(lines(MESSAGES[name]))) if len(word) > 1}
    assert said <= words_in(seen(to_modal_message(MESSAGES[name])))


@each("name", MESSAGES)
def test_every_button_brings_its_own_token(name: str) -> None:
    message = MESSAGES[name]
    wanted = [one.token for block in message.blocks if isinstance(block, Choices) for one in block.buttons]
    elements = [
        one
        for part in to_parts(message)
        for block in part.blocks
        if block["type"] == "actions"
        for one in block["elements"]
    ]
    assert [one["value"] for one in elements] == wanted
    assert len({one["action_id"] for one in elements}) == len(elements)


@each("name", FORMS)
def test_a_form_is_taken_and_asks_everything(name: str) -> None:
    form = in_slack(FORMS[name])
    where = Place(platform="slack", address="T1/C1")
    metadata = Metadata(token=form.token, nonce="0a1b2c3d", where=where)
    view = to_modal(form, metadata=metadata.model_dump_json())
    assert view_problems(view) == []
    read = form_of(View("V1", "ULENA", "", view))
    assert [field.key for field in read.fields] == [field.key for field in form.fields]
    assert words_in("\n".join(form_lines(form))) - {TEAM} <= words_in(seen(view))

"""Whatever anybody writes: it fits, it is whole, and it is only words."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.messages.model import Form, Message, Table, TextField
from bot.platforms.legible import visible
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.limits import of_message, of_view
from bot.platforms.slack.render.message import NO_ROOM, to_home, to_modal_message, to_parts
from tests.platforms.anything import LONGEST, forms, leaves, messages, squeezed, texts, unmarked
from tests.platforms.slack.reading import METADATA, check_with_sdk, heard_in, said_in

FITS = 20_000
"""Characters that any view has room for."""
BIG_TABLE = Message(
    title="Tabell", blocks=(Table(caption="", header=("a", "b"), rows=(("x" * 10_000, ""),)),)
)


@settings(max_examples=60, deadline=None)
@given(message=messages, native=st.booleans())
@example(message=LONGEST, native=True)
@example(message=BIG_TABLE, native=True)
def test_a_message_is_whole_inert_and_within_every_limit(message: Message, *, native: bool) -> None:
    parts = to_parts(message, native=native)
    for part in parts:
        assert of_message(part.text, part.blocks) == []
        assert "<" not in part.text
        check_with_sdk({"blocks": part.blocks})
    last = -1 if len(parts) > 1 else None
    assert last is None or all(
        part.text.endswith(f"Del {n} av {len(parts)}") for n, part in enumerate(parts, 1)
    )
    heard = unmarked(heard_in("".join("\n".join(part.text.split("\n")[:last]) for part in parts)))
    seen = said_in([part.blocks[:last] for part in parts])
    for leaf in leaves(message):
        assert unmarked(squeezed(leaf)) in heard
        assert squeezed(leaf) in seen


@settings(max_examples=40, deadline=None)
@given(messages)
@example(LONGEST)
def test_a_view_is_within_every_limit(message: Message) -> None:
    few = sum(map(len, leaves(message))) < FITS
    for view in (to_home(message), to_modal_message(message)):
        assert of_view(view) == []
        assert not few or NO_ROOM not in str(view)
        check_with_sdk(view)


@settings(max_examples=60, deadline=None)
@given(forms(texts, 230))
def test_a_form_is_whole_and_within_every_limit(form: Form) -> None:
    view = to_modal(form, metadata=METADATA)
    assert of_view(view) == []
    check_with_sdk(view)
    seen = said_in(view)
    for leaf in leaves(form):
        assert squeezed(leaf) in seen
    inputs = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    filled = "".join(one.get("initial_value", "") for one in inputs)
    assert filled == "".join(visible(one.value) for one in form.fields if isinstance(one, TextField))

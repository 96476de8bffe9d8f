"""Whatever anybody writes: it fits, it is whole, and it is only words."""

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
from bot.platforms.cutting import cut, size
from bot.platforms.slack.render.escape import brief, visible
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.limits import of_message, of_view
from bot.platforms.slack.render.message import to_home, to_modal_message, to_parts
from tests.platforms.slack.reading import METADATA, check_with_sdk, heard_in, leaves, said_in, squeezed

NASTY = (
    "<!channel> <!here|här> <@U1> <#C1|x> <!subteam^S1> <https://x.se|y> &lt;b&gt; *fet* _k_ `kod` :smile:",
    "\x00\x07 noll \ud83d halvt par \r\n rad",
    "سلام عليكم \u202e bakvänt \u2066isolerat\u2069",
    "👩‍👩‍👧‍👦" * 700,
    "e\u0301" * 3000,
    "x" * 10_000,
    "ord " * 2500,
    "&" * 10_000,
    "<script>alert(1)</script>\n\n\n",
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
messages = st.builds(Message, title=texts, blocks=st.lists(blocks, max_size=8).map(tuple))
LONGEST = Message(title="Allt", blocks=tuple(Quote(text=text, source="a") for text in NASTY))
BIG_TABLE = Message(title="Tabell", blocks=(Table(caption="", header=("a", "b"), rows=((NASTY[5], ""),)),))


def unmarked(text: str) -> str:
    """Words without the marks that stand around a quote, or before an item, wherever it was cut."""
    return text.translate(dict.fromkeys(map(ord, "”•")))


@settings(max_examples=60, deadline=None)
@given(messages, st.booleans())
@example(LONGEST, True)
@example(BIG_TABLE, True)
def test_a_message_is_whole_inert_and_within_every_limit(message: Message, native: bool) -> None:  # noqa: FBT001  `example` gives it by place
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
        assert unmarked(squeezed(visible(leaf))) in heard
        assert squeezed(visible(leaf)) in seen


@settings(max_examples=40, deadline=None)
@given(messages)
@example(LONGEST)
def test_a_view_is_within_every_limit(message: Message) -> None:
    for view in (to_home(message), to_modal_message(message)):
        assert of_view(view) == []
        check_with_sdk(view)


options = st.lists(st.builds(Option, label=short, value=st.uuids().map(str)), max_size=230).map(tuple)
fields = st.builds(
    TextField, key=st.just("text"), label=texts, help=short, value=texts, lines=st.integers(1, 5)
) | st.builds(
    ChoiceField, key=st.just("val"), label=short, help=short, options=options, several=st.booleans()
)
forms = st.builds(
    Form,
    token=st.just("reply_form||"),
    title=texts,
    fields=st.tuples(fields),
    submit=short,
    errors=st.dictionaries(st.sampled_from(("", "text", "val")), short, max_size=2),
)


@settings(max_examples=60, deadline=None)
@given(forms)
def test_a_form_is_whole_and_within_every_limit(form: Form) -> None:
    view = to_modal(form, metadata=METADATA)
    assert of_view(view) == []
    check_with_sdk(view)
    seen = said_in(view)
    for leaf in leaves(form):
        assert squeezed(visible(leaf)) in seen
    inputs = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    filled = "".join(one.get("initial_value", "") for one in inputs)
    assert filled == "".join(visible(one.value) for one in form.fields if isinstance(one, TextField))


@given(texts, st.integers(4, 60))
def test_cutting_loses_nothing_and_keeps_to_its_measure(text: str, most: int) -> None:
    shown = visible(text)
    pieces = list(cut(shown, most))
    assert "".join(pieces) == shown
    assert all(0 < size(piece) <= most for piece in pieces)
    assert size(brief(text, most)) <= most

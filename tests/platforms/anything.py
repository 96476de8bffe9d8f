"""Whatever anybody may write, in every kind of block and in a form; and what of it must be there to read."""

from collections.abc import Iterator

from hypothesis import strategies as st
from pydantic import BaseModel

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
    Link,
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
from bot.platforms.legible import visible

UNSAID = {"kind", "token", "look", "key", "link", "file", "filename", "around", "language"}
NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
NASTY = (
    "<!channel> <!here|här> <@U1> <#C1|x> <!subteam^S1> <https://x.se|y> &lt;b&gt; *fet* _k_ `kod` :smile:",
    "<at>Maja</at> **fet** _k_ `kod` [x](https://x.se) &lt;b&gt; {{DATE(2026-11-21T12:00:00Z)}} ${x}",
    "\x00\x07 noll \ud83d halvt par \r\n rad",
    "سلام عليكم \u202e bakvänt \u2066isolerat\u2069",
    "👩‍👩‍👧‍👦" * 700,
    "e\u0301" * 3000,
    "x" * 10_000,
    "ord " * 2500,
    "&" * 10_000,
    '"\\' * 5000,
    "rad\n" * 1500,
    "{{" * 2000,
    "{{DATE(" * 370,
    "{{DATE(" * 1400,
    "<script>alert(1)</script>\n\n\n",
    "1. a\n- b\n# c\n> d",
    "\u200b",
    " ",
    "",
)
texts = st.sampled_from(NASTY) | st.text(max_size=300)
short = st.sampled_from(NASTY[:4]) | st.text(max_size=120)
buttons = st.builds(Button, label=short, token=st.just("answer|x|"), look=st.sampled_from(("plain", "main")))
links = st.sampled_from((None, "#1", "https://x.se/ä", "ftp://"))
written: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, text=texts),
    st.builds(Section, text=short),
    st.builds(Small, text=texts),
    st.builds(Quote, text=texts, source=short, link=links),
    st.builds(Link, text=texts, link=links.map(lambda link: link or "")),
    st.builds(Bullets, items=st.lists(texts, max_size=6).map(tuple)),
    st.builds(Facts, rows=st.lists(st.builds(Fact, label=short, value=texts), max_size=4).map(tuple)),
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
choices = st.builds(Choices, prompt=short, buttons=st.lists(buttons, max_size=30).map(tuple))
held = st.builds(Message, title=st.just(""), blocks=st.lists(written, max_size=3).map(tuple))
files = st.builds(Document, title=short, filename=st.just("a.docx"), message=held)
messages = st.builds(Message, title=texts, blocks=st.lists(written | choices | files, max_size=8).map(tuple))
LONGEST = Message(title="Allt", blocks=tuple(Quote(text=text, source="a") for text in NASTY))


def forms(labels: st.SearchStrategy[str], most: int) -> st.SearchStrategy[Form]:
    """Forms of one field, whose title and text field are called so, with at most so many to choose among."""
    options = st.lists(st.builds(Option, label=short, value=st.uuids().map(str)), max_size=most).map(tuple)
    fields: st.SearchStrategy[FormField] = st.builds(
        TextField, key=st.just("text"), label=labels, help=short, value=texts, lines=st.integers(1, 5)
    ) | st.builds(
        ChoiceField, key=st.just("val"), label=short, help=short, options=options, several=st.booleans()
    )
    errors = st.dictionaries(st.sampled_from(("", "text", "val")), short, max_size=2)
    return st.builds(
        Form,
        token=st.just("reply_form||"),
        title=labels,
        fields=st.tuples(fields),
        submit=short,
        errors=errors,
    )


def squeezed(text: str) -> str:
    """A text without its white space and what has no width: what must never be lost."""
    return "".join(visible(text).translate(NOTHING).split())


def unmarked(text: str) -> str:
    """Words without the marks that stand around a quote, or before an item, wherever it was cut."""
    return text.translate(dict.fromkeys(map(ord, "”•")))


def leaves(value: object) -> Iterator[str]:
    """Every string that a message or a form means somebody to read."""
    match value:
        case str():
            yield value
        case Button(label=label) | Option(label=label):
            yield label
        case BaseModel():
            for name in type(value).model_fields:
                if name not in UNSAID and name not in {"value", "errors"}:
                    yield from leaves(getattr(value, name))
            yield from getattr(value, "errors", {}).values()
            if isinstance(value, Fact):
                yield value.value
        case tuple():
            for inner in value:
                yield from leaves(inner)
        case _:
            return

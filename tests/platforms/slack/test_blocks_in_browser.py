"""Everything the bot says in Slack, drawn by a public renderer: each block is seen, whole, and inert."""

from collections.abc import Iterator

import pytest

from bot.messages.gallery import examples
from bot.messages.model import (
    Bullets,
    Fact,
    Facts,
    Form,
    Link,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Table,
)
from bot.platforms.slack.render.forms import to_modal
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import to_home, to_modal_message, to_parts
from prompts.book import load_texts
from tests.platforms.anything import leaves, squeezed
from tests.platforms.slack.reading import METADATA, heard_in
from tests.slack.blocks_in_browser import Shown, Window, opened

EXAMPLES = dict(examples(load_texts()))
ENGLISH = {
    name: one
    for name, one in examples(load_texts("en"))
    if name.startswith("home/") and isinstance(one, Message)
}
TOPICS = sorted({name.partition("/")[0] for name in EXAMPLES})
MARKS = str.maketrans(dict.fromkeys("”•[]*"))
"""What stands around words in the fall-back text; the renderer takes stars away."""
NASTY = (
    "**fet** *fet* _kursiv_ ~struken~ `kod` > citat",
    "<!channel> <!here|här> <@U1> <#C1|x> <!subteam^S1> @channel @here",
    "<https://example.org|klicka> https://example.org [länk](https://example.org)",
    "<script>alert(1)</script> <b>fet</b> <img src=x onerror=alert(1)>",
    "\u202eبالعربية\u202c עברית",
    ":tada: 🎉 &lt;b&gt; &amp;",
)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    with opened(tmp_path_factory.mktemp("blocks")) as page:
        yield page


def surfaces(example: Message | Form, name: str) -> Iterator[tuple[Json, str]]:
    """What Slack shows of an example, and what it says to who cannot see it."""
    if isinstance(example, Form):
        yield to_modal(example, metadata=METADATA), ""
    elif name.startswith("home/"):
        yield to_home(example), ""
    else:
        for part in to_parts(example, files=True):
            yield {"blocks": list(part.blocks)}, part.text


def leading(example: Message | Form) -> Iterator[str]:
    """The words of each link of ours, as they end an anchor."""
    blocks = example.blocks if isinstance(example, Message) else example.intro
    return (f">{block.text}</a>" for block in blocks if isinstance(block, Link))


def unseen(said: str, shown: Shown) -> list[str]:
    """The lines of the fall-back text that nobody sees among the blocks."""
    seen = squeezed(shown.text).translate(MARKS)
    return [line for line in said.split("\n") if heard_in(line).translate(MARKS) not in seen]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_seen_whole(topic: str, window: Window) -> None:
    named = [name for name in EXAMPLES if name.partition("/")[0] == topic]
    drawn = [(name, *one) for name in named for one in surfaces(EXAMPLES[name], name)]
    for (name, surface, said), shown in zip(
        drawn, window.show(*((name, surface) for name, surface, _ in drawn)), strict=True
    ):
        assert shown.empty == (), name
        ours = (">Öppna ", *leading(EXAMPLES[name]))
        assert [one for one in shown.active if not any(words in one for words in ours)] == [], name
        if not any(block["type"] == "data_table" for block in surface["blocks"]):
            assert unseen(said, shown) == [], name
        asked = [block["label"]["text"] for block in surface["blocks"] if block["type"] == "input"]
        assert [label for label in asked if squeezed(label) not in squeezed(shown.text)] == [], name
    window.keep(topic)


def test_the_home_tab_is_seen_whole_in_english(window: Window) -> None:
    for shown, one in zip(
        window.show(*((name, to_home(one)) for name, one in ENGLISH.items())), ENGLISH.values(), strict=True
    ):
        assert shown.empty == ()
        assert [leaf for leaf in leaves(one) if squeezed(leaf) not in squeezed(shown.text)] == []
    window.keep("home-en")


def test_words_are_only_words_wherever_they_stand(window: Window) -> None:
    views = [(text, view) for text in NASTY for view in both(everywhere(text))]
    for (text, _), shown in zip(views, window.show(*views), strict=True):
        (link,) = shown.active
        assert 'href="https://example.se/a"' in link
        assert squeezed(shown.text).count(squeezed(text)) >= 9
    window.keep("ord")


def both(message: Message) -> Iterator[Json]:
    yield {"blocks": list(to_parts(message)[0].blocks)}
    yield to_modal_message(message)


def everywhere(text: str) -> Message:
    """Somebody's words in every place where words are rich text, and one link that is meant."""
    return Message(
        title="Ord",
        blocks=(
            Section(text=text),
            Quote(text=text, source="4–6", link="https://example.se/a"),
            Paragraph(text=text),
            Bullets(items=(text, text)),
            Facts(rows=(Fact(label=text, value=text),)),
            Progress(done=1, of=2, text=text),
            Table(caption=text, header=(text, "b"), rows=((text, "c"),)),
        ),
    )


def test_the_renderer_does_complain(window: Window) -> None:
    """It is no judge that never says no."""
    link = {"type": "link", "url": "https://example.org", "text": "klicka"}
    pinged = {"type": "broadcast", "range": "channel"}
    section = {"type": "rich_text_section", "elements": [link, pinged]}
    rich = {"type": "rich_text", "elements": [section]}
    unknown, active = window.show(("okänd", {"blocks": [{"type": "okänd"}]}), ("rik", {"blocks": [rich]}))
    assert unknown.empty == ("okänd",)
    assert len(active.active) == 2

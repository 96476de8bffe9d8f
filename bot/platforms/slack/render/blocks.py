"""Each kind of block as Block Kit; mypy names this place when a kind is added."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.domain.school import Language
from bot.messages.model import (
    Block,
    Bullets,
    Button,
    Chart,
    Choices,
    Document,
    Facts,
    Link,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Small,
    Table,
)
from bot.platforms.cutting import size
from bot.platforms.legible import brief, is_said, numbered, visible
from bot.platforms.links import host_of
from bot.platforms.slack.render.escape import spoken
from bot.platforms.slack.render.figures import chart_pieces, table_pieces
from bot.platforms.slack.render.kit import Json, Piece, Run, flow, plain_text, small, words
from bot.platforms.spoken import said

HEADER = 150
BUTTON = 75
BUTTONS = 25
SHORTEST_BAR, LONGEST_BAR = 2, 12
"""Squares that a progress bar is drawn with; the words beside it say it whole."""

NO_FILE = (
    "Jag kan inte skicka filen. Det som hör till den står här i stället. Säg till den som sköter boten: "
    "Slack-appen kan sakna behörigheten files:write, boten tillägget documents eller vägen till "
    "files.slack.com."
)
STYLES: dict[str, Json] = {"plain": {}, "main": {"style": "primary"}, "danger": {"style": "danger"}}


@dataclass
class Surface:
    """What one message may still show: so many of Slack's own tables and charts, and pictures by file id.

    `files`: what the message holds as files is sent right after it.
    Buttons are counted through the whole message, so that no two of them have the same `action_id`.
    `heading` is what stands right above: it is not said twice. `ruled`: a line parts the sections.
    `language`: its only reader's.
    """

    pictures: Mapping[Chart, str] = field(default_factory=dict)
    files: bool = False
    tables: int = 1
    charts: int = 2
    buttons: int = 0
    heading: str = ""
    ruled: bool = False
    language: Language = "sv"

    @classmethod
    def plain(cls, language: Language, *, ruled: bool = False) -> "Surface":
        """Where Slack's own tables and charts cannot be: a form, the Home tab, a workspace without them."""
        return cls(tables=0, charts=0, ruled=ruled, language=language)


def pieces(message: Message, surface: Surface) -> Iterator[Piece]:
    """The whole message: its title, unless the first paragraph is the title, and its blocks."""
    title = visible(message.title)
    same = Paragraph(text=message.title)
    if not message.blocks:
        yield from words(title)
    elif message.blocks[0] != same:
        yield from _title(title)
        surface.heading = title
    yield from blocks_of(message.blocks, surface)


def blocks_of(blocks: Sequence[Block], surface: Surface) -> Iterator[Piece]:
    for block in blocks:
        yield from _pieces(block, surface)
        surface.heading = block.text if isinstance(block, Section) else ""


def _title(title: str) -> Iterator[Piece]:
    if is_said(title) and size(title) <= HEADER and "\n" not in title:
        yield Piece({"type": "header", "text": plain_text(title, HEADER)}, title)
    else:
        yield from words(title, bold=True)


def _pieces(block: Block, surface: Surface) -> Iterator[Piece]:  # noqa: PLR0912  a branch a kind of block
    match block:
        case Paragraph(text=text):
            yield from words(text)
        case Section(text=text):
            yield from _section(text, surface)
        case Small(text=text):
            yield from small(text)
        case Progress():
            yield from _progress(block)
        case Quote():
            yield from _quote(block, surface.language)
        case Link(text=text, link=link):
            yield from flow([(Run(text, link=link if host_of(link) else ""),)])
        case Bullets(items=items):
            yield from flow([(Run(item),) for item in items], "section" if block.numbered else "bullet")
        case Facts(rows=rows):
            yield from flow([(Run(f"{fact.lead} ", bold=True), Run(fact.value)) for fact in rows])
        case Choices():
            yield from _choices(block, surface)
        case Chart():
            yield from chart_pieces(block, native=surface.charts > 0, picture=surface.pictures.get(block))
            surface.charts -= 1
        case Table():
            titled = block.caption == surface.heading
            yield from table_pieces(block, native=surface.tables > 0, titled=titled)
            surface.tables -= 1
        case Document():
            yield from _document(block, surface)
        case _:
            assert_never(block)


def _section(text: str, surface: Surface) -> Iterator[Piece]:
    if surface.ruled:
        yield Piece({"type": "divider"}, "")
    yield from words(text, bold=True)


def _document(document: Document, surface: Surface) -> Iterator[Piece]:
    """The file comes right after; where none can, what would have stood in it stands here."""
    named = f"{document.title} ({document.filename})"
    if surface.files:
        yield from small(named)
    else:
        yield from words(named, bold=True)
        yield from small(said(NO_FILE, surface.language))
        yield from blocks_of((Facts(rows=document.about), *document.message.blocks), surface)


def _progress(progress: Progress) -> Iterator[Piece]:
    drawn = ""
    if 0 <= progress.done <= progress.of and SHORTEST_BAR <= progress.of <= LONGEST_BAR:
        drawn = "■" * progress.done + "□" * (progress.of - progress.done) + " "
    return flow([(Run(drawn, drawn=True), Run(progress.text))])


def _quote(quote: Quote, language: Language) -> Iterator[Piece]:
    """The words stand out; whose they are is small, unless it also leads somewhere."""
    yield from flow([(Run(quote.text),)], "quote")
    whose = f"– {quote.source}" if is_said(quote.source) else ""
    host = host_of(quote.link)
    if host:
        runs = [Run(whose), Run(" · ")] if whose else []
        leads = said("Öppna {host}", language).format(host=host)
        yield from flow([(*runs, Run(leads, link=quote.link or ""))])
    else:
        yield from small(whose)


def _choices(choices: Choices, surface: Surface) -> Iterator[Piece]:
    yield from words(choices.prompt)
    labels = [spoken(button.label) for button in choices.buttons]
    if any(size(label) > BUTTON for label in labels):
        labels = numbered(labels)
        yield from flow([(Run(label),) for label in labels])
    buttons = [_button(*pair, surface) for pair in zip(choices.buttons, labels, strict=True)]
    for at in range(0, len(buttons), BUTTONS):
        says = " ".join(f"[{brief(label, BUTTON)}]" for label in labels[at : at + BUTTONS])
        yield Piece({"type": "actions", "elements": buttons[at : at + BUTTONS]}, says)


def _button(button: Button, label: str, surface: Surface) -> Json:
    verb = button.token.partition("|")[0] or "press"
    surface.buttons += 1
    return {
        "type": "button",
        "action_id": f"{verb}.{surface.buttons}",
        "text": plain_text(label, BUTTON),
        "value": button.token,
        **STYLES[button.look],
    }

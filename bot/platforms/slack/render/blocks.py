"""Each kind of block as Block Kit; mypy names this place when a kind is added."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never
from urllib.parse import urlsplit

from bot.messages.model import (
    Block,
    Bullets,
    Button,
    Chart,
    Choices,
    Document,
    Facts,
    Message,
    Paragraph,
    Progress,
    Quote,
    Section,
    Small,
    Table,
)
from bot.platforms.cutting import size
from bot.platforms.slack.render.escape import brief, is_said, spoken, visible
from bot.platforms.slack.render.figures import chart_pieces, table_pieces
from bot.platforms.slack.render.kit import Json, Piece, Run, flow, plain_text, small, words

HEADER = 150
BUTTON = 75
BUTTONS = 25
LONGEST_LINK = 3000
LONGEST_BAR = 12
"""Squares that a progress bar is drawn with at most; the words beside it say it whole."""

NO_FILE = (
    "Jag kan inte skicka filen: Slack-appen saknar behörigheten files:write, eller så är tillägget "
    "documents inte installerat. Be den som sköter boten. Det som hör till filen står här i stället."
)
COUNTED = re.compile(r"\d+\. ")
"""A list whose items carry numbers of their own needs no dots before them."""
STYLES: dict[str, Json] = {"plain": {}, "main": {"style": "primary"}, "danger": {"style": "danger"}}


@dataclass
class Surface:
    """What one message may still show: so many of Slack's own tables and charts, and pictures by file id.

    `files`: what the message holds as files is sent right after it.
    Buttons are counted through the whole message, so that no two of them have the same `action_id`.
    """

    pictures: Mapping[Chart, str] = field(default_factory=dict)
    files: bool = False
    tables: int = 1
    charts: int = 2
    buttons: int = 0

    @classmethod
    def plain(cls) -> "Surface":
        """Where Slack's own tables and charts cannot be: a form, the Home tab, a workspace without them."""
        return cls(tables=0, charts=0)


def pieces(message: Message, surface: Surface) -> Iterator[Piece]:
    """The whole message: its title, unless the first paragraph is the title, and its blocks."""
    title = visible(message.title)
    same = Paragraph(text=message.title)
    if not message.blocks:
        yield from words(title)
    elif message.blocks[0] != same:
        yield from _title(title)
    yield from blocks_of(message.blocks, surface)


def blocks_of(blocks: Sequence[Block], surface: Surface) -> Iterator[Piece]:
    for block in blocks:
        yield from _pieces(block, surface)


def _title(title: str) -> Iterator[Piece]:
    if is_said(title) and size(title) <= HEADER and "\n" not in title:
        yield Piece({"type": "header", "text": plain_text(title, HEADER)}, title)
    else:
        yield from words(title, bold=True)


def _pieces(block: Block, surface: Surface) -> Iterator[Piece]:
    match block:
        case Paragraph(text=text):
            yield from words(text)
        case Section(text=text):
            yield from words(text, bold=True)
        case Small(text=text):
            yield from small(text)
        case Progress():
            yield from _progress(block)
        case Quote():
            yield from _quote(block)
        case Bullets(items=items):
            counted = all(COUNTED.match(item) for item in items)
            yield from flow([(Run(item),) for item in items], "section" if counted else "bullet")
        case Facts(rows=rows):
            yield from flow([(Run(f"{fact.label}: ", bold=True), Run(fact.value)) for fact in rows])
        case Choices():
            yield from _choices(block, surface)
        case Chart():
            yield from chart_pieces(block, native=surface.charts > 0, picture=surface.pictures.get(block))
            surface.charts -= 1
        case Table():
            yield from table_pieces(block, native=surface.tables > 0)
            surface.tables -= 1
        case Document():
            yield from _document(block, surface)
        case _:
            assert_never(block)


def _document(document: Document, surface: Surface) -> Iterator[Piece]:
    """The file comes right after; where none can, what would have stood in it stands here."""
    yield from words(f"{document.title} ({document.filename})", bold=True)
    if not surface.files:
        yield from small(NO_FILE)
        yield from blocks_of((Facts(rows=document.about), *document.message.blocks), surface)


def _progress(progress: Progress) -> Iterator[Piece]:
    drawn = ""
    if 0 <= progress.done <= progress.of <= LONGEST_BAR:
        drawn = "■" * progress.done + "□" * (progress.of - progress.done) + " "
    return flow([(Run(drawn, drawn=True), Run(progress.text))])


def _quote(quote: Quote) -> Iterator[Piece]:
    yield from flow([(Run(quote.text),)], "quote")
    runs = [Run(f"– {quote.source}")] if is_said(quote.source) else []
    host = _host(quote.link or "")
    if host:
        runs += [Run(" · ")] * bool(runs) + [Run(f"Öppna {host}", link=quote.link or "")]
    yield from flow([tuple(runs)])


def _host(link: str) -> str:
    """Where a link leads, when it leads out on the web; what only another platform follows does not."""
    if not link.isprintable() or " " in link or size(link) > LONGEST_LINK:
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def _choices(choices: Choices, surface: Surface) -> Iterator[Piece]:
    yield from words(choices.prompt)
    labels = [spoken(button.label) for button in choices.buttons]
    if any(size(label) > BUTTON for label in labels):
        labels = [f"{at}. {label}" for at, label in enumerate(labels, 1)]
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

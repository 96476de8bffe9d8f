"""Each kind of block as elements of a card; mypy names this place when a kind is added."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

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
from bot.platforms.legible import EMPTY, brief, flat, is_said, numbered, visible
from bot.platforms.links import host_of
from bot.platforms.spoken import said
from bot.platforms.teams.carried import PRESS
from bot.platforms.teams.render.escape import is_tame
from bot.platforms.teams.render.figures import chart_elements, table_elements
from bot.platforms.teams.render.kit import (
    ACTIONS,
    Json,
    Run,
    button,
    grouped,
    heading,
    lines,
    paragraph,
    rich,
    small,
)

LARGE, MEDIUM = "Large", "Medium"
BUTTON = 60
ROW = 64
"""Characters of buttons side by side in the narrowest card on a computer; a phone stacks them itself."""
AROUND_LABEL = 5
LABEL = 32
"""Characters of a label that leave room beside it on a phone."""
LONGEST_FACTS = 2000
OPEN = "Öppna {host}"
NO_FILE = "I Teams visar jag innehållet här i stället för i en fil. Kopiera det dit ni vill ha det."
STYLES = {"plain": "default", "main": "positive", "danger": "destructive"}


class Surface(NamedTuple):
    """Where the blocks stand.

    `roomy`: there is room for what is sent twice (a table and its lines, a chart and its picture).
    `inputs`: beside fields that a button must not wait for. `language`: their only reader's. `title`: what
    stands above them already.
    """

    roomy: bool = True
    inputs: bool = False
    language: Language = "sv"
    title: str = ""


def elements(message: Message, surface: Surface) -> Iterator[Json]:
    """The whole message: its title, unless the first paragraph is the title, and its blocks."""
    if not message.blocks:
        yield from paragraph(message.title if is_said(message.title) else EMPTY)
    elif message.blocks[0] != Paragraph(text=message.title):
        yield from heading(message.title, LARGE)
    yield from elements_of(message.blocks, surface._replace(title=message.title))


def elements_of(blocks: Sequence[Block], surface: Surface) -> Iterator[Json]:
    """A heading stands nearer to what it heads than to what is above it, and small lines keep together."""
    above: Block | None = None
    for block in blocks:
        match above, block:
            case (None, _):
                spacing = ""
            case (_, Section()):
                spacing = "Medium"
            case (Section(), _) | (Small(), Small()):
                spacing = "Small"
            case _:
                spacing = ""
        for at, element in enumerate(_elements(block, surface)):
            yield {**element, "spacing": spacing} if spacing and not at else element
        above = block


def _elements(block: Block, surface: Surface) -> Iterator[Json]:  # noqa: PLR0912  a branch a kind of block
    match block:
        case Paragraph(text=text):
            yield from paragraph(text)
        case Section(text=text):
            yield from heading(text, MEDIUM)
        case Small(text=text):
            yield from small(text)
        case Progress():
            yield from _progress(block)
        case Quote():
            yield from _quote(block, surface)
        case Link(text=text, link=link):
            yield from rich((Run(text, link=link if host_of(link) else ""),))
        case Bullets(items=items):
            yield from lines(((Run(item),) for item in items), "" if block.numbered else "• ")
        case Facts():
            yield from _facts(block)
        case Choices():
            yield from _choices(block, surface)
        case Chart():
            yield from chart_elements(block, roomy=surface.roomy)
        case Table():
            yield from table_elements(block, title=surface.title, roomy=surface.roomy)
        case Document():
            yield from _document(block, surface)
        case _:
            assert_never(block)


def _document(document: Document, surface: Surface) -> Iterator[Json]:
    """A card holds no file: it says what would have stood in it. What can be pressed stands elsewhere."""
    yield from heading(document.title, MEDIUM)
    yield from small(said(NO_FILE, document.language))
    yield from _facts(Facts(rows=document.about))
    told = [block for block in document.message.blocks if not isinstance(block, Choices)]
    yield from elements_of(told, surface)


def _progress(progress: Progress) -> Iterator[Json]:
    """The words say it whole; the bar is for whoever likes to see it."""
    yield from paragraph(progress.text)
    if 0 <= progress.done <= progress.of and progress.of:
        yield {
            "type": "ProgressBar",
            "value": progress.done,
            "max": progress.of,
            "color": "Accent",
            "spacing": "Small",
            "fallback": "drop",
        }


def _quote(quote: Quote, surface: Surface) -> Iterator[Json]:
    """On a ground of its own and in marks, so that both eye and ear know whose words they are."""
    if is_said(quote.text):
        yield from grouped(rich((Run(f"”{visible(quote.text).strip()}”"),)), "emphasis")
    runs = [Run(f"– {quote.source}", small=True)] if is_said(quote.source) else []
    host = host_of(quote.link)
    if host:
        runs += [Run(" · ", small=True)] * bool(runs)
        opens = said(OPEN, surface.language).format(host=host)
        runs.append(Run(opens, small=True, link=quote.link or ""))
    yield from ({**block, "spacing": "Small"} for block in rich(tuple(runs)))


def _facts(facts: Facts) -> Iterator[Json]:
    """Two columns where a phone has room and nothing in them is markup; else each below its label."""
    rows = [(visible(fact.label), visible(fact.value)) for fact in facts.rows]
    tame = all(
        is_said(label) and is_said(value) and is_tame(label) and is_tame(value) and size(label) <= LABEL
        for label, value in rows
    )
    if rows and tame and sum(len(label) + len(value) for label, value in rows) <= LONGEST_FACTS:
        yield {"type": "FactSet", "facts": [{"title": label, "value": value} for label, value in rows]}
    else:
        for label, value in rows:
            yield from rich((Run(label, bold=True),))
            yield from (
                {**block, "spacing": "None"} for block in paragraph(value if is_said(value) else EMPTY)
            )


def _choices(choices: Choices, surface: Surface) -> Iterator[Json]:
    yield from paragraph(choices.prompt)
    labels = [flat(one.label) for one in choices.buttons]
    if any(size(label) > BUTTON for label in labels):
        labels = numbered(labels)
        yield from lines((Run(label),) for label in labels)
    buttons = [_button(*pair, surface) for pair in zip(choices.buttons, labels, strict=True)]
    for at, row in enumerate(_in_rows(buttons)):
        yield {"type": "ActionSet", "actions": row, **({"spacing": "Small"} if at else {})}


def _in_rows(buttons: list[Json]) -> Iterator[list[Json]]:
    """Rows that are shown whole: what is too many hides in a menu, what is too wide may be cut off."""
    row: list[Json] = []
    room = ROW
    for one in buttons:
        wide = size(one["title"]) + AROUND_LABEL
        if row and (wide > room or len(row) == ACTIONS):
            yield row
            row, room = [], ROW
        row.append(one)
        room -= wide
    if row:
        yield row


def _button(one: Button, label: str, surface: Surface) -> Json:
    made = button(brief(label, BUTTON), PRESS, {"token": one.token}, style=STYLES[one.look])
    return {**made, "associatedInputs": "none"} if surface.inputs else made

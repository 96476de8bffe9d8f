"""A neutral message as Slack shows it. Pure: no network, no clock, no ids but those that are given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.value import Value
from bot.messages.model import Chart, Message
from bot.platforms.cutting import size
from bot.platforms.slack.render.blocks import Surface, blocks_of, pieces
from bot.platforms.slack.render.escape import EMPTY, flat, inert
from bot.platforms.slack.render.kit import Json, Piece, plain_text, small, words

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_WORDS = 10_000
"""Characters in a message: Slack refuses somewhere above 12 000 and counts its own way (bolt-js#2509)."""
WEIGHT = 20
"""What a block costs beside its words, in the same count."""
MOST_TEXT = 38_000
"""Escaped characters of `text`; Slack cuts at 40 000 without a word."""
VIEW_TITLE = 24
CLOSE = "Stäng"
PART = "Del {number} av {of}"
NO_ROOM = "Allt fick inte plats här. Skriv /hjälp så ser du vad du kan göra i stället."


class Payload(Value):
    """What is sent: `text` says everything that `blocks` show, for notifications and screen readers."""

    text: str
    blocks: tuple[Json, ...]


def to_payload(message: Message, *, native: bool = True) -> Payload:
    """The message in one piece, however long; `to_parts` keeps to what Slack takes."""
    return _payload(pieces(message, Surface() if native else Surface.plain()))


def to_parts(
    message: Message,
    *,
    native: bool = True,
    pictures: Mapping[Chart, str] | None = None,
    files: bool = False,
) -> tuple[Payload, ...]:
    """The message in as many numbered parts as it needs, in order; almost always one.

    `pictures` names the uploaded file that shows a chart; `files`: its documents are sent right after.
    """
    surface = Surface(pictures or {}, files) if native else Surface.plain()
    parts = list(_packed(pieces(message, surface)))
    if len(parts) == 1:
        return (_payload(parts[0]),)
    said = [PART.format(number=number, of=len(parts)) for number in range(1, len(parts) + 1)]
    return tuple(_payload((*part, *small(which))) for part, which in zip(parts, said, strict=True))


def to_modal_message(message: Message) -> Json:
    """A view that only tells: after a form, or where there is no channel to say it in."""
    untitled = message.blocks and not shortened(message.title, VIEW_TITLE)
    surface = Surface.plain()
    return {
        "type": "modal",
        "title": plain_text(message.title, VIEW_TITLE),
        "close": plain_text(CLOSE, VIEW_TITLE),
        "blocks": _view(blocks_of(message.blocks, surface) if untitled else pieces(message, surface)),
    }


def to_home(message: Message) -> Json:
    """The Home tab."""
    return {"type": "home", "blocks": _view(pieces(message, Surface.plain()))}


def _view(said: Iterable[Piece]) -> list[Json]:
    return fitted([piece.block for piece in said] or [piece.block for piece in words(EMPTY)])


def fitted(blocks: Sequence[Json]) -> list[Json]:
    """The blocks of a view within their number: paragraphs share a block, and what is left out is told."""
    if len(blocks) <= MOST_VIEW_BLOCKS:
        return list(blocks)
    merged = list(_merged(blocks))
    if len(merged) <= MOST_VIEW_BLOCKS:
        return merged
    return merged[: MOST_VIEW_BLOCKS - 1] + [piece.block for piece in small(NO_ROOM)]


def shortened(text: str, most: int) -> bool:
    """Whether a text had to be cut for its place, so that the whole must stand elsewhere."""
    return size(flat(text)) > most


def _packed(said: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Fill each part as far as Slack takes it; the last line of each says which part it is."""
    part: list[Piece] = []
    weight = text = 0
    for piece in said:
        heavier, longer = weight + _weight(piece.block), text + size(inert(piece.says)) + 1
        if part and (heavier > MOST_WORDS - 100 or longer > MOST_TEXT or len(part) >= MOST_BLOCKS - 1):
            yield part
            part, heavier, longer = [], _weight(piece.block), size(inert(piece.says)) + 1
        part.append(piece)
        weight, text = heavier, longer
    yield part


def _weight(block: Json) -> int:
    return WEIGHT + sum(size(text) for text in _texts(block))


def _texts(block: object) -> Iterator[str]:
    """Every string of words in a block, wherever it stands."""
    match block:
        case {"text": str(text)}:
            yield text
        case dict():
            for name, inner in block.items():
                if name in {"alt_text", "title", "caption", "label", "name"} and isinstance(inner, str):
                    yield inner
                else:
                    yield from _texts(inner)
        case list() | tuple():
            for inner in block:
                yield from _texts(inner)
        case _:
            pass


def _merged(blocks: Sequence[Json]) -> Iterator[Json]:
    held: list[Json] = []
    for block in blocks:
        if block["type"] == "rich_text":
            held += block["elements"]
            continue
        if held:
            yield {"type": "rich_text", "elements": held}
            held = []
        yield block
    if held:
        yield {"type": "rich_text", "elements": held}


def _payload(said: Iterable[Piece]) -> Payload:
    held = tuple(said)
    text = "\n".join(piece.says for piece in held if piece.says)
    return Payload(text=inert(text) or EMPTY, blocks=tuple(piece.block for piece in held))

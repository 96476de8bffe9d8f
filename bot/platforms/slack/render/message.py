"""A neutral message as Slack shows it. Pure: no network, no clock, no ids but those that are given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.school import Language
from bot.domain.value import Value
from bot.messages.model import Chart, Message
from bot.platforms.cutting import size
from bot.platforms.legible import EMPTY, flat
from bot.platforms.slack.render.blocks import Surface, blocks_of, pieces
from bot.platforms.slack.render.escape import inert
from bot.platforms.slack.render.kit import Json, Piece, joined, plain_text, small, words
from bot.platforms.slack.render.limits import of_view
from bot.platforms.spoken import said

FIGURES = {"data_table", "data_visualization"}
MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_WORDS = 10_000
"""Characters in a message: Slack refuses somewhere above 12 000 and counts its own way (bolt-js#2509)."""
WEIGHT = 20
"""What a block costs beside its words, in the same count."""
MOST_TEXT = 38_000
"""Escaped characters of `text`; Slack cuts at 40 000 without a word."""
VIEW_TITLE = 24
NAME = "Nuläge"
CLOSE = "Stäng"
PART = "Del {number} av {of}"
NO_ROOM = "Allt fick inte plats här. Skriv /hjälp så ser du vad du kan göra i stället."


class Payload(Value):
    """What is sent: `text` says everything that `blocks` show, for notifications and screen readers."""

    text: str
    blocks: tuple[Json, ...]


def to_payload(message: Message, *, native: bool = True) -> Payload:
    """The message in one piece, however long; `to_parts` keeps to what Slack takes."""
    return _payload(pieces(message, Surface() if native else Surface.plain("sv")))


def to_parts(
    message: Message,
    *,
    native: bool = True,
    pictures: Mapping[Chart, str] | None = None,
    files: bool = False,
    language: Language = "sv",
) -> tuple[Payload, ...]:
    """The message in as many numbered parts as it needs, in order; almost always one.

    `pictures` names the uploaded file that shows a chart; `files`: its documents are sent right after.
    `language` is its only reader's.
    """
    surface = Surface(pictures or {}, files, language=language) if native else Surface.plain(language)
    parts = list(_packed(pieces(message, surface)))
    if len(parts) == 1:
        return (_payload(parts[0]),)
    part_of = said(PART, language)
    which = [part_of.format(number=number, of=len(parts)) for number in range(1, len(parts) + 1)]
    return tuple(_payload((*part, *small(one))) for part, one in zip(parts, which, strict=True))


def is_drawn(parts: Iterable[Payload]) -> bool:
    """Whether there is a table or a chart of Slack's own in it, which not every workspace has."""
    return any(block["type"] in FIGURES for part in parts for block in part.blocks)


def to_modal_message(message: Message, language: Language = "sv") -> Json:
    """A view that only tells: after a form, or where there is no channel to say it in."""
    untitled = message.blocks and not shortened(message.title, VIEW_TITLE)
    surface = Surface.plain(language)
    blocks = blocks_of(message.blocks, surface) if untitled else pieces(message, surface)
    view = {
        "type": "modal",
        "title": view_title(message.title),
        "close": plain_text(said(CLOSE, language), VIEW_TITLE),
        "blocks": _view(blocks, language),
    }
    return taken(view, language)


def view_title(text: str) -> Json:
    """What stands above a view: the text, or its first sentence, or our own name; never half a sentence."""
    first = flat(text).partition(". ")[0]
    fits = next((one for one in (flat(text), first) if size(one) <= VIEW_TITLE), NAME)
    return plain_text(fits, VIEW_TITLE)


def to_home(message: Message, language: Language = "sv") -> Json:
    """The Home tab."""
    blocks = _view(pieces(message, Surface.plain(language, ruled=True)), language)
    return taken({"type": "home", "blocks": blocks}, language)


def taken(view: Json, language: Language) -> Json:
    """The view, or one in its place that says what to do, where Slack would refuse it and show nothing."""
    if not of_view(view):
        return view
    told = [piece.block for piece in words(said(NO_ROOM, language))]
    return {name: held for name, held in view.items() if name != "submit"} | {"blocks": told}


def _view(shown: Iterable[Piece], language: Language) -> list[Json]:
    return fitted([piece.block for piece in shown] or [piece.block for piece in words(EMPTY)], language)


def fitted(blocks: Sequence[Json], language: Language) -> list[Json]:
    """The blocks of a view within their number: lines of words share one, and what is left out is told."""
    if len(blocks) <= MOST_VIEW_BLOCKS:
        return list(blocks)
    merged = list(_merged([block for block in blocks if block["type"] != "divider"]))
    if len(merged) <= MOST_VIEW_BLOCKS:
        return merged
    return merged[: MOST_VIEW_BLOCKS - 1] + [piece.block for piece in small(said(NO_ROOM, language))]


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
        if block["type"] in {"rich_text", "context"}:
            held += block["elements"] if block["type"] == "rich_text" else _sections(block)
            continue
        if held:
            yield {"type": "rich_text", "elements": joined(held)}
            held = []
        yield block
    if held:
        yield {"type": "rich_text", "elements": joined(held)}


def _sections(context: Json) -> list[Json]:
    """Small lines as lines like others, which take no block of their own."""
    texts = [{"type": "text", "text": one["text"]} for one in context["elements"]]
    return [{"type": "rich_text_section", "elements": [text]} for text in texts]


def _payload(said: Iterable[Piece]) -> Payload:
    held = tuple(said)
    text = "\n".join(piece.says for piece in held if piece.says)
    return Payload(text=inert(text) or EMPTY, blocks=tuple(piece.block for piece in held))

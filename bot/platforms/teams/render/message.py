"""A neutral message as Teams shows it. Pure: no network, no clock, no ids but those that are given."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.school import Language
from bot.domain.value import Value
from bot.messages.model import Chart, Message, Table
from bot.messages.plain import lines, plain
from bot.platforms.cutting import cut
from bot.platforms.legible import EMPTY, brief, flat, is_said, visible
from bot.platforms.spoken import said
from bot.platforms.teams.render.blocks import Surface, elements
from bot.platforms.teams.render.escape import tamed
from bot.platforms.teams.render.kit import Json, paragraph, small
from bot.platforms.teams.render.limits import MESSAGE, weight

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
CARD = "application/vnd.microsoft.card.adaptive"
AROUND = 2_000
"""Of what an activity may weigh, what is kept for what stands around the card."""
LONGEST_TEXT = 6_000
"""Characters of plain text in one activity."""
SUMMARY = 150
PART = "Del {number} av {of}"
OLDER = "Uppdatera Teams, så ser du hela meddelandet."


class Payload(Value):
    """What is sent. With a card, `text` is the line that a notification shows; without, the whole message."""

    text: str
    card: Json | None = None


def to_parts(message: Message, *, native: bool = True, language: Language = "sv") -> tuple[Payload, ...]:
    """The message in as many numbered parts as it needs, in order; almost always one.

    A message that is only its title has no card. `native=False` has none either: words alone.
    `language` is its only reader's.
    """
    if not native or not message.blocks:
        return tuple(Payload(text=text) for text in _told(message, language))
    cards = _cards(message, language)
    return tuple(Payload(text=brief(message.title, SUMMARY), card=card) for card in cards)


def to_card(message: Message, language: Language = "sv") -> Json:
    """The message as a card, its first part where it needs several; a title alone is a card too.

    Whoever shows only this says the other parts beside it.
    """
    return _cards(message, language)[0]


def activity_of(payload: Payload) -> Json:
    """The activity that says it. The words of a text are read as they stand."""
    if payload.card is None:
        return {"type": "message", "text": payload.text, "textFormat": "plain"}
    return {
        "type": "message",
        "summary": payload.text,
        "attachments": [{"contentType": CARD, "content": payload.card}],
    }


def card_of(title: str, body: Sequence[Json], *, wide: bool = False, language: Language = "sv") -> Json:
    """What every card has around its body. `language` is that of its words: a screen reader goes by it."""
    line = flat(title)
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": language,
        "fallbackText": f"{tamed(brief(title, SUMMARY))} {said(OLDER, language)}",
        "speak": brief(line.translate(UNSPOKEN), SUMMARY),
        **({"msteams": {"width": "full"}} if wide else {}),
        "body": list(body) or list(paragraph(EMPTY)),
    }


UNSPOKEN = str.maketrans("<>&", "   ")
"""`speak` may be SSML; nobody's words are."""


def _cards(message: Message, language: Language) -> tuple[Json, ...]:
    wide = any(isinstance(block, Chart | Table) for block in message.blocks)

    def card_with(body: Sequence[Json]) -> Json:
        return card_of(message.title, body, wide=wide, language=language)

    card = card_with(list(elements(message, Surface(language=language))))
    if weight(card) <= MESSAGE - AROUND:
        return (card,)
    body = list(elements(message, Surface(roomy=False, language=language)))
    parts = list(_packed(body, MESSAGE - AROUND - weight(card_with(()))))
    if len(parts) == 1:
        return (card_with(body),)
    numbered = (_which(number, len(parts), language) for number in range(1, len(parts) + 1))
    return tuple(card_with((*part, *small(which))) for part, which in zip(parts, numbered, strict=True))


def _which(number: int, of: int, language: Language) -> str:
    return said(PART, language).format(number=number, of=of)


def _packed(body: Iterable[Json], room: int) -> Iterator[list[Json]]:
    """Fill each part as far as it goes; its last line says which part it is."""
    room -= weight(list(small(PART)))
    part: list[Json] = []
    filled = 0
    for element in body:
        heavier = weight(element) + 2
        if part and filled + heavier > room:
            yield part
            part, filled = [], 0
        part.append(element)
        filled += heavier
    yield part


def _told(message: Message, language: Language) -> Iterator[str]:
    """The whole message as words, in parts where it is long."""
    said = visible("\n".join(lines(plain(message)))).strip()
    parts = [part for part in cut(said, LONGEST_TEXT) if is_said(part)] or [EMPTY]
    for number, part in enumerate(parts, 1):
        which = _which(number, len(parts), language)
        yield f"{part.rstrip()}\n{which}" if len(parts) > 1 else part

"""What a search found, word for word, with a link to where each stands."""

from datetime import date

from bot.domain.notes import is_to_find_out
from bot.domain.reports.current_state import Told
from bot.domain.value import Value
from bot.messages.model import Block, Button, Choices, Form, Message, Paragraph, Quote, Small, TextField
from bot.messages.texts import Texts, fill
from bot.messages.tokens import Token

LONGEST_SEARCH = 100


class Hit(Value):
    """A note that matches: `told.text` is the sentence to show, `day` the school's day it was written."""

    told: Told
    day: date


class Found(Value):
    """What a search came to: how many match, the newest of them, and how much was read if not all."""

    words: str
    n: int
    hits: tuple[Hit, ...]
    read: int | None = None


def phrase(found: Found, texts: Texts) -> Message:
    """Word the result; only the asker sees it."""
    words = texts.search
    blocks: list[Block] = [Small(text=fill(words.sought, words=found.words))]
    blocks += [_quote(hit, texts) for hit in found.hits]
    if len(found.hits) < found.n:
        blocks.append(Small(text=fill(words.newest, shown=len(found.hits), n=found.n)))
    if not found.n:
        blocks.append(Paragraph(text=words.try_other))
    if found.read is not None:
        blocks.append(Small(text=fill(words.more, read=_number(found.read))))
    blocks.append(Choices(buttons=(Button(label=words.again, token=Token(verb="search_form").pack()),)))
    return Message(title=words.found.of(found.n) if found.n else words.none, blocks=tuple(blocks))


def search_form(texts: Texts, text: str = "", error: str = "") -> Form:
    """The form in which somebody says what to look for."""
    words = texts.search
    field = TextField(
        key="words",
        label=words.form_label,
        help=words.form_help,
        required=True,
        value=text,
        longest=LONGEST_SEARCH,
    )
    return Form(
        token=Token(verb="search_form").pack(),
        title=words.form_title,
        fields=(field,),
        submit=words.form_submit,
        around=texts.forms.around,
        errors={"words": error} if error else {},
    )


def _quote(hit: Hit, texts: Texts) -> Quote:
    source = fill(texts.search.source, team=hit.told.arbetslag, day=texts.dates.full_date(hit.day))
    if is_to_find_out(hit.told.note):
        source = f"{source}, {texts.current_state.find_out}"
    return Quote(text=hit.told.text, source=source, link=hit.told.link)


def _number(n: int) -> str:
    """Write 2 000 with a space that does not break."""
    return f"{n:,}".replace(",", "\u00a0")

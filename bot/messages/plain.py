"""A message as plain lines: the terminal, search engines of screen readers, and the last resort."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.messages.charts import number
from bot.messages.model import (
    Block,
    Bullets,
    Chart,
    ChoiceField,
    Choices,
    DateField,
    Document,
    Facts,
    Form,
    Link,
    Message,
    Paragraph,
    PeopleField,
    Progress,
    Quote,
    Section,
    Small,
    Table,
    TextField,
)


def lines(message: Message) -> Iterator[str]:
    """Every line of a message, nothing lost: title, blocks in order, buttons in brackets."""
    yield message.title
    for block in message.blocks:
        yield from _block(block)


def plain(message: Message) -> Message:
    """The same message with its words only; its buttons stay."""
    buttons = tuple(block for block in message.blocks if isinstance(block, Choices))
    words = [line for block in _unfolded(message.blocks) for line in _block(block)]
    return Message(title=message.title, blocks=(*(Paragraph(text=text) for text in words if text), *buttons))


def _unfolded(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without buttons, and in place of a file what stands in it."""
    for block in blocks:
        match block:
            case Choices():
                pass
            case Document(title=title, about=about, message=message):
                yield from (Paragraph(text=title), Facts(rows=about))
                yield from _unfolded(message.blocks)
            case _:
                yield block


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text) | Section(text=text) | Small(text=text) | Progress(text=text):
            yield text
        case Quote(text=text, source=source):
            yield f"”{text}”" + (f" – {source}" if source else "")
        case Link(text=text, link=link):
            yield f"{text}: {link}"
        case Bullets(items=items):
            yield from (f"• {item}" for item in items)
        case Facts(rows=rows):
            yield from (f"{fact.lead} {fact.value}" for fact in rows)
        case Choices(prompt=prompt, buttons=buttons):
            if prompt:
                yield prompt
            yield " ".join(f"[{button.label}]" for button in buttons)
        case Chart(title=title, alt=alt, unit=unit, bars=bars):
            yield f"{title}. {alt}"
            yield from (f"{bar.label}: {number(bar.value)} {unit}".rstrip() for bar in bars)
        case Table(caption=caption, header=header, rows=rows):
            yield caption
            yield " | ".join(header)
            yield from (" | ".join(row) for row in rows)
        case Document(title=title, filename=filename):
            yield f"{title} ({filename})"
        case _ as never:
            assert_never(never)


def form_lines(form: Form) -> Iterator[str]:
    """Everything a person reads in a form, in order."""
    yield form.title
    for block in form.intro:
        yield from _block(block)
    for field in form.fields:
        yield field.label
        yield from filter(None, (field.help, form.errors.get(field.key, "")))
        match field:
            case ChoiceField(options=options, several=several):
                yield from (f"{'[ ]' if several else '( )'} {option.label}" for option in options)
            case TextField(value=value) | DateField(value=value):
                yield from filter(None, (value,))
            case PeopleField(value=value):
                yield from filter(None, (", ".join(value),))
            case _ as never:
                assert_never(never)
    yield from (
        error for key, error in form.errors.items() if key not in {field.key for field in form.fields}
    )
    yield f"[{form.submit}]"

"""A form as a modal: one input a field, its error above it, its words whole."""

from collections.abc import Iterator

from bot.domain.school import Place
from bot.domain.value import Value
from bot.messages.model import Around, Form, FormField
from bot.platforms.legible import is_said
from bot.platforms.slack.render.blocks import Surface, blocks_of
from bot.platforms.slack.render.fields import ask
from bot.platforms.slack.render.kit import Json, Piece, plain_text, small, words
from bot.platforms.slack.render.message import VIEW_TITLE, fitted, shortened, taken, view_title
from bot.platforms.spoken import said

CALLBACK = "nulage_form"
LABEL = 2000
PART_OF = "{number} av {of}"


class Metadata(Value):
    """What a view carries and brings back: only claims, checked again when it does.

    `nonce` names this step; `opened_from` is the message whose button opened the form, `home` that it was
    opened on the Home tab.
    """

    token: str
    nonce: str
    where: Place
    opened_from: str = ""
    home: bool = False


def to_modal(form: Form, *, metadata: str) -> Json:
    """A form as a view. `metadata` is `Metadata` as JSON; its nonce is the step in every `block_id`."""
    step = Metadata.model_validate_json(metadata).nonce
    view = {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": view_title(form.title),
        "submit": plain_text(form.submit, VIEW_TITLE),
        "close": plain_text(form.around.close, VIEW_TITLE),
        "blocks": fitted(list(_blocks(form, step)), form.around.language),
    }
    return taken(view, form.around.language)


def _blocks(form: Form, step: str) -> Iterator[Json]:
    yield from _shown(_before(form))
    for field in form.fields:
        yield from _shown(words(form.errors.get(field.key, ""), bold=True))
        yield from _field(field, step, form.around)
    if shortened(form.submit, VIEW_TITLE):
        yield from _shown(small(form.submit))


def _before(form: Form) -> Iterator[Piece]:
    """What stands above the fields: the title when it was cut, errors that no field owns, and the intro."""
    if shortened(form.title, VIEW_TITLE):
        yield from words(form.title, bold=True)
    keys = {field.key for field in form.fields}
    for key, error in form.errors.items():
        if key not in keys:
            yield from words(error, bold=True)
    yield from blocks_of(form.intro, Surface.plain(form.around.language))


def _field(field: FormField, step: str, around: Around) -> Iterator[Json]:
    if shortened(field.label, LABEL):
        yield from _shown(words(field.label))
    if shortened(field.help, LABEL):
        yield from _shown(small(field.help))
    asked = ask(field, around)
    yield from _shown(asked.before)
    for number, element in enumerate(asked.elements, 1):
        which = said(PART_OF, around.language).format(number=number, of=len(asked.elements))
        many = f" ({which})" if len(asked.elements) > 1 else ""
        hint = field.help if number == 1 else ""
        yield {
            "type": "input",
            "block_id": f"{step}.{field.key}" + (f"#{number}" if number > 1 else ""),
            "label": plain_text(f"{field.label}{many}", LABEL),
            "optional": not (field.required and number == 1),
            "element": {**element, "action_id": field.key},
            **({"hint": plain_text(hint, LABEL)} if is_said(hint) else {}),
        }


def _shown(pieces: Iterator[Piece]) -> Iterator[Json]:
    return (piece.block for piece in pieces)

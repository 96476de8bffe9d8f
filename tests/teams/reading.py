"""What a person reads in a card of Teams': the client's side, written apart from the bot's renderer."""

from collections.abc import Iterator
from typing import Any

from bot.messages.model import (
    Block,
    Button,
    ChoiceField,
    Choices,
    DateField,
    Form,
    FormField,
    Message,
    Option,
    Paragraph,
    PeopleField,
    TextField,
)
from bot.platforms.teams.render.fields import MUST
from tests.chat_reading import attached
from tests.teams.state import Json

UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060"))


def message_of(text: str, card: Json | None) -> Message:
    """A message as its reader sees it: lines and buttons; without a card, its text."""
    if card is None:
        return Message(title=_plain(text))
    read = attached([one for element in card["body"] for one in _read(element)])
    first = read[0] if read and isinstance(read[0], Paragraph) else None
    return Message(title=first.text if first else text, blocks=tuple(read[1:] if first else read))


def buttons_in(held: Any) -> Iterator[Json]:
    """Every button that is seen, wherever it stands; what is there for older clients is not."""
    if isinstance(held, dict):
        if str(held.get("type")).startswith("Action."):
            yield held
        else:
            for name, inner in held.items():
                if name != "fallback":
                    yield from buttons_in(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from buttons_in(inner)


def sends(card: Json | None) -> Json | None:
    """The button that sends a form; None when the card asks nothing."""
    if card is None:
        return None
    return next((one for one in buttons_in(card) if "form" in one.get("data", {})), None)


def name_of(element: Json) -> str:
    """What an input is called in the lists of inputs; each showing of a form adds a mark of its own to it."""
    return str(element["id"].partition("-")[0])


def inputs_of(card: Json) -> list[tuple[Json, bool]]:
    """Every input in order, and whether it is marked as wrong."""
    return list(_inputs(card["body"], wrong=False))


def form_of(card: Json, errors: dict[str, str], state: Json) -> Form:
    """A form as the person sees it, filled in so far. `errors` (by input) are the client's own."""
    send = sends(card)
    assert send is not None
    keys = send["data"]["keys"]
    fields: list[FormField] = []
    wrong: dict[str, str] = {}
    for element, is_wrong in inputs_of(card):
        key = keys[int(name_of(element).removeprefix("f"))]
        field, error = _field(element, key, send["data"], is_wrong=is_wrong)
        said = errors.get(element["id"]) or error
        wrong |= {key: said} if said else {}
        fields.append(_filled(field, state.get(element["id"])))
    told = message_of("", {"body": [one for one in card["body"] if not list(_inputs([one], wrong=False))]})
    intro = (Paragraph(text=told.title), *told.blocks)
    return Form(
        token=send["data"]["form"],
        title=card.get("speak", ""),
        intro=tuple(one for one in intro if not isinstance(one, Paragraph) or one.text),
        fields=tuple(fields),
        submit=send["title"],
        errors=wrong,
    )


def _read(element: Json) -> Iterator[Block]:
    match element["type"]:
        case "Container" if "layouts" in element:
            yield from (Paragraph(text=row) for row in _rows(element["items"]))
        case "Container":
            for inner in element["items"]:
                yield from _read(inner)
        case "ActionSet":
            pressed = [one for one in element["actions"] if one.get("verb") == "press"]
            yield Choices(
                buttons=tuple(Button(label=one["title"], token=one["data"]["token"]) for one in pressed)
            )
        case _:
            yield from (Paragraph(text=line) for line in _lines(element) if line)


def _rows(groups: list[Json]) -> Iterator[str]:
    """The rows of a table too wide for a card: under each heading, a value and the columns that have it."""
    columns: list[str] = []
    for group in groups:
        heading, *told = (line for item in group["items"] for line in _lines(item))
        pairs = [line.partition(": ") for line in told]
        cells = {name: value for value, _, names in pairs for name in names.split(", ")}
        columns = columns or list(cells)
        yield " | ".join([heading, *(cells[name] for name in columns)])


def _lines(element: Json) -> Iterator[str]:
    match element["type"]:
        case "TextBlock":
            yield from _plain(element["text"]).split("\n")
        case "RichTextBlock":
            runs = [one if isinstance(one, str) else one["text"] for one in element["inlines"]]
            yield from _plain("".join(runs)).split("\n")
        case "FactSet":
            yield from (f"{one['title']}: {one['value']}" for one in element["facts"])
        case "Table":
            for row in element["rows"]:
                cells = [
                    " ".join(line for item in cell["items"] for line in _lines(item)) for cell in row["cells"]
                ]
                yield " | ".join(cells)
        case "Image":
            yield element["altText"]
        case _:
            return


def _plain(text: str) -> str:
    return text.translate(UNSEEN)


def _inputs(elements: Any, *, wrong: bool) -> Iterator[tuple[Json, bool]]:
    for one in elements:
        if one["type"].startswith("Input."):
            yield one, wrong
        elif one["type"] == "Container":
            yield from _inputs(one["items"], wrong=one.get("style") == "attention")


def _field(element: Json, key: str, data: Json, *, is_wrong: bool) -> tuple[FormField, str]:
    """The field, and what is wrong with what was filled in."""
    told = _plain(element["label"]).split("\n")
    error = told.pop(0) if is_wrong else ""
    label, *more = told
    marked = label.endswith(MUST)
    shared: dict[str, Any] = {
        "key": key,
        "label": label.removesuffix(MUST),
        "help": "\n".join(more),
        "required": marked or element.get("isRequired", False),
    }
    value = element.get("value", "")
    match element["type"]:
        case "Input.Text":
            return TextField(**shared, value=value, longest=element["maxLength"]), error
        case "Input.Date":
            return DateField(**shared, value=value), error
        case _:
            several = element.get("isMultiSelect", False)
            chosen = tuple(filter(None, value.split(","))) if several else tuple(filter(None, [value]))
            if name_of(element) in data["people"]:
                return PeopleField(**shared, value=chosen, several=several), error
            options = tuple(Option(value=one["value"], label=one["title"]) for one in element["choices"])
            return ChoiceField(**shared, options=options, several=several, value=chosen), error


def _filled(field: FormField, given: str | None) -> FormField:
    """The field with what has been filled in since the form was opened."""
    if given is None:
        return field
    if isinstance(field, ChoiceField | PeopleField):
        chosen = tuple(given.split(",")) if field.several else (given,)
        return field.model_copy(update={"value": tuple(filter(None, chosen))})
    return field.model_copy(update={"value": given})

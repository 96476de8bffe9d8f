"""Reads cards back as a person or a program would: what is said, and what is pressed."""

from collections.abc import Iterator
from typing import Any

from bot.messages.model import Block, ChoiceField, Form, FormField, Message, Option
from bot.platforms.teams.render.forms import Shown, to_dialog, to_form_card
from bot.platforms.teams.render.message import to_card
from tests.platforms.anything import squeezed
from tests.teams.strict_cards import faults

Json = dict[str, Any]
SPOKEN = {"text", "title", "label", "value", "altText"}
TENANT = "5ca1ab1e-0000-4000-8000-0000000000aa"
PEOPLE = tuple(
    (f"{TENANT}/5ca1ab1e-0000-4000-8000-00000000000{n}", name)
    for n, name in enumerate(("Maja Ström", "Ulla Åkesson", "Nils Öhman", "Sara Lind"), 1)
)
PRESSED = "answer|1|"
OPENED = {"nonce": "0a1b2c3d", "opened_from": "1700000000001", "thread": "1700000000000"}


def form_card(form: Form, *, pressed: str = PRESSED, people: Any = PEOPLE, mark: str = "") -> Json:
    return to_form_card(Shown(form, **OPENED, people=people, token=pressed), mark)


def dialog(form: Form, *, people: Any = PEOPLE) -> Json:
    return to_dialog(Shown(form, **OPENED, people=people))


def said_in(held: object) -> str:
    """Every string of words in a card, in order, but for what stands in the place of something else."""
    return squeezed("".join(_words(held)))


def _words(held: object) -> Iterator[str]:
    match held:
        case dict():
            for name, inner in held.items():
                if name in {"fallback", "fallbackText", "speak"}:
                    continue
                if isinstance(inner, str):
                    yield inner if name in SPOKEN else ""
                else:
                    yield from _words(inner)
        case list() | tuple():
            for inner in held:
                yield from _words(inner)
        case _:
            return


def actions(held: object) -> Iterator[Json]:
    """Every button, wherever it stands."""
    if isinstance(held, dict):
        if str(held.get("type")).startswith("Action."):
            yield held
        else:
            for inner in held.values():
                yield from actions(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from actions(inner)


def inputs(card: Json) -> dict[str, Json]:
    """Every input by its id, in order."""
    return {one["id"]: one for one in _objects(card) if str(one.get("type")).startswith("Input.")}


def _objects(held: object) -> Iterator[Json]:
    if isinstance(held, dict):
        yield held
        for inner in held.values():
            yield from _objects(inner)
    elif isinstance(held, list):
        for inner in held:
            yield from _objects(inner)


def form(*fields: FormField, **more: Any) -> Form:
    return Form(**{"token": "t||", "title": "Rubrik", "submit": "Spara", "fields": fields, **more})


def asked(field: FormField, people: Any = PEOPLE) -> Json:
    """The only input."""
    card = form_card(form(field), people=people)
    assert faults(card) == []
    (element,) = inputs(card).values()
    return element


def choice(number: int, *, several: bool = False, value: tuple[str, ...] = ()) -> ChoiceField:
    options = tuple(Option(value=f"v{n}", label=f"Svar {n}") for n in range(number))
    return ChoiceField(key="val", label="Välj", options=options, several=several, value=value)


def shown(*blocks: Block, title: str = "Rubrik") -> list[Json]:
    """What stands below the title."""
    card = to_card(Message(title=title, blocks=blocks))
    assert faults(card) == []
    body: list[Json] = card["body"]
    return body[1:]


def runs(block: Json) -> list[str]:
    return [run["text"] for run in block["inlines"]]

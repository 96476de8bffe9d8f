"""What one field of a form is asked with; mypy names this place when a kind is added."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple, assert_never

from bot.domain.school import Language
from bot.messages.model import Around, ChoiceField, DateField, FormField, Option, PeopleField, TextField
from bot.platforms.cutting import cut, size
from bot.platforms.legible import brief, is_said, numbered, visible
from bot.platforms.slack.render.kit import Json, Piece, Run, flow, plain_text, small, words
from bot.platforms.spoken import said

LONGEST_INPUT = 3000
LINE = 200
"""A one-line field for more characters than this gets a box."""
FEW, MANY = 6, 10
"""More radio buttons make a long form, and become a menu; checkboxes may be as many as Slack takes."""
MENU = 100
"""What a menu holds; more are grouped by the hundred, and a menu holds a hundred groups."""
OPTION = 75
PLACEHOLDER = 150
USER = re.compile(r"[UW][A-Z0-9]{1,31}")
"""Somebody of another platform cannot be chosen to begin with."""
PASTE = "Filer går inte att välja här. Klistra in texten, högst 3 000 tecken i taget."
NOTHING = "Det finns inget att välja på just nu."
WAS = "Det stod: {words}"


class Asked(NamedTuple):
    """What stands above the field, and its inputs: one, but where a text is longer than an input holds."""

    before: Iterator[Piece]
    elements: tuple[Json, ...]


def ask(field: FormField, around: Around) -> Asked:
    """Choose how a field is asked, so that no choice and no word of it is lost."""
    asked = _asked(field, around.language)
    return asked._replace(elements=tuple(_inviting(one, around.pick) for one in asked.elements))


def _inviting(element: Json, pick: str) -> Json:
    """Slack's own words in an empty menu follow its client, and not whom we speak to."""
    menu = element["type"].endswith("select") or element["type"] == "datepicker"
    return {**element, "placeholder": plain_text(pick, PLACEHOLDER)} if menu and is_said(pick) else element


def _asked(field: FormField, language: Language) -> Asked:
    match field:
        case TextField():
            paste = small(said(PASTE, language)) if field.file else iter(())
            return Asked(paste, tuple(_text(field)))
        case ChoiceField():
            return _choice(field, language)
        case DateField():
            return _date(field, language)
        case PeopleField():
            return Asked(iter(()), (_people(field),))
        case _:
            assert_never(field)


def _text(field: TextField) -> Iterator[Json]:
    """A text longer than an input holds goes on in the next; read back, they are joined in order."""
    parts = list(cut(visible(field.value), LONGEST_INPUT)) or [""]
    most = min(LONGEST_INPUT, max(field.longest, size(parts[0]), 1))
    for part in parts:
        yield {
            "type": "plain_text_input",
            "multiline": field.lines > 1 or most > LINE or "\n" in part,
            "max_length": most if len(parts) == 1 else LONGEST_INPUT,
            **({"initial_value": part} if part else {}),
        }


def _choice(field: ChoiceField, language: Language) -> Asked:
    if not field.options:
        return Asked(chain(words(field.label), small(field.help), small(said(NOTHING, language))), ())
    labels = [option.label for option in field.options]
    cut_short = any(size(visible(label)) > OPTION for label in labels)
    if cut_short:
        labels = numbered(labels)
    shown = [_option(pair, label) for pair, label in zip(field.options, labels, strict=True)]
    chosen = [one for one, given in zip(shown, field.options, strict=True) if given.value in field.value]
    before = flow([(Run(label),) for label in labels]) if cut_short else iter(())
    return Asked(before, (_several(shown, chosen) if field.several else _single(shown, chosen[:1]),))


def _option(option: Option, label: str) -> Json:
    return {"text": plain_text(label, OPTION), "value": option.value}


def _single(shown: Sequence[Json], chosen: Sequence[Json]) -> Json:
    begun = {"initial_option": chosen[0]} if chosen else {}
    if len(shown) <= FEW:
        return {"type": "radio_buttons", "options": list(shown), **begun}
    return {"type": "static_select", **_menu(shown), **begun}


def _several(shown: Sequence[Json], chosen: Sequence[Json]) -> Json:
    begun = {"initial_options": list(chosen)} if chosen else {}
    if len(shown) <= MANY:
        return {"type": "checkboxes", "options": list(shown), **begun}
    return {"type": "multi_static_select", **_menu(shown), **begun}


def _menu(shown: Sequence[Json]) -> Json:
    if len(shown) <= MENU:
        return {"options": list(shown)}
    return {"option_groups": [_group(shown, at) for at in range(0, len(shown), MENU)]}


def _group(shown: Sequence[Json], at: int) -> Json:
    held = list(shown[at : at + MENU])
    first, last = (brief(held[end]["text"]["text"], OPTION // 2 - 2) for end in (0, -1))
    return {"label": plain_text(f"{first} – {last}", OPTION), "options": held}


def _date(field: DateField, language: Language) -> Asked:
    picker: Json = {"type": "datepicker"}
    try:
        day = date.fromisoformat(field.value)
    except ValueError:
        told = said(WAS, language).format(words=field.value) if is_said(field.value) else ""
        return Asked(small(told), (picker,))
    return Asked(iter(()), ({**picker, "initial_date": day.isoformat()},))


def _people(field: PeopleField) -> Json:
    users = [user for user in (one.rpartition("/")[2] for one in field.value) if USER.fullmatch(user)]
    if field.several:
        return {"type": "multi_users_select", **({"initial_users": users} if users else {})}
    return {"type": "users_select", **({"initial_user": users[0]} if users else {})}

"""What one field of a form is asked with; mypy names this place when a kind is added."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, assert_never

from bot.domain.school import Language
from bot.messages.model import ChoiceField, DateField, FormField, Option, PeopleField, TextField
from bot.platforms.cutting import size
from bot.platforms.legible import is_said, visible
from bot.platforms.spoken import said
from bot.platforms.teams.render.escape import inert
from bot.platforms.teams.render.kit import Json, Run, lines, paragraph, small

LONGEST_INPUT = 10_000
"""Characters asked for at a time: what is sent must come back in one card when something is wrong with it."""
LINE = 200
"""A one-line field for more characters than this gets a box."""
FEW = 7
"""So many choices are shown at once; more become a menu."""
MANY = 20
"""In a menu of more, one types to find."""
OPTION = 90
"""Characters that a menu shows of a choice on a computer; a phone shows fewer."""
PICKER = {"type": "Data.Query", "dataset": "graph.microsoft.com/users?scope=currentContext"}
"""The people of the conversation, fetched by the client itself; it answers with Entra object ids."""
PASTE = "Filer går inte att välja här. Klistra in texten, högst 10 000 tecken i taget."
NOTHING = "Det finns inget att välja på just nu."
WAS = "Det stod: {words}"
MISSING = {
    "text": "Skriv något här.",
    "choice": "Välj ett svar.",
    "date": "Välj en dag.",
    "people": "Välj minst en person.",
}
MUST = " *"
"""After the label of what must be filled in, as clients show it themselves where they stop what is sent."""


class Around(NamedTuple):
    """What a field does not know. `people` are the accounts and names that may be chosen among.

    `tight`: the card is full, and what the client can fetch by itself is not sent. `stops`: the client sends
    nothing while something is missing that must be there; else that is only marked, and we look for it.
    `language` is the reader's.
    """

    people: Sequence[tuple[str, str]]
    language: Language = "sv"
    tight: bool = False
    stops: bool = True


def ask(field: FormField, name: str, error: str, around: Around) -> Iterator[Json]:
    """One field, its input's id `name`; no choice and no word of it is lost, and none is said twice.

    What is wrong and what helps stand in the label, where a screen reader says them with the field. A client
    that stops what is missing sets a star of its own last in it, after the help.
    """
    before, element = _asked(field, around)
    yield from before
    if element is None:
        told = filter(is_said, (field.label, field.help, error))
        yield from lines((Run(part, bold=not at),) for at, part in enumerate(told))
        yield from small(said(NOTHING, around.language))
        return
    stopped = field.required and around.stops
    star = MUST if field.required and not stopped else ""
    label = [inert(error)] * is_said(error) + [inert(field.label) + star]
    label += [inert(field.help)] * is_said(field.help)
    asked: Json = {**element, "id": name, "label": "\n".join(label)}
    if stopped:
        asked |= {"isRequired": True, "errorMessage": said(MISSING[field.kind], around.language)}
    yield {"type": "Container", "style": "attention", "items": [asked]} if is_said(error) else asked


def _asked(field: FormField, around: Around) -> tuple[Iterator[Json], Json | None]:
    """What stands before the input, and the input; none where there is nothing to choose."""
    match field:
        case TextField():
            return small(said(PASTE, around.language) if field.file else ""), _text(field)
        case ChoiceField(options=options, value=value, several=several):
            return iter(()), _choice(options, value, several=several)
        case DateField():
            return _date(field, around.language)
        case PeopleField():
            return iter(()), _people(field, around)
        case _:
            assert_never(field)


def _text(field: TextField) -> Json:
    value = visible(field.value)
    most = max(min(LONGEST_INPUT, field.longest), size(value), 1)
    return {
        "type": "Input.Text",
        "maxLength": most,
        "isMultiline": field.lines > 1 or most > LINE or "\n" in value,
        **({"value": value} if value else {}),
    }


def _choice(options: Sequence[Option], value: Sequence[str], *, several: bool) -> Json | None:
    """Each label once and whole: a menu would cut long ones, so they stand in the open."""
    if not options:
        return None
    titles = [inert(option.label) for option in options]
    chosen = [option.value for option in options if option.value in value]
    return {
        "type": "Input.ChoiceSet",
        "style": _style(titles, several=several),
        "wrap": True,
        "choices": [
            {"title": title, "value": option.value} for title, option in zip(titles, options, strict=True)
        ],
        **({"isMultiSelect": True} if several else {}),
        **({"value": ",".join(chosen if several else chosen[:1])} if chosen else {}),
    }


def _style(titles: Sequence[str], *, several: bool) -> str:
    if len(titles) <= FEW or any(size(title) > OPTION for title in titles):
        return "expanded"
    return "filtered" if len(titles) > MANY and not several else "compact"


def _date(field: DateField, language: Language) -> tuple[Iterator[Json], Json]:
    picker: Json = {"type": "Input.Date"}
    try:
        return iter(()), {**picker, "value": date.fromisoformat(field.value).isoformat()}
    except ValueError:
        told = said(WAS, language).format(words=field.value) if is_said(field.value) else ""
        return paragraph(told), picker


def _people(field: PeopleField, around: Around) -> Json | None:
    """The people there are to choose among; too many, or unknown, and the client fetches them."""
    if around.people and not around.tight:
        options = tuple(Option(value=user, label=name) for user, name in around.people)
        return _choice(options, field.value, several=field.several)
    known = [user.rpartition("/")[2] for user in field.value if "/" in user]
    return {
        "type": "Input.ChoiceSet",
        "choices": [],
        "choices.data": PICKER,
        **({"isMultiSelect": True} if field.several else {}),
        **({"value": ",".join(known if field.several else known[:1])} if known else {}),
    }

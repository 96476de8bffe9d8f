"""What a browser sends, read as events. Everything in it is only a claim."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from bot.domain.events import Commanded, FormSubmitted, Pressed, Replied, Rewritten
from bot.domain.school import Account, Language
from bot.domain.value import Value
from bot.messages.model import ChoiceField, DateField, Form, FormField, PeopleField, TextField
from bot.messages.tokens import LONGEST_TOKEN
from bot.platforms.legible import kept
from bot.platforms.spoken import said
from bot.platforms.web.lines import Line, OpenForm
from bot.platforms.web.refused import Refused
from bot.platforms.web.stage import PLATFORM, Persona, is_direct

LONGEST_TEXT = 10_000
FIELD = "svar-"
GESTURE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Fields = Mapping[str, list[str]]


class Act(Value):
    """The part every gesture has: who, when, and an id that is the same when it comes twice."""

    slug: str
    name: str
    gesture: str
    digest: str
    at: datetime

    @property
    def id(self) -> str:
        return f"web:{self.slug}:{self.gesture}:{self.digest}"

    @property
    def who(self) -> Account:
        return Account(platform=PLATFORM, user=self.slug, name=self.name)


def fields(body: bytes) -> Fields:
    text = body.decode("utf-8", "replace")
    try:
        return parse_qs(text, keep_blank_values=True, errors="replace", max_num_fields=500)
    except ValueError as many:
        raise Refused(400, "Det gick inte att läsa formuläret.", "Ladda om sidan och försök igen.") from many


def one(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0]


def act(persona: Persona, fields: Fields, at: datetime) -> Act:
    """Read a gesture's id. What it says is part of it: go back, press another button, and it is another."""
    gesture = one(fields, "gest").lower()
    if not GESTURE.fullmatch(gesture):
        raise Refused(400, "Sidan var för gammal.", "Ladda om sidan och försök igen.")
    said = repr(sorted((name, values) for name, values in fields.items() if name != "gest"))
    digest = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:12]
    return Act(slug=persona.slug, name=persona.name, gesture=gesture, digest=digest, at=at)


def problem_with(text: str) -> str | None:
    """Say in Swedish why words cannot be sent, or None."""
    if not text:
        return "Rutan är tom. Skriv något först. Inget har skickats."
    if len(text) > LONGEST_TEXT:
        over = len(text) - LONGEST_TEXT
        return (
            f"Texten är {over} tecken för lång. Korta den eller dela upp den. "
            "Din text är kvar i rutan. Inget har skickats."
        )
    return None


def is_command(text: str) -> bool:
    return text.startswith("/")


def commanded(act: Act, line: Line) -> Commanded:
    command, *rest = line.text.split(maxsplit=1)
    return Commanded(id=act.id, at=act.at, who=act.who, where=line.place, command=command, text="".join(rest))


def replied(act: Act, line: Line) -> Replied:
    return Replied(
        id=act.id,
        at=act.at,
        who=act.who,
        where=line.place,
        text=line.text,
        reference=line.reference,
        direct=is_direct(line.address),
    )


def pressed(act: Act, line: Line, token: str) -> Pressed:
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise Refused(400, "Knappen gick inte att läsa.", "Ladda om sidan och försök igen.")
    return Pressed(id=act.id, at=act.at, who=act.who, where=line.place, token=token, reference=line.reference)


def rewritten(act: Act, line: Line, text: str | None) -> Rewritten:
    return Rewritten(id=act.id, at=act.at, who=act.who, where=line.place, reference=line.reference, text=text)


def submitted(
    act: Act, opened: OpenForm, values: Mapping[str, tuple[str, ...]], names: Mapping[str, str]
) -> FormSubmitted:
    """Read a form; `names` are the people there are to choose among."""
    asked = (field.key for field in opened.form.fields if isinstance(field, PeopleField))
    chosen = {user for key in asked for user in values[key]}
    return FormSubmitted(
        id=act.id,
        at=act.at,
        who=act.who,
        where=opened.place,
        token=opened.form.token,
        values=dict(values),
        people={user: name for user, name in names.items() if user in chosen},
    )


def answers(form: Form, fields: Fields) -> dict[str, tuple[str, ...]]:
    """Read what the form asks for, and nothing else; an empty field is an empty tuple."""
    read = {}
    for field in form.fields:
        texts = tuple(kept(text) for text in fields.get(FIELD + field.key, []))
        read[field.key] = tuple(text for text in texts if text)
    return read


def mistakes(form: Form, values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Say per field what must change before the bot gets to see it, as other platforms do."""
    language = form.around.language
    found = {field.key: _mistake(field, values[field.key], language) for field in form.fields}
    return {key: words for key, words in found.items() if words}


def _mistake(field: FormField, values: tuple[str, ...], language: Language) -> str:
    if field.required and not values:
        return said("Det här behöver ett svar. Fyll i det och försök igen.", language)
    match field:
        case TextField() if values and len(values[0]) > field.longest:
            over = len(values[0]) - field.longest
            return said("Texten är {over} tecken för lång. Korta den.", language).format(over=over)
        case ChoiceField() if set(values) - {option.value for option in field.options}:
            return said("Det valet finns inte längre. Välj ett annat.", language)
        case ChoiceField() | PeopleField() if len(values) > 1 and not field.several:
            return said("Här går det att välja ett svar. Välj ett.", language)
        case DateField() if values and _day(values[0]) is None:
            return said("Det är inget datum. Skriv till exempel 2026-11-26.", language)
        case _:
            return ""


def moment(fields: Fields, zone: ZoneInfo) -> datetime | None:
    """Read when to wind to: a button's exact moment, or a day and a time in the school's zone."""
    exact = one(fields, "till")
    try:
        if exact:
            chosen = datetime.fromisoformat(exact)
            return chosen if chosen.tzinfo else None
        clock = time.fromisoformat(one(fields, "tid").strip().replace(".", ":"))
        return datetime.combine(date.fromisoformat(one(fields, "dag")), clock.replace(tzinfo=None), zone)
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None  # not 20261126, not 2026-W48-4

"""The views that answer: a form's next page, its mistakes, and a view that only tells."""

import secrets
from collections.abc import Mapping

from bot.domain.events import Event, FormSubmitted
from bot.domain.school import Place
from bot.messages.model import ChoiceField, Form, FormField, Message, PeopleField
from bot.platforms.slack.parse.ids import direct
from bot.platforms.slack.parse.values import Way
from bot.platforms.slack.render.forms import Metadata, to_modal
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import to_modal_message


def form_view(form: Form, event: Event, way: Way) -> Json:
    """A form, opened where the person acted; each is a step of its own, so nothing old stays in it."""
    return to_modal(form, metadata=_metadata(form.token, event, way))


def telling_view(message: Message, event: Event, way: Way) -> Json:
    """A view without fields; its buttons know where it was opened."""
    return to_modal_message(message) | {"private_metadata": _metadata("", event, way)}


def next_page(form: Form, event: FormSubmitted, way: Way) -> Json:
    """What a form is answered with: its mistakes beside their fields, or the next form in its place."""
    same = form.token == event.token and {field.key for field in form.fields} == set(way.fields)
    if form.errors and same and set(form.errors) <= set(way.fields):
        return {
            "response_action": "errors",
            "errors": {way.fields[key]: said for key, said in form.errors.items()},
        }
    shown = with_values(form, event.values) if form.errors else form
    return {"response_action": "update", "view": form_view(shown, event, way)}


def with_values(form: Form, values: Mapping[str, tuple[str, ...]]) -> Form:
    """The form as the person left it."""
    return form.model_copy(update={"fields": tuple(_filled(field, values) for field in form.fields)})


def _filled(field: FormField, values: Mapping[str, tuple[str, ...]]) -> FormField:
    given = values.get(field.key)
    if given is None:
        return field
    several = isinstance(field, ChoiceField | PeopleField)
    return field.model_copy(update={"value": given if several else "".join(given[:1])})


def _metadata(token: str, event: Event, way: Way) -> str:
    where: Place = getattr(event, "where", None) or direct(way.team, way.user)
    opened = Metadata(token=token, nonce=secrets.token_hex(4), where=where, opened_from=way.reference)
    return opened.model_dump_json()

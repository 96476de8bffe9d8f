"""The views that answer: a form's next page, its mistakes, and a view that only tells."""

import secrets

from bot.domain.events import Event, FormSubmitted
from bot.domain.school import Language
from bot.messages.model import Form, Message
from bot.platforms.filling import as_left
from bot.platforms.slack.parse.ids import direct
from bot.platforms.slack.parse.values import Way
from bot.platforms.slack.render.forms import Metadata, to_modal
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import to_modal_message
from bot.platforms.spoken import Waiting


def form_view(form: Form, event: Event, way: Way) -> Json:
    """A form, opened where the person acted; each is a step of its own, so nothing old stays in it."""
    return to_modal(form, metadata=_metadata(form.token, event, way))


def telling_view(message: Message, event: Event, way: Way, language: Language) -> Json:
    """A view without fields; its buttons know where it was opened."""
    return to_modal_message(message, language) | {"private_metadata": _metadata("", event, way)}


def next_page(form: Form, event: FormSubmitted, way: Way) -> Json:
    """What a form is answered with: its mistakes beside their fields, or the next form in its place."""
    same = form.token == event.token and {field.key for field in form.fields} == set(way.fields)
    if form.errors and same and set(form.errors) <= set(way.fields):
        return {
            "response_action": "errors",
            "errors": {way.fields[key]: said for key, said in form.errors.items()},
        }
    shown = as_left(form, event.values) if form.errors else form
    return {"response_action": "update", "view": form_view(shown, event, way)}


def _metadata(token: str, event: Event, way: Way) -> str:
    where = event.where if isinstance(event, Waiting) else direct(way.team, way.user)
    opened = Metadata(
        token=token, nonce=secrets.token_hex(4), where=where, opened_from=way.reference, home=way.home
    )
    return opened.model_dump_json(exclude_defaults=True)

"""How a Response goes back to the one who acted: in the acknowledgement, in a view, or beside what they did.

An answer may be lost; nothing depends on it. By then what happened is on disk.
"""

from collections.abc import Mapping
from typing import Any, assert_never
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.events import FormSubmitted
from bot.domain.school import Language
from bot.log import log
from bot.messages.model import Button, Choices, Form, Message, Open, Paragraph, Quiet, Response, Say
from bot.platforms.slack.listen.beside import Beside, ephemeral
from bot.platforms.slack.listen.modals import Modals
from bot.platforms.slack.listen.views import form_view, next_page, telling_view
from bot.platforms.slack.parse.forms import fields_of
from bot.platforms.slack.parse.values import Heard, Way
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import is_drawn, to_modal_message, to_parts
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import LOST, code_of
from bot.platforms.spoken import Speaks, everybody_swedish, read_by, said, told
from bot.platforms.unsaved import CANNOT_SAVE, CANNOT_SAVE_FIELD

HOOKS = "https://hooks.slack.com/"
"""Where every `response_url` leads; one that leads elsewhere is not followed."""


def hooks_beside(api_url: str) -> tuple[str, ...]:
    """Where a `response_url` may lead: to Slack, or to what stands in for Slack in the settings."""
    address = urlsplit(api_url)
    return (HOOKS, f"{address.scheme}://{address.netloc}/")


UNREAD = Message(
    title="Jag kan inte läsa formuläret.",
    blocks=(Paragraph(text="Inget har ändrats. Stäng det och öppna det igen."),),
)
UNREAD_FIELD = (
    "Jag kan inte läsa formuläret. Din text är kvar här. Kopiera den, stäng formuläret och öppna det igen."
)
NOT_SAVED = Message(
    title="Jag har inte kunnat spara det du skickade.",
    blocks=(Paragraph(text="Skicka det gärna igen om en stund."),),
)
"""Slack has sent it for the last time, and we stop."""

NOT_OPENED = "Ser du inget formulär?"
"""Slack may have opened it, and its answer been lost."""
OPEN_AGAIN = "Då hann det inte öppnas. Inget har gått förlorat. Försök igen med knappen här."
BEGIN_AGAIN = "Då hann det inte öppnas. Inget har gått förlorat. Gör gärna om det du nyss gjorde."
OPEN = "Öppna formuläret"


def acknowledgement(heard: Heard, response: Response, language: Language) -> Json:
    """What goes back in the acknowledgement itself; empty when there is nothing to say there.

    A figure is said by a call: what Slack thinks of an acknowledgement it tells nobody but the one who acted.
    """
    event, way = heard
    if not isinstance(event, FormSubmitted):
        if way.surface != "command" or not isinstance(response, Say):
            return {}
        parts = to_parts(response.message, language=language)
        return {} if is_drawn(parts) else ephemeral(parts[0])
    match response:
        case Open(form=form):
            return next_page(form, event, way)
        case Say(message=message) if not way.channel:
            return {"response_action": "update", "view": telling_view(message, event, way, language)}
        case Say() | Quiet():
            return {"response_action": "clear"}
        case _:
            assert_never(response)


def not_saved(heard: Heard, message: Message, language: Language) -> Json:
    """What a form hears when nothing could be saved: it stays open, with every word in it."""
    event, way = heard
    words = CANNOT_SAVE_FIELD if message is CANNOT_SAVE else message.title
    view = telling_view(told(message, language), event, way, language)
    return _kept_open(way.fields, said(words, language), view)


def not_read(view: Mapping[str, Any], language: Language) -> Json:
    """What a form hears that has lost what we put in it: it stays open, so that its words can be copied."""
    instead = to_modal_message(told(UNREAD, language), language)
    return _kept_open(fields_of(view), said(UNREAD_FIELD, language), instead)


def _kept_open(fields: Mapping[str, str], words: str, instead: Json) -> Json:
    """Say it beside the first field; where there is none, with the view that is to stand there instead."""
    if first := next(filter(None, fields.values()), ""):
        return {"response_action": "errors", "errors": {first: words}}
    return {"response_action": "update", "view": instead}


class Answers:
    """Says the rest: opens forms, and speaks to one person where they acted."""

    def __init__(
        self, web: Web, hooks: tuple[str, ...] = (HOOKS,), speaks: Speaks = everybody_swedish
    ) -> None:
        self._web = web
        self._speaks = speaks
        self._beside = Beside(web, hooks)
        self._modals = Modals()

    async def follow(self, heard: Heard, response: Response, token: str) -> None:
        """Say what the acknowledgement could not. What fails is logged by its code; nobody waits for it."""
        match response:
            case Open(form=form) if heard.way.surface != "form":
                await self._open(self._web.client(token), heard, form)
            case Say(message=message):
                await self._say(self._web.client(token), heard, message)
            case Open() | Quiet():
                pass
            case _:
                assert_never(response)

    async def _open(self, client: AsyncWebClient, heard: Heard, form: Form) -> None:
        way = heard.way
        if not await self._shown(client, heard, form_view(form, heard.event, way)):
            language = read_by(heard.event, self._speaks)
            await self._beside.say(client, heard, told(_not_opened(way), language), language)

    async def _say(self, client: AsyncWebClient, heard: Heard, message: Message) -> None:
        event, way = heard
        language = read_by(event, self._speaks)
        match way.surface:
            case "home" | "shortcut" | "modal":
                if not await self._shown(client, heard, telling_view(message, event, way, language)):
                    await self._beside.say(client, heard, message, language)
            case "command":
                await self._beside.say(client, heard, message, language, after=1)
            case "form" if way.channel:
                await self._beside.say(client, heard, message, language)
            case "message" | "words":
                await self._beside.say(client, heard, message, language)
            case "form" | "none":
                pass
            case _:
                assert_never(way.surface)

    async def _shown(self, client: AsyncWebClient, heard: Heard, view: Json) -> bool:
        """In the view they acted in, or in a new one: a trigger lives three seconds, a view may be closed."""
        way = heard.way
        if way.surface == "modal":
            return await self._modals.change(client, heard, view)
        if not way.trigger:
            return False
        try:
            await client.views_open(trigger_id=way.trigger, view=view)
        except LOST as problem:
            log.warning("answer_lost", action="slack.answer_lost", code=code_of(problem))
            return False
        return True


def _not_opened(way: Way) -> Message:
    """A trigger lives three seconds; the button under this brings a new one."""
    if not way.again:
        return Message(title=NOT_OPENED, blocks=(Paragraph(text=BEGIN_AGAIN),))
    button = Button(label=OPEN, token=way.again, look="main")
    return Message(title=NOT_OPENED, blocks=(Paragraph(text=OPEN_AGAIN), Choices(buttons=(button,))))

"""How a Response goes back to the one who acted: in the acknowledgement, or by a call of our own.

An answer may be lost; nothing depends on it. By then what happened is on disk.
"""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, assert_never
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.events import FormSubmitted, HomeOpened
from bot.messages.model import Button, Choices, Form, Message, Open, Paragraph, Quiet, Response, Say
from bot.platforms.slack.listen.views import form_view, next_page, telling_view
from bot.platforms.slack.parse.forms import fields_of
from bot.platforms.slack.parse.values import Heard, Way
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import Payload, to_home, to_modal_message, to_parts
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import BROKEN, code_of
from bot.platforms.slack.send.trails import mark

HOOKS = "https://hooks.slack.com/"
"""Where every `response_url` leads; one that leads elsewhere is not followed."""


def hooks_beside(api_url: str) -> tuple[str, ...]:
    """Where a `response_url` may lead: to Slack, or to what stands in for Slack in the settings."""
    address = urlsplit(api_url)
    return (HOOKS, f"{address.scheme}://{address.netloc}/")


AWAY = Message(
    title="Jag kan inte spara just nu.",
    blocks=(Paragraph(text="Inget har gått förlorat. Försök igen om en stund."),),
)
AWAY_FIELD = "Jag kan inte spara just nu. Din text är kvar. Försök igen om en stund."
UNREAD = Message(
    title="Jag kan inte läsa formuläret.",
    blocks=(Paragraph(text="Inget har ändrats. Stäng det och öppna det igen."),),
)
UNREAD_FIELD = (
    "Jag kan inte läsa formuläret. Din text är kvar här. Kopiera den, stäng formuläret och öppna det igen."
)
NOT_OPENED = "Formuläret hann inte öppnas."
OPEN_AGAIN = "Inget har gått förlorat. Försök igen med knappen här."
BEGIN_AGAIN = "Inget har gått förlorat. Gör gärna om det du nyss gjorde."
OPEN = "Öppna formuläret"

log = structlog.get_logger()


def acknowledgement(heard: Heard, response: Response) -> Json:
    """What goes back in the acknowledgement itself; empty when there is nothing to say there."""
    event, way = heard
    if not isinstance(event, FormSubmitted):
        told = isinstance(response, Say) and way.surface == "command"
        return _ephemeral(to_parts(response.message)[0]) if told and isinstance(response, Say) else {}
    match response:
        case Open(form=form):
            return next_page(form, event, way)
        case Say(message=message) if not way.channel:
            return {"response_action": "update", "view": telling_view(message, event, way)}
        case Say() | Quiet():
            return {"response_action": "clear"}
        case _:
            assert_never(response)


def not_saved(heard: Heard, message: Message) -> Json:
    """What a form hears when nothing could be saved: it stays open, with every word in it."""
    event, way = heard
    if not way.fields:
        return {"response_action": "update", "view": telling_view(message, event, way)}
    return _beside_first(way.fields, AWAY_FIELD if message is AWAY else message.title)


def not_read(view: Mapping[str, Any]) -> Json:
    """What a form hears that has lost what we put in it: it stays open, so that its words can be copied."""
    fields = fields_of(view)
    if not any(fields.values()):
        return {"response_action": "update", "view": to_modal_message(UNREAD)}
    return _beside_first(fields, UNREAD_FIELD)


def _beside_first(fields: Mapping[str, str], words: str) -> Json:
    return {"response_action": "errors", "errors": {next(filter(None, fields.values())): words}}


class Answers:
    """Says the rest: opens forms, and speaks to one person where they acted."""

    def __init__(self, web: Web, hooks: tuple[str, ...] = (HOOKS,)) -> None:
        self._web = web
        self._hooks = hooks

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
        way, view = heard.way, form_view(form, heard.event, heard.way)
        if way.surface == "modal":
            opened = await _done(client.views_update(view_id=way.view, view=view))
        else:
            opened = bool(way.trigger) and await _done(client.views_open(trigger_id=way.trigger, view=view))
        if not opened:
            await self._privately(client, heard, to_parts(_not_opened(way)))

    async def _say(self, client: AsyncWebClient, heard: Heard, message: Message) -> None:
        event, way = heard
        match way.surface:
            case "home" if isinstance(event, HomeOpened):
                await _done(client.views_publish(user_id=way.user, view=to_home(message)))
            case "home" | "shortcut":
                view = telling_view(message, event, way)
                await _done(client.views_open(trigger_id=way.trigger, view=view))
            case "modal":
                await _done(client.views_update(view_id=way.view, view=telling_view(message, event, way)))
            case "command":
                await self._privately(client, heard, to_parts(message)[1:])
            case "form" if way.channel:
                await self._privately(client, heard, to_parts(message))
            case "message" | "words":
                await self._privately(client, heard, to_parts(message))
            case "form" | "none":
                pass
            case _:
                assert_never(way.surface)

    async def _privately(self, client: AsyncWebClient, heard: Heard, parts: Sequence[Payload]) -> None:
        """Say it where they acted, so that only they see it; where that cannot be, to them alone."""
        way = heard.way
        for number, part in enumerate(parts):
            if way.url and await _done(self._hook(way, part)):
                continue
            if way.channel and not way.channel.startswith("D") and await _done(_beside(client, way, part)):
                continue
            await _done(_directly(client, way, part, f"{heard.event.id}:{number}"))

    async def _hook(self, way: Way, part: Payload) -> None:
        if not way.url.startswith(self._hooks):
            raise ClientError("not a response_url of Slack's")
        body = _ephemeral(part) | ({"thread_ts": way.thread} if way.thread else {})
        async with self._web.session.post(way.url, json=body, allow_redirects=False) as answer:
            answer.raise_for_status()


def _ephemeral(part: Payload) -> Json:
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": part.text,
        "blocks": list(part.blocks),
    }


async def _beside(client: AsyncWebClient, way: Way, part: Payload) -> None:
    """In the channel, seen by them alone."""
    await client.chat_postEphemeral(
        channel=way.channel,
        user=way.user,
        text=part.text,
        blocks=list(part.blocks),
        thread_ts=way.thread,
    )


async def _directly(client: AsyncWebClient, way: Way, part: Payload, key: str) -> None:
    """In the chat between the bot and them."""
    channel = way.channel if way.channel.startswith("D") and way.surface == "words" else ""
    if not channel:
        channel = (await client.conversations_open(users=way.user))["channel"]["id"]
    await client.chat_postMessage(
        channel=channel,
        text=part.text,
        blocks=list(part.blocks),
        unfurl_links=False,
        unfurl_media=False,
        metadata=mark(key, 1, 1),
        thread_ts=way.thread if channel == way.channel else None,
    )


async def _done(call: Awaitable[object]) -> bool:
    """Make one call and say whether it came through; why it did not is logged by its code."""
    try:
        await call
    except SlackApiError as refused:
        code = code_of(refused)
    except BROKEN as broken:
        code = type(broken).__name__
    else:
        return True
    log.warning("answer_lost", action="slack.answer_lost", code=code)
    return False


def _not_opened(way: Way) -> Message:
    """A trigger lives three seconds; the button under this brings a new one."""
    if not way.again:
        return Message(title=NOT_OPENED, blocks=(Paragraph(text=BEGIN_AGAIN),))
    button = Button(label=OPEN, token=way.again, look="main")
    return Message(title=NOT_OPENED, blocks=(Paragraph(text=OPEN_AGAIN), Choices(buttons=(button,))))

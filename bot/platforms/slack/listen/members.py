"""Whether somebody is in a channel now: a form is as old as when it was opened, and says what held then."""

import asyncio

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.events import FormSubmitted
from bot.messages.model import Message
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import BROKEN, code_of

PATIENCE = 1.5
"""Seconds to wait: half of what Slack gives us to acknowledge."""

PAGE = 1000
"""Members in one answer, the most that Slack gives."""

NOT_IN_IT = Message(
    title="Du är inte kvar i kanalen där du öppnade formuläret. Inget är sparat. "
    "Det du har fyllt i är kvar här."
)

log = structlog.get_logger()


def not_private(event: FormSubmitted) -> FormSubmitted:
    """The form as if anybody could have opened it: then somebody has to vouch for who sends it."""
    return event.model_copy(update={"where": event.where.model_copy(update={"private": False})})


class Members:
    """Asks Slack each time: who was in a channel a minute ago proves nothing."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def hold(self, token: str, channel: str, user: str) -> bool | None:
        """Whether `user` is in `channel`; None when Slack does not say so in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await _is_in(self._web.client(token), channel, user)
        except SlackApiError as refused:
            code = code_of(refused)
        except BROKEN as broken:
            code = type(broken).__name__
        log.warning("no_members", action="slack.no_members", code=code)
        return None


async def _is_in(client: AsyncWebClient, channel: str, user: str) -> bool:
    """Raises ValueError when an answer names nobody: the bot itself is in every channel it can ask about."""
    cursor = ""
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = await client.conversations_members(channel=channel, limit=PAGE, **more)
        members = answer.get("members")
        if not isinstance(members, list) or not members:
            raise ValueError("no members")
        if user in members:
            return True
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return False

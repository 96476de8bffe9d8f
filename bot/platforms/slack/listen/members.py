"""Whether somebody is in a channel now: a form is as old as when it was opened, and says what held then."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.events import FormSubmitted
from bot.log import log
from bot.messages.model import Message
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import LOST, code_of

PAGE = 1000
"""Members in one answer, the most that Slack gives."""

NOT_IN_IT = Message(
    title="Du är inte kvar i kanalen där du öppnade formuläret. Inget är sparat. "
    "Det du har fyllt i är kvar här."
)


def not_private(event: FormSubmitted) -> FormSubmitted:
    """The form as if anybody could have opened it: then somebody has to vouch for who sends it."""
    return event.model_copy(update={"where": event.where.model_copy(update={"private": False})})


class Members:
    """Asks Slack each time: who was in a channel a minute ago proves nothing."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def has(self, token: str, channel: str, user: str, by: float) -> bool | None:
        """Whether `user` is in `channel`; None when Slack does not say so `by` then, on the loop's clock."""
        try:
            async with asyncio.timeout_at(by):
                return await _is_in(self._web.client(token), channel, user)
        except LOST as problem:
            log.warning("no_members", action="slack.no_members", code=code_of(problem))
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

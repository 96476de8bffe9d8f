"""What is said to one person where they acted: so that only they see it, else in their own chat.

It may be lost; nothing depends on it. By then what happened is on disk. No outbox holds it: what Slack surely
did not take is said here when Slack may be asked again.
"""

import json
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.school import Language
from bot.log import log
from bot.messages.model import Message
from bot.platforms.insisting import insist
from bot.platforms.slack.parse.values import Heard, Way
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import Payload, is_drawn, to_parts
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import (
    LOST,
    SERVER_ERRORS,
    TABLE,
    SlackRefused,
    answered,
    asked_rest,
    failure,
    refusal,
)
from bot.platforms.slack.send.trails import mark
from bot.platforms.troubles import GONE, code_of

IN_WORDS = 3600.0
"""Seconds in which a workspace that has refused a figure is told its numbers in words at once."""


class Beside:
    """Speaks to one person. What fails is logged by its code; nobody waits for it."""

    def __init__(self, web: Web, hooks: tuple[str, ...]) -> None:
        self._web = web
        self._hooks = hooks
        self._in_words: dict[str, float] = {}

    async def say(
        self, client: AsyncWebClient, heard: Heard, message: Message, language: Language, *, after: int = 0
    ) -> None:
        """Say it, but for the first parts that were said already. A figure never was, and may be refused."""
        team, now, first = heard.way.team, self._web.clock(), after
        parts = to_parts(message, language=language)
        if is_drawn(parts):
            if self._in_words.get(team, 0.0) <= now:
                if await self._tell(client, heard, parts, 0):
                    return
                self._in_words[team] = now + IN_WORDS
            parts, first = to_parts(message, native=False, language=language), 0
        await self._tell(client, heard, parts, first)

    async def _tell(
        self, client: AsyncWebClient, heard: Heard, parts: tuple[Payload, ...], first: int
    ) -> bool:
        """False when Slack refuses what it says, whichever way it is said.

        Where one part was never taken, for as long as anybody waits, the rest is not said alone.
        """
        for number in range(first, len(parts)):
            ways = self._ways(client, heard.way, parts[number], f"{heard.event.id}:{number}")
            refused = await insist(partial(_said, tuple(ways)), self._web.sleep)
            if refused is None:
                continue
            log.warning("answer_lost", action="slack.answer_lost", code=code_of(refused))
            if refused.how in {"content", "later"}:
                return refused.how == "later"
        return True

    def _ways(
        self, client: AsyncWebClient, way: Way, part: Payload, key: str
    ) -> Iterator[Callable[[], Awaitable[None]]]:
        """Beside what they did, where that can be; else in the chat between the bot and them."""
        if way.url:
            yield partial(self._hook, way, part)
        if way.channel and not way.channel.startswith("D"):
            yield partial(_beside, client, way, part)
        yield partial(_directly, client, way, part, key)

    async def _hook(self, way: Way, part: Payload) -> None:
        """By the address that came with what they did. Raises SlackRefused."""
        if not way.url.startswith(self._hooks):
            raise SlackRefused("not_slacks", GONE)
        body = ephemeral(part) | ({"thread_ts": way.thread} if way.thread else {})
        try:
            async with self._web.session.post(way.url, json=body, allow_redirects=False) as answer:
                _read(answer.status, await answer.text(), asked_rest(answer.headers.get("Retry-After")))
        except LOST as problem:
            raise failure(problem, creates=True) from problem


def ephemeral(part: Payload) -> Json:
    """A part that only the one who acted sees, as an answer to what they did."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": part.text,
        "blocks": list(part.blocks),
    }


async def _said(ways: tuple[Callable[[], Awaitable[None]], ...]) -> None:
    """One attempt, by the first way that takes it. Raises SlackRefused: "later" while one may still be open.

    What Slack has no use for no other way mends, and what may have been said is not said another way.
    """
    refused: list[SlackRefused] = []
    for way in ways:
        try:
            await way()
        except SlackRefused as no:
            if no.how == "doubt" or (no.how == "content" and no.code in TABLE):
                raise
            refused.append(no)
        else:
            return
    raise min(refused, key=lambda no: (no.how != "later", no.retry_after))


def _read(status: int, said: str, rest: float) -> None:
    """Read what a `response_url` answers: `ok`, or a code, bare or in JSON. Raises SlackRefused."""
    told = json.loads(said) if said.startswith("{") else {}
    code = str(told.get("error") or said)
    if code in TABLE:
        raise refusal(code, creates=True, retry_after=rest)
    if status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS} or status >= SERVER_ERRORS:
        raise answered(status, None, creates=True, retry_after=rest)
    if status >= HTTPStatus.MULTIPLE_CHOICES or told.get("ok") is False:
        raise SlackRefused(f"hook_{status}", GONE)


async def _beside(client: AsyncWebClient, way: Way, part: Payload) -> None:
    """In the channel, seen by them alone. Raises SlackRefused."""
    said = client.chat_postEphemeral(
        channel=way.channel,
        user=way.user,
        text=part.text,
        blocks=list(part.blocks),
        thread_ts=way.thread,
    )
    await _made(said, creates=True)


async def _directly(client: AsyncWebClient, way: Way, part: Payload, key: str) -> None:
    """In the chat between the bot and them. Raises SlackRefused."""
    channel = way.channel if way.channel.startswith("D") and way.surface == "words" else ""
    if not channel:
        opened = await _made(client.conversations_open(users=way.user), creates=False)
        channel = opened["channel"]["id"]
    said = client.chat_postMessage(
        channel=channel,
        text=part.text,
        blocks=list(part.blocks),
        mrkdwn=False,
        unfurl_links=False,
        unfurl_media=False,
        metadata=mark(key, 1, 1),
        thread_ts=way.thread if channel == way.channel else None,
    )
    await _made(said, creates=True)


async def _made(call: Awaitable[Any], *, creates: bool) -> Any:
    """Make one call. Raises SlackRefused."""
    try:
        return await call
    except LOST as problem:
        raise failure(problem, creates=creates) from problem

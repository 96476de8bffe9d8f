"""What Slack shows people and channels as: asked for once an hour, since payloads carry only ids."""

import asyncio
import time
from collections.abc import Callable, Iterable

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.parse.text import clean
from bot.platforms.slack.send.client import Web

KEPT = 3600.0
"""Seconds a name is believed."""

MISSING = 60.0
"""Seconds until a name that could not be had is asked for again."""

PATIENCE = 1.5
"""Seconds to wait: half of what Slack gives us to acknowledge."""

MOST_AT_ONCE = 20
MOST_KEPT = 10_000

log = structlog.get_logger()


class Names:
    """A cache; a name that cannot be had in time is left out, and nothing waits for it."""

    def __init__(self, web: Web, clock: Callable[[], float] = time.monotonic) -> None:
        self._web = web
        self._clock = clock
        self._kept: dict[tuple[str, str], tuple[float, str]] = {}

    async def of(self, token: str, team: str, ids: Iterable[str]) -> dict[str, str]:
        """Return each id's name, as far as they are known or can be asked for."""
        wanted = sorted(ids)[:MOST_AT_ONCE]
        missing = [one for one in wanted if self._kept.get((team, one), (0.0, ""))[0] < self._clock()]
        if missing:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            client = self._web.client(token)
            await asyncio.gather(*(self._learn(client, team, one) for one in missing))
        return {one: name for one in wanted if (name := self._kept.get((team, one), (0.0, ""))[1])}

    async def _learn(self, client: AsyncWebClient, team: str, asked: str) -> None:
        name = ""
        try:
            async with asyncio.timeout(PATIENCE):
                name = await _ask(client, asked)
        except SlackApiError as problem:
            log.info("no_name", action="slack.no_name", code=code_of(problem))
        except (ClientError, OSError, ValueError, AttributeError) as problem:  # cut, late, or not JSON
            log.info("no_name", action="slack.no_name", code=type(problem).__name__)
        self._kept[team, asked] = (self._clock() + (KEPT if name else MISSING), name)


async def _ask(client: AsyncWebClient, asked: str) -> str:
    if asked[:1] in {"C", "G"}:
        channel = (await client.conversations_info(channel=asked)).get("channel") or {}
        return clean(channel.get("name"))
    user = (await client.users_info(user=asked)).get("user") or {}
    profile = user.get("profile") or {}
    shown = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return clean(next(filter(None, shown), ""))


def code_of(refused: SlackApiError) -> str:
    """Slack's own word for a refusal; a proxy's page in its place has only a status."""
    body = getattr(refused.response, "data", None)
    code = body.get("error") if isinstance(body, dict) else None
    return str(
        code or getattr(refused.response, "status_code", "") or getattr(refused.response, "status", "?")
    )

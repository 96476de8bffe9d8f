"""What Slack says of people and channels: asked for once an hour, since payloads carry only ids."""

import asyncio
import time
from typing import Any, NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.platforms.legible import called
from bot.platforms.slack.parse.ids import SLACKBOT, foreign
from bot.platforms.slack.parse.values import Unknowns
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import LOST, code_of

KEPT = 3600.0
"""Seconds a name is believed."""

MISSING = 60.0
"""Seconds until a name that could not be had is asked for again."""

MOST_AT_ONCE = 20
MOST_KEPT = 10_000


class Known(NamedTuple):
    """What something is called. `apart` is None for a channel and for a living person of ours.

    For anybody else it is the team they belong to; empty for a bot or a closed account.
    """

    name: str = ""
    apart: str | None = None


NOTHING = (0.0, Known())


class Names:
    """A cache; what cannot be had in time is left out, and nothing waits for it."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._kept: dict[tuple[str, str], tuple[float, Known]] = {}

    async def of(self, token: str, asked: Unknowns, by: float) -> tuple[dict[str, str], dict[str, str]]:
        """Return names, and who is no colleague, as far as that is known or can be had `by` then.

        `by`: on the loop's own clock.
        """
        wanted = {one: (asked.team, one) for one in sorted(asked.ids)[:MOST_AT_ONCE]}
        missing = [one for one, key in wanted.items() if self._kept.get(key, NOTHING)[0] < time.monotonic()]
        if missing:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            client = self._web.client(token)
            await asyncio.gather(*(self._learn(client, asked, one, by) for one in missing))
        found = {one: self._kept.get(key, NOTHING)[1] for one, key in wanted.items()}
        names = {one: known.name for one, known in found.items() if known.name}
        return names, {one: known.apart for one, known in found.items() if known.apart is not None}

    async def _learn(self, client: AsyncWebClient, asked: Unknowns, one: str, by: float) -> None:
        known, kept = self._kept.get((asked.team, one), NOTHING)[1], MISSING  # better old than nothing
        try:
            async with asyncio.timeout_at(by):
                known, kept = await _ask(client, asked, one), KEPT
        except LOST as problem:
            log.info("no_name", action="slack.no_name", code=code_of(problem))
        self._kept[asked.team, one] = (time.monotonic() + kept, known)


async def _ask(client: AsyncWebClient, asked: Unknowns, one: str) -> Known:
    if one[:1] in {"C", "G"}:
        channel = (await client.conversations_info(channel=one)).get("channel") or {}
        return Known(called(channel.get("name")))
    user = (await client.users_info(user=one)).get("user") or {}
    profile = user.get("profile") or {}
    shown = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Known(called(next(filter(None, shown), "")), _apart(user, asked))


def _apart(user: dict[str, Any], asked: Unknowns) -> str | None:
    theirs = str(user.get("team_id") or "")
    organisation = (user.get("enterprise_user") or {}).get("enterprise_id")
    elsewhere = foreign(asked.team, theirs) and (not asked.enterprise or organisation != asked.enterprise)
    if elsewhere or user.get("is_stranger"):
        return theirs if elsewhere else ""
    not_a_person = user.get("is_bot") or user.get("deleted") or user.get("id") == SLACKBOT
    return "" if not_a_person else None

"""An open view is changed by what was done in it last, and by nothing older.

Slack tells with each press which state the view was in (`hash`), and changes it only from the state that a
change names (Slack, views.update): what has come in its place since, a form that somebody is writing in,
stays. Two presses on the same page know the same state; the later of them finds what the first came to, here.

No view asks to be told when it is closed (`notify_on_close`): nothing is remembered of one that stands open.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.log import log
from bot.platforms.slack.parse.values import Heard
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.send.errors import LOST, code_of

MOST_KEPT = 1000
"""Pages; of more than that, those that somebody acted on longest ago are forgotten."""


@dataclass
class Page:
    """A page that somebody acted on: what stands there now for all we know, and when that was asked for."""

    hash: str
    at: datetime
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Modals:
    """The pages that were changed from here, by view and by the state they were acted on in."""

    def __init__(self) -> None:
        self._pages: dict[tuple[str, str], Page] = {}

    async def change(self, client: AsyncWebClient, heard: Heard, view: Json) -> bool:
        """Let `view` stand where they acted; False when it cannot, or something newer stands there."""
        event, way = heard
        page = self._pages.pop((way.view, way.hash), None) or Page(way.hash, event.at)
        self._pages[way.view, way.hash] = page
        while len(self._pages) > MOST_KEPT:
            del self._pages[next(iter(self._pages))]
        async with page.turn:
            if event.at < page.at:
                return False
            page.at = event.at
            try:
                answer = await client.views_update(view_id=way.view, hash=page.hash or None, view=view)
            except LOST as problem:
                log.warning("answer_lost", action="slack.answer_lost", code=code_of(problem))
                return False
            page.hash = str((answer.get("view") or {}).get("hash") or "")
            return True

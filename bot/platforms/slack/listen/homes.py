"""The Home tab as it is now, for whoever has it before them.

The rule: whoever has had Home here (opened it, or acted on it or in what was opened from it) and then does
anything at all, anywhere, has it looked at anew, and is shown it if it differs. There is no list of what
changes Home: it would lack the next button.

1. Looking is what opening it is, a `HomeOpened`: it changes nothing, and comes after the acknowledgement.
2. One at a time for each person. What they do meanwhile comes to one more look, however much it was.
3. Publishing keeps Slack's pace. Who has it before them waits for their turn, and is looked at again first
   if they do more meanwhile. What was done elsewhere is looked at after a pause, and gives way to them.
4. Where another process has published since (`hash_conflict`), what we looked at may be old: look again.
   So it is where Slack gave no answer, in a while: to publish twice does no harm.

What somebody else did shows when Home is opened next, and Slack tells every time. So a publishing may be
lost, and what is remembered here too.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.domain.events import HomeOpened
from bot.log import log
from bot.messages.delivery import DeliveryFailed, Why
from bot.messages.model import Response, Say
from bot.platforms.door import Dispatch
from bot.platforms.slack.parse.ids import account, direct
from bot.platforms.slack.parse.values import Heard, Way
from bot.platforms.slack.render.kit import Json
from bot.platforms.slack.render.message import to_home
from bot.platforms.slack.send.calls import Spot
from bot.platforms.slack.send.errors import SlackRefused
from bot.platforms.slack.send.spots import Spots
from bot.platforms.spoken import Speaks
from bot.platforms.trails import digest

METHOD, OLD = "views.publish", "hash_conflict"
PATIENCE = 120.0
"""Seconds that a Home may wait for its turn: so long it takes until 180 who open theirs at once have it."""
PAUSE = 5.0
"""Seconds in which all that somebody does elsewhere comes to one look."""
TRIES = 3
"""How often one Home is published at most because Slack did not take it."""
MOST_KEPT = 5000
"""People; then all whose Home is at rest are forgotten, until they open it again."""


@dataclass
class Page:
    """One person's Home: a digest of what stands there and Slack's own mark of it, where we know.

    `open`: it surely is before them, so that it is shown even if it seems the same; another process may
    have shown something else since. `again`: something was done that has not been looked at; `pausing`: it
    will be, in a while.
    """

    says: str = ""
    hash: str = ""
    open: bool = False
    again: bool = False
    pausing: bool = False
    busy: bool = False


class Homes:
    """Every Home that was shown from here. `look` tells what stands on one now."""

    def __init__(self, look: Dispatch, spots: Spots, speaks: Speaks, now: Callable[[], datetime]) -> None:
        self._look = look
        self._spots = spots
        self._speaks = speaks
        self._now = now
        self.pause: Callable[[], Awaitable[object]] = partial(asyncio.sleep, PAUSE)
        self._pages: dict[tuple[str, str], Page] = {}
        self.showing: set[asyncio.Task[None]] = set()

    def follow(self, heard: Heard, response: Response) -> None:
        """Begin to show it, where this may have changed it. What is opened was looked at just now."""
        way, opened = heard.way, response if isinstance(heard.event, HomeOpened) else None
        whose = way.team, way.user
        if not (way.home or whose in self._pages) or (_failed(response) and not opened):
            return
        if len(self._pages) >= MOST_KEPT:
            self._pages = {one: page for one, page in self._pages.items() if page.busy or page.pausing}
        page = self._pages.setdefault(whose, Page())
        page.again, page.open = True, page.open or way.home
        task = asyncio.create_task(self._show(page, way, opened))
        self.showing.add(task)
        task.add_done_callback(self.showing.discard)

    def stop(self) -> None:
        """The bot closes: whoever opens Home again sees it."""
        for task in self.showing:
            task.cancel()

    async def _show(self, page: Page, way: Way, opened: Response | None) -> None:
        if not way.home:
            if page.pausing:
                return
            page.pausing = True
            await self.pause()
            page.pausing = False
        if page.busy or not page.again:
            return
        page.busy = True
        try:
            await self._until_shown(page, way, opened)
        except DeliveryFailed as late:
            log.info("home_late", action="slack.home_late", team=way.team, kind=late.how)
        except Exception:
            log.warning("home_not_seen", action="slack.home_not_seen", exc_info=True)
        page.busy = page.open = False

    async def _until_shown(self, page: Page, way: Way, opened: Response | None) -> None:
        spot, tries = await self._spots.within(way.team), TRIES
        while page.again and tries:
            page.again = False
            seen, opened = opened or await self._seen(way), None
            if not isinstance(seen, Say):
                continue
            view = to_home(seen.message, self._speaks(account(way.team, way.user)))
            says, is_open = digest(json.dumps(view, sort_keys=True)), page.open
            if says == page.says and not is_open:
                continue
            await self._spots.calls.turn(spot, METHOD, patience=PATIENCE if is_open else 0.0)
            if page.again:
                continue
            page.says, page.open = says, False
            page.hash = await self._publish(spot, page, way, view)
            if not page.hash:
                page.says, page.open, tries = "", page.open or is_open, tries - 1

    async def _seen(self, way: Way) -> Response | None:
        """What opening it would show; None when that cannot be said now, and what stands there stays."""
        opening = HomeOpened(
            id=f"slack:home:{secrets.token_hex(16)}",
            at=self._now(),
            who=account(way.team, way.user),
            where=direct(way.team, way.user),
        )
        response = await self._look(opening)
        return None if _failed(response) else response

    async def _publish(self, spot: Spot, page: Page, way: Way, view: Json) -> str:
        """Publish it once, and return Slack's mark of it; "" where it was not taken."""
        asked = {"user_id": way.user, "view": view, "hash": page.hash or None}
        try:
            answer = await self._spots.calls.make_now(spot, METHOD, spot.client.views_publish, asked)
        except SlackRefused as refused:
            page.again |= refused.code == OLD or refused.how == "later"
            away = refused.trouble.why is Why.AWAY
            if away or not page.again:
                log.warning("answer_lost", action="slack.answer_lost", code=refused.code)
            if away:
                await self.pause()
            return ""
        return str((answer.get("view") or {}).get("hash") or "")


def _failed(response: Response) -> bool:
    return isinstance(response, Say) and response.became == "failed"

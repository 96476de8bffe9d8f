"""What Slack takes from us: a token for good, when it says so; for a while, when it only refuses it.

An incident of Slack's looks like a removal to whoever calls, so that a refusal erases nothing. The token
is kept, nothing is sent, and it is tried again; what a removal does not undo is purged after the grace.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.log import log
from bot.messages.delivery import Why
from bot.platforms.slack.install.workspaces import Workspace, Workspaces, who_am_i
from bot.platforms.slack.parse.values import Gone
from bot.platforms.slack.send.calls import Spot
from bot.platforms.slack.send.client import Web
from bot.platforms.slack.send.errors import LOST, SlackRefused, code_of
from bot.rung import rung
from bot.runtime.metrics import Counts
from storage.post.inbox import StoreAway

AGAIN_SECONDS = 600.0
"""How often a token that was refused is tried."""


class Losses:
    """Told of every loss, and looks for what comes back for as long as it runs."""

    def __init__(
        self, workspaces: Workspaces, web: Web, counts: Counts, is_back: Callable[[None], Awaitable[None]]
    ) -> None:
        self._workspaces = workspaces
        self._is_back = is_back
        self._caught_up = False
        self._web = web
        self._counts = counts
        self._stopping = asyncio.Event()

    async def gone(self, gone: Gone) -> None:
        """Slack says that the bot was removed, or that its token was."""
        removed = await self._workspaces.remove(gone.enterprise, gone.team, gone.at)
        key = gone.team or gone.enterprise
        log.warning("gone", action="slack.gone", key=key, kind=gone.kind, removed=removed)

    async def refused(self, spot: Spot, refused: SlackRefused) -> None:
        """A workspace takes nothing from us: its token is refused, or it is full for an hour."""
        if refused.trouble.why is not Why.DISCONNECTED:
            self._counts.workspaces["paused"] += 1
            log.error("paused", action="slack.paused", key=spot.team, code=refused.code)
            return
        log.warning("refused", action="slack.refused", key=spot.team, code=refused.code)
        try:
            await self._workspaces.mark(spot.workspace, refused=True)
        except StoreAway:  # the next call is refused too
            log.warning("not_marked", action="slack.not_marked", key=spot.team)

    async def run(self) -> None:
        """Try again, at once and then calmly, until stopped."""
        while not self._stopping.is_set():
            try:
                await self.try_again()
            except Exception:  # it must outlive a database that is away for a while
                log.exception("not_tried", action="slack.not_tried")
            await rung(self._stopping, AGAIN_SECONDS)

    def stop(self) -> None:
        self._stopping.set()

    async def try_again(self) -> None:
        """Ask Slack about each token that it refused; where it is taken, what waited goes out.

        The token and what waited are two transactions: where the second was lost, it is done now.
        """
        if not self._caught_up:
            await self._is_back(None)
            self._caught_up = True
        for one in await self._workspaces.store.all():
            if one.refused and await self._is_taken(one):
                self._caught_up = False
                await self._workspaces.mark(one, refused=False)
                self._caught_up = True

    async def _is_taken(self, one: Workspace) -> bool:
        try:
            await who_am_i(self._web.client(one.token.get_secret_value()))
        except LOST as problem:
            key, code = one.team or one.enterprise, code_of(problem)
            log.info("still_refused", action="slack.still_refused", key=key, code=code)
            return False
        return True

"""What an answer gains by, and does not wait long for: who is in a conversation, and what stands there."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.domain.school import Place
from bot.log import log
from bot.messages.model import Message
from bot.platforms.teams.listen.later import Later
from bot.platforms.teams.parse.values import Way
from bot.platforms.teams.render.forms import People
from bot.platforms.teams.send.members import is_guest

Standing = Callable[[Place, str, str], Awaitable[Message | None]]
"""What stands at a reference in a place, as the account ("{tenant}/{aad}") that asks may see it."""

NOBODY = ""
"""The account of nobody: it may see what everybody may."""

UNHURRIED = 10.0
"""Seconds for what nobody waits for."""

Members = Callable[[Place], Awaitable[People]]


class Lookup:
    """Asks, for `patience` seconds. What cannot be had is None; whoever asks goes on without it."""

    def __init__(self, standing: Standing, members: Members, later: Later, patience: float) -> None:
        self._standing = standing
        self._members = members
        self._later = later
        self._patience = patience

    async def people(self, where: Place) -> People | None:
        """Who is there; what comes too late is there the next time."""
        asked = self._later.start(self._members_of(where))
        try:
            async with asyncio.timeout(self._patience):
                found: People | None = await asyncio.shield(asked)
        except TimeoutError:
            return None
        return found

    async def invited(self, where: Place, way: Way) -> bool:
        """Whether they are one of those let in there, and no guest; False when nobody can say."""
        label = dict(await self.people(where) or ()).get(f"{way.tenant}/{way.user}")
        return label is not None and not is_guest(label)

    async def current(self, where: Place, way: Way) -> Message | None:
        """What stands where they acted; None when nothing of ours does."""
        return await self._stands(where, way, f"{way.tenant}/{way.user}", self._patience)

    async def seen_by_all(self, where: Place, way: Way) -> Message | None:
        """What everybody sees where they acted, and nobody waits for. A line that one person sees is none."""
        return await self._stands(where, way, NOBODY, UNHURRIED)

    async def _stands(self, where: Place, way: Way, asker: str, patience: float) -> Message | None:
        if not way.reference:
            return None
        try:
            async with asyncio.timeout(patience):
                return await self._standing(where, way.reference, asker)
        except Exception:  # the act is on disk; the card as it was is no lie, only old
            log.warning("not_standing", action="teams.not_standing", exc_info=True)
            return None

    async def _members_of(self, where: Place) -> People | None:
        try:
            return await self._members(where)
        except Exception as problem:  # noqa: BLE001  the Connector, its network, or our store
            log.warning("no_members", action="teams.no_members", kind=type(problem).__name__)
            return None

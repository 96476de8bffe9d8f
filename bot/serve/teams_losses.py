"""What Teams takes from us for a while: our token, or a whole tenant's leave to speak.

Nothing is erased for it. What waits is parked, and we ask again, at once and then calmly.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal

from bot.log import log
from bot.messages.delivery import DeliveryFailed, Why
from bot.platforms.teams.install.references import Reference
from bot.platforms.teams.send.errors import TeamsRefused
from bot.rung import rung
from bot.runtime.clock import Clock
from bot.runtime.metrics import Counts
from bot.serve.in_store import Run
from storage.post.cut_off import park_under, unpark_under
from storage.post.inbox import StoreAway

AGAIN_SECONDS = 600.0
"""How often a tenant that refused us is asked."""

SOON_SECONDS = 30.0
"""When a tenant is asked again that gave no clear answer."""

MOST_ASKED = 5
"""Places of a tenant that are asked about, one after another, until one answer is clear."""

MENDED = (Why.DISCONNECTED, Why.HELD)
"""What is put right when a tenant takes us again."""

Probe = Callable[[Reference], Awaitable[object]]
"""Asks Teams something harmless about a place. Raises DeliveryFailed."""

Places = Callable[[str], Awaitable[Sequence[Reference]]]
"""What is known of a tenant's places."""

Heard = Literal["taken", "refused", "unclear"]


class TeamsLosses:
    """Told of every tenant that refuses us, and looks for what comes back for as long as it runs."""

    def __init__(self, run: Run, clock: Clock, counts: Counts, probe: Probe, places: Places) -> None:
        self._run = run
        self._clock = clock
        self._counts = counts
        self._probe = probe
        self._places = places
        self._refused: dict[str, Reference] = {}
        self._unclear: set[str] = set()
        self._settling: set[str] = set()
        self._back_at: dict[str, datetime] = {}
        self._caught_up = False
        self._stopping = False
        self._woken = asyncio.Event()

    async def refused(self, reference: Reference, refused: TeamsRefused) -> None:
        """A tenant takes nothing from us: what waits for it is parked, once."""
        tenant = reference.tenant
        if tenant in self._refused:
            return
        self._refused[tenant] = reference
        self._note("refused", tenant, refused.code)
        try:
            await self._run(lambda unit: park_under(unit, _inside(tenant), refused.trouble.why))
        except StoreAway:  # each is parked as it is refused
            log.warning("not_parked", action="teams.not_parked", key=tenant)
        if not self._is_just_back(tenant):
            self._woken.set()

    async def run(self) -> None:
        """Try again, at once and then calmly, until stopped; who is lost now is asked at once."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self.try_again()
            except Exception:  # it must outlive a database that is away for a while
                log.exception("not_tried", action="teams.not_tried")
            await rung(self._woken, self.pause)

    def stop(self) -> None:
        self._stopping = True
        self._woken.set()

    @property
    def pause(self) -> float:
        """Seconds until it is time to try again."""
        return SOON_SECONDS if self._unclear or self._settling else AGAIN_SECONDS

    async def try_again(self) -> None:
        """What was parked before a restart is tried anew; then each tenant that refused us is asked."""
        if not self._caught_up:
            await self._are_back("")
            self._caught_up = True
        for tenant in tuple(self._settling - self._refused.keys()):
            await self._are_back(tenant)  # what was under way when it was refused is parked by now
        self._settling.clear()
        for tenant, reference in tuple(self._refused.items()):
            self._unclear.discard(tenant)
            match await self._asked(tenant, reference):
                case "taken":
                    await self._taken(tenant)
                case "unclear":
                    self._unclear.add(tenant)
                case "refused":
                    pass

    async def _asked(self, tenant: str, first: Reference) -> Heard:
        """Whether it takes us: a place that is gone says nothing of the tenant, and the next one is asked.

        Where Teams refuses every place for a reason of the place's own, each message is told its own.
        """
        heard: Heard = "taken"
        for place in _to_ask(first, await self._places(tenant)):
            try:
                await self._probe(place)
            except DeliveryFailed as failed:
                log.info("asked", action="teams.asked_again", key=tenant, code=str(failed))
                if isinstance(failed, TeamsRefused) and failed.trouble.reach == "tenant":
                    return "refused"
                heard = "unclear" if failed.how == "later" else heard
            else:
                return "taken"
        return heard

    async def _taken(self, tenant: str) -> None:
        await self._are_back(tenant)
        self._refused.pop(tenant, None)
        self._settling.add(tenant)
        self._back_at[tenant] = self._clock.now()
        self._note("taken_again", tenant, "")

    def _is_just_back(self, tenant: str) -> bool:
        """Who takes what we ask, and not what we say, is asked calmly: not for ever in turns."""
        back = self._back_at.get(tenant)
        return back is not None and self._clock.now() < back + timedelta(seconds=AGAIN_SECONDS)

    async def _are_back(self, tenant: str) -> None:
        now = self._clock.now()
        await self._run(lambda unit: unpark_under(unit, _inside(tenant), MENDED, now))

    def _note(self, what: str, tenant: str, code: str) -> None:
        self._counts.workspaces[what] += 1
        log.warning("tenant", action=f"teams.{what}", key=tenant, code=code)


def _to_ask(first: Reference, known: Iterable[Reference]) -> Iterable[Reference]:
    """The place that was refused, then others that Teams can be asked about."""
    others = (one for one in known if one.conversation and one.key != first.key)
    return islice((first, *sorted(others, key=lambda one: one.kind == "personal")), MOST_ASKED)


def _inside(tenant: str) -> str:
    """How the lanes of a tenant, or of all, begin."""
    return f"teams:{tenant}/" if tenant else "teams:"

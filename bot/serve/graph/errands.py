"""Errands in Graph: what is left is worked out, written down as begun, done, and written down as done.

Whatever is interrupted is worked out again the next round. Nobody waits for any of it, and what one
capability is refused holds up no other.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.errands import (
    LEASE,
    NOT_ALLOWED,
    Change,
    Do,
    DocumentErrand,
    DoorErrand,
    Kept,
    Kind,
    Step,
    Undo,
    left_to_do,
    next_try,
    user_of,
)
from bot.domain.errands_files import ChannelFiles
from bot.log import log
from bot.platforms.graph.port import Capability, GraphRefused
from bot.runtime.clock import Clock
from bot.serve.graph.doing import act
from bot.serve.graph.doors import open_door
from bot.serve.graph.leaders import Leaders
from bot.serve.graph.tenant import Tenant
from handlers.errands.leaders import NOT_CHOSEN, Leading
from handlers.errands.settled import NothingToWrite, written
from handlers.errands.wanted import wanted
from storage.errands import kept as shelf
from storage.unit import UnitOfWork

NEEDS: dict[Kind, Capability] = {
    "meeting": "calendar",
    "document": "files",
    "report": "reports",
    "door": "install",
    "nudge": "feed",
}
"""Each kind and what it takes; a door is opened before anybody is nudged."""

MOST_A_ROUND = 100
REFUSED_IN_A_ROW = 3
"""So many people in a row of whom it is not allowed: the rest of the kind waits for the next round."""

ASK_AGAIN = timedelta(hours=6)
"""An administrator's consent is given by people, and once: it is not asked for more often than this."""

BETWEEN_SECONDS = 0.25
"""Four calls a second at most: what one team, and one mailbox, is allowed (Graph, throttling limits)."""


class Errands:
    """Runs rounds over one tenant's errands. `missing`: what we are not allowed, by capability."""

    def __init__(
        self, tenant: Tenant, clock: Clock, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.tenant = tenant
        self._clock = clock
        self._sleep = sleep
        self.missing: dict[Capability, str] = {}
        self.stopped = ""
        """Why nothing at all is done: our key is not taken, or the tenant has not let us in."""
        self.ends: Counter[str] = Counter()
        self.stopping = False
        self._leaders = Leaders(tenant, clock)

    async def round(self) -> None:
        """Do everything that is left, kind by kind."""
        for kind in NEEDS:
            try:
                await self._kind(kind)
            except GraphRefused as refused:  # only "stopped" comes this far: no other call would do better
                self._note_stopped(refused.code)
                return
            except Exception:  # what one kind breaks on is tried again after its lease, and holds up no other
                log.exception("errands_broke", action="graph.broke", kind=kind)
        await self.tenant.run(lambda unit: shelf.prune(unit, self._clock.now()))

    async def _kind(self, kind: Kind) -> None:
        now, one = self._clock.now(), self.tenant
        leading = await self._leading(kind)
        steps = await one.run(lambda unit: _left(unit, one, kind, leading, now))
        refused: set[str] = set()
        in_a_row = 0
        for step in steps[:MOST_A_ROUND]:
            user = user_of(step)
            if self.stopping:
                return
            if user in refused:  # an administrator decides mailbox by mailbox
                continue
            how = await self._take(step)
            in_a_row = in_a_row + 1 if how == "consent" else 0
            refused |= {user} if how == "consent" else set()
            if how == "later" or in_a_row >= REFUSED_IN_A_ROW:
                return
            await self._sleep(BETWEEN_SECONDS)

    async def _leading(self, kind: Kind) -> Leading:
        """Look who reads the channels that summaries may lie in, before any is put there."""
        if kind != "document":
            return NOT_CHOSEN
        found = await self._leaders.look()
        if self._leaders.refused:
            self.note_missing("leaders", self._leaders.refused)
        elif found.seen:
            self.note_granted("leaders")
        return found

    async def _take(self, step: Step) -> str:
        """Do one thing: written down before, done once, written down after. Returns what came of it."""
        begun = await self._begin(step)
        if begun is None:
            return "taken"
        kind = begun.kind
        try:
            await self._look_first(step, begun)
            reference = await act(self.tenant, step, begun, self._clock.now())
        except NothingToWrite:
            self.ends["content"] += 1
            return await self._give_up(begun, "nothing_to_write")
        except GraphRefused as refused:
            self.ends[refused.how] += 1
            await self._refused(begun, step, refused)
            if refused.how == "consent":
                self.note_missing(NEEDS[kind], refused.code)
            return refused.how
        self.ends["done"] += 1
        self.note_granted(NEEDS[kind])
        await self._settle(step, begun, reference)
        return "done"

    async def _look_first(self, step: Step, begun: Kept) -> None:
        """A summary is put in a channel only if nobody reads it by now who may not read the summary."""
        errand = None if isinstance(step, Undo) else step.errand
        if begun.reference or not isinstance(errand, DocumentErrand):
            return
        if isinstance(errand.where, ChannelFiles):
            await self._leaders.ask(errand.school, errand.where)

    async def _give_up(self, begun: Kept, why: str) -> str:
        """It is never done as it stands, and holds up no other."""
        now = self._clock.now()
        log.warning("errand_failed", action="graph.failed", kind=begun.kind, code=why)
        await self.tenant.run(lambda unit: shelf.give_up(unit, begun, why, now))
        return "content"

    async def _begin(self, step: Step) -> Kept | None:
        now = self._clock.now()
        match step:
            case Do(errand=errand, again=again):
                return await self.tenant.run(lambda unit: shelf.begin(unit, errand, again, now))
            case Change(errand=errand, kept=known):
                return await self.tenant.run(lambda unit: shelf.begin(unit, errand, known, now))
            case Undo(kept=known):
                return await self.tenant.run(lambda unit: shelf.hold(unit, known, now))
            case _:
                assert_never(step)

    async def _settle(self, step: Step, begun: Kept, reference: str) -> None:
        now, one = self._clock.now(), self.tenant
        if isinstance(step, Undo):
            await one.run(lambda unit: shelf.drop(unit, begun))
            return
        if isinstance(step.errand, DoorErrand):
            await open_door(one, step.errand.user, reference, now)
        await one.run(lambda unit: written(unit, one.prompts, step.errand, begun, reference, now))

    async def _refused(self, begun: Kept, step: Step, refused: GraphRefused) -> None:
        """Write down when it is tried again, if ever."""
        now, why, run = self._clock.now(), refused.code, self.tenant.run
        once = begun.kind == "nudge"
        left = step.kept if isinstance(step, Undo) else begun  # who is not let in has undone nothing
        match refused.how:
            case "consent":
                said = NOT_ALLOWED + why
                await run(lambda unit: shelf.put_off(unit, left, now + ASK_AGAIN, said, counts=False))
            case "stopped":
                await run(lambda unit: shelf.put_off(unit, left, now + LEASE, why, counts=False))
                raise refused
            case "gone" if isinstance(step, Undo):
                await run(lambda unit: shelf.drop(unit, begun))
            case "doubt" if once:
                await run(lambda unit: shelf.end(unit, begun, "", now))
            case "later" | "held" | "doubt":
                log.info("errand_put_off", action="graph.put_off", kind=begun.kind, code=why)
                until = now + next_try(begun.tries, refused.retry_after)
                await run(lambda unit: shelf.put_off(unit, begun, until, why))
            case "gone" | "content":
                await self._give_up(begun, why)
            case _ as never:
                assert_never(never)

    def note_missing(self, capability: Capability, code: str) -> None:
        if capability not in self.missing:
            log.warning("not_allowed", action="graph.missing", kind=capability, code=code)
        self.missing[capability] = code

    def note_granted(self, capability: Capability) -> None:
        if self.missing.pop(capability, None) is not None:
            log.info("allowed_again", action="graph.granted", kind=capability)
        self.stopped = ""

    def _note_stopped(self, code: str) -> None:
        if not self.stopped:
            log.error("graph_refused", action="graph.stopped", code=code)
        self.stopped = code


def _left(unit: UnitOfWork, one: Tenant, kind: Kind, leading: Leading, now: datetime) -> tuple[Step, ...]:
    return left_to_do(wanted(one.here(unit, now), kind, one.chosen, leading), shelf.kept(unit, kind), now)

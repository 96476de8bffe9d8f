"""Carries what was promised to its platform: never silently lost, never blindly repeated."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from bot.domain.value import SchoolId
from bot.log import log
from bot.messages.delivery import DeliveryFailed, Platform
from bot.messages.plain import plain
from bot.rung import rung
from bot.runtime.calls import LONGEST_CALL_SECONDS, look
from bot.runtime.dispatcher import Dispatcher
from bot.runtime.logs import named
from bot.runtime.verdicts import (
    Ready,
    Verdict,
    after_breaking,
    after_failure,
    after_looking,
    before_sending,
    too_late_to_send,
    without_platform,
    without_store,
)
from storage.post.claims import LEASE, claim, is_first_parked, settle, switch_on
from storage.post.inbox import StoreAway
from storage.post.outbox import Claimed, standing_of
from storage.unit import UnitOfWork

MOST_IN_FLIGHT = 256
"""Platform calls at once: more gained nothing with a platform that answers in 50 ms."""

PATIENCE_SECONDS = (0.2, 1.0, 5.0, 15.0)
"""How long to wait for a store that is away before a reference is given up, and found again later."""

Trouble = Callable[[UnitOfWork, Claimed, str], None]
"""Told in the same transaction when a message is `uncertain` or `quarantined`, or the first is `parked`."""

Hours = Callable[[UnitOfWork, SchoolId, datetime], datetime]
"""The first moment, now or later, when a school may be disturbed."""


class _Taken(NamedTuple):
    """What one claim took: those that are ready to go, and those that were settled at once."""

    ready: tuple[Ready, ...]
    settled: tuple[tuple[Claimed, Verdict], ...]


class Courier:
    """Claims due messages, sends them outside any transaction, and settles what became of them.

    1. Claim, and settle at once what must wait, is late or has nothing to hang under: one transaction.
    2. Send, or look for what may already be there, without any transaction.
    3. Settle, only if the row is still ours.

    One message at a time and place: order holds within a channel, and channels do not wait for
    each other.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
        *,
        trouble: Trouble,
        hours: Hours,
    ) -> None:
        self._dispatcher = dispatcher
        self._platforms = platforms
        self._clock = clock
        self._trouble = trouble
        self._hours = hours
        self._bell = asyncio.Event()
        self._carrying: dict[str, asyncio.Task[None]] = {}
        self._paused: dict[str, datetime] = {}
        self._stopping = False
        self._began = clock()
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self.last_progress = time.monotonic()

    def nudge(self) -> None:
        """There may be something to carry."""
        self._bell.set()

    async def run(self, pause: float = 1.0) -> None:
        """Deliver until stopped; look at least every `pause` seconds, and at once when nudged."""
        self._at_rest.clear()
        try:
            await self._go_round(pause)
        finally:
            self._at_rest.set()

    async def _go_round(self, pause: float) -> None:
        started = False
        while not self._stopping:
            self._bell.clear()
            try:
                started = started or await self._switch_on()
                taken = await self._set_out()
                self.last_progress = time.monotonic()
            except Exception:  # the courier must outlive a database that is away for a while
                log.exception("courier_stumbled", action="courier.stumbled")
                taken = 0
            if not taken and not self._stopping:
                await rung(self._bell, self._rest(pause))

    def _rest(self, pause: float) -> float:
        """Seconds until it is looked again: no longer than until a paused place goes on."""
        left = ((until - self._clock()).total_seconds() for until in self._paused.values())
        return max(min(pause, *left), 0.0) if self._paused else pause

    async def _switch_on(self) -> bool:
        now = self._clock()
        await asyncio.wrap_future(self._dispatcher.run(lambda unit: switch_on(unit, self._platforms, now)))
        return True

    async def stop(self, within: float = 20.0) -> None:
        """Take nothing more, and let what is taken or on its way arrive and be settled."""
        self._stopping = True
        self._bell.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._at_rest.wait()  # it may just be taking some; what is taken is carried
                if self._carrying:
                    await asyncio.wait(self._carrying.values())

    async def deliver(self) -> int:
        """Carry everything that is due now, one message a place; return how many were taken."""
        taken = await self._set_out()
        if self._carrying:
            await asyncio.wait(self._carrying.values())
        return taken

    async def _set_out(self) -> int:
        now = self._clock()
        self._paused = {lane: until for lane, until in self._paused.items() if until > now}
        room = MOST_IN_FLIGHT - len(self._carrying)
        if room <= 0:
            return 0
        busy = {*self._carrying, *self._paused}
        started = time.monotonic()
        taken = await asyncio.wrap_future(
            self._dispatcher.run(lambda unit: self._take(unit, now, busy, room))
        )
        for claimed, verdict in taken.settled:
            _say(claimed, verdict)
        for ready in taken.ready:
            lane = ready.claimed.lane
            task = asyncio.create_task(self._carry(ready, started))
            self._carrying[lane] = task
            task.add_done_callback(partial(self._arrived, lane))
        return len(taken.ready) + len(taken.settled)

    def _arrived(self, lane: str, _task: asyncio.Task[None]) -> None:
        self._carrying.pop(lane, None)
        self._bell.set()

    def _take(self, unit: UnitOfWork, now: datetime, busy: set[str], most: int) -> _Taken:
        taken = claim(unit, now, busy=busy, most=most)
        named_by = ((one.promised.thread_of, one.promised.replacing) for one in taken)
        roots = {key for pair in named_by for key in pair if key}
        standing = standing_of(unit, roots) if roots else {}
        ready, settled = [], []
        for claimed in taken:
            school = claimed.promised.hours_of
            opens = self._hours(unit, school, now) if school else now
            what = before_sending(claimed, opens, standing, now)
            if isinstance(what, Ready):
                ready.append(what)
            else:
                self._write(unit, claimed, what)
                settled.append((claimed, what))
        return _Taken(tuple(ready), tuple(settled))

    async def _carry(self, ready: Ready, started: float) -> None:
        try:
            await self._settle(ready.claimed, await self._try(ready, started))
        except Exception:  # the row stays ours until the lease ends; then it is looked for
            log.exception("not_settled", action="courier.not_settled", key=named(ready.claimed.promised.key))

    async def _try(self, ready: Ready, started: float) -> Verdict:
        claimed, place, replacing = ready
        platform = self._platforms.get(place.platform)
        if platform is None:
            return without_platform(claimed, self._clock())
        held = time.monotonic() - started < LEASE.total_seconds()
        if not held or self._clock() >= claimed.lease_until:
            return too_late_to_send(claimed, self._clock())
        if claimed.doubtful and not replacing:
            return after_looking(claimed, await look(platform, ready), self._clock(), self._began)
        promised = claimed.promised
        message = plain(promised.read) if claimed.plain else promised.read
        try:
            async with asyncio.timeout(LONGEST_CALL_SECONDS):
                reference = await platform.send(message, place, key=promised.key, replacing=replacing)
        except DeliveryFailed as failure:
            return self._failed(claimed, failure)
        except StoreAway:
            return self._failed(claimed, without_store())
        except TimeoutError:
            return after_failure(claimed, DeliveryFailed("doubt", "no answer in time"), self._clock())
        except Exception as problem:
            log.exception("send_broke", action="courier.send_broke", key=named(promised.key))
            return after_breaking(claimed, type(problem).__name__, self._clock())
        return Verdict("sent", {"reference": reference})

    def _failed(self, claimed: Claimed, failure: DeliveryFailed) -> Verdict:
        now = self._clock()
        if failure.how == "later":
            failure.retry_after *= 1 + random.random() / 4  # noqa: S311  jitter is no secret
            if not failure.alone:  # until the moment that the row itself waits for
                self._paused[claimed.lane] = now + timedelta(seconds=failure.retry_after)
        return after_failure(claimed, failure, now)

    async def _settle(self, claimed: Claimed, verdict: Verdict) -> None:
        for patience in (*PATIENCE_SECONDS, None):
            try:
                await asyncio.wrap_future(
                    self._dispatcher.run(lambda unit: self._write(unit, claimed, verdict))
                )
            except StoreAway:
                if patience is None:
                    raise
                await asyncio.sleep(patience)
            else:
                _say(claimed, verdict)
                break

    def _write(self, unit: UnitOfWork, claimed: Claimed, verdict: Verdict) -> None:
        state, values = verdict
        ours = settle(unit, claimed, state=state, **values)
        told = state in {"uncertain", "quarantined"} or (state == "parked" and is_first_parked(unit, claimed))
        if ours and told:
            self._trouble(unit, claimed, state)


def _say(claimed: Claimed, verdict: Verdict) -> None:
    """Log what became of it: after the commit, since until then it is not so."""
    key = named(claimed.promised.key)
    log.info("settled", action=f"courier.{verdict.state}", key=key, attempt=claimed.attempt)

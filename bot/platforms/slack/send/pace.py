"""How fast Slack may be asked: a bucket for each channel and each method of a workspace."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from bot.messages.delivery import DeliveryFailed, Why

LONGEST_WAIT = 3.0
"""Seconds that a call may wait for its turn; a longer wait is the outbox's."""
MOST_BUCKETS = 4000


class Rate(NamedTuple):
    """`burst` calls at once, then one every `every` seconds."""

    every: float
    burst: int


CHANNEL = Rate(1.0, 3)
"""Posts in one channel (chat.postMessage: about one a second, short bursts)."""
WORKSPACE = Rate(0.0, 1)
"""All calls in a workspace: as many as there are, until it asks for a rest."""
HISTORY = Rate(60.0, 1)
"""Reading back: one a minute for apps that are sold outside Slack's own list."""
TIER_2 = Rate(60 / 16, 4)
TIER_3 = Rate(60 / 40, 10)
TIER_4 = Rate(60 / 80, 20)
"""Four fifths of what the tier allows in a minute, a quarter of that at once."""

RATES: dict[str, Rate] = {
    "chat.update": TIER_3,
    "chat.delete": TIER_3,
    "chat.postEphemeral": TIER_4,
    "conversations.open": TIER_3,
    "conversations.history": HISTORY,
    "conversations.replies": HISTORY,
    "files.getUploadURLExternal": TIER_4,
    "files.completeUploadExternal": TIER_4,
}


@dataclass
class Bucket:
    """`free_at` is when it would be full again, had nothing more been taken."""

    free_at: float = 0.0
    shut_until: float = 0.0


class Pace:
    """Holds the buckets. Whoever asks waits a little, or is told how long it would take."""

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._buckets: dict[Hashable, Bucket] = {}

    async def turn(self, turns: dict[Hashable, Rate], patience: float = LONGEST_WAIT) -> None:
        """Take one from each bucket, waiting at most `patience`. Raises DeliveryFailed("later")."""
        now = self._clock()
        wait = max((self._wait(key, rate, now) for key, rate in turns.items()), default=0.0)
        if wait > patience:
            raise DeliveryFailed("later", Why.BUSY, wait)
        for key, rate in turns.items():
            bucket = self._bucket(key, now)
            bucket.free_at = max(bucket.free_at, now) + rate.every
        if wait > 0:
            await self._sleep(wait)

    def pause(self, key: Hashable, seconds: float) -> bool:
        """Slack asked for a rest: this key only. False when it rests already, and calls under way say so."""
        now = self._clock()
        bucket = self._bucket(key, now)
        rested, bucket.shut_until = bucket.shut_until > now, now + seconds
        return not rested

    def _wait(self, key: Hashable, rate: Rate, now: float) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return 0.0
        return max(bucket.free_at - now - rate.every * (rate.burst - 1), bucket.shut_until - now, 0.0)

    def _bucket(self, key: Hashable, now: float) -> Bucket:
        if len(self._buckets) >= MOST_BUCKETS:
            self._buckets = {
                one: bucket
                for one, bucket in self._buckets.items()
                if max(bucket.free_at, bucket.shut_until) > now
            }
        return self._buckets.setdefault(key, Bucket())

"""How fast a platform may be asked: a bucket for each thing it counts. A long wait is the outbox's."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from bot.messages.delivery import DeliveryFailed, Why

LONGEST_WAIT = 3.0
"""Seconds that a call may wait for its turn; a longer wait is the outbox's."""
NO_WAIT = 0.05
"""Seconds that are over before anybody could have been told of them."""
LONGEST_REST = 3600.0
"""Seconds: no answer of a platform's, however odd, keeps us quiet for longer."""
MOST_BUCKETS = 4000


class Rate(NamedTuple):
    """`burst` calls at once, then one every `every` seconds."""

    every: float
    burst: int


@dataclass
class Bucket:
    """`free_at` is when it would be full again, had nothing more been taken."""

    free_at: float = 0.0
    shut_until: float = 0.0


def rest_of(header: object, now: datetime | None = None, *, most: float = LONGEST_REST) -> float:
    """What a `Retry-After` asks us to wait, in seconds or as a date (RFC 9110, 10.2.3): `most` at most.

    0 where it says nothing that can be used: it is somebody else's text, and may be anything.
    """
    told = str(header).strip()
    try:
        seconds = float(told)
    except ValueError:
        seconds = _until(told, now or datetime.now(UTC))
    return min(seconds, most) if seconds > 0 else 0.0  # nothing is more than NaN


def _until(date: str, now: datetime) -> float:
    try:
        return (parsedate_to_datetime(date) - now).total_seconds()
    except (TypeError, ValueError, OverflowError):  # no date, or one without a zone
        return 0.0


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
        """Take one from each bucket, waiting at most `patience`. Raises DeliveryFailed("later").

        Where a rest is asked for meanwhile, whoever would have ended their wait in it takes a new turn.
        """
        begun = now = self._clock()
        while True:
            rest = self._rest(turns)
            wait = max((self._wait(key, rate, now) for key, rate in turns.items()), default=0.0)
            if wait > begun + patience - now:
                raise DeliveryFailed("later", Why.BUSY, wait)
            for key, rate in turns.items():
                bucket = self._bucket(key, now)
                bucket.free_at = max(bucket.free_at, now) + rate.every
            if wait > 0:
                await self._sleep(wait)
            now = self._clock()
            if self._rest(turns) <= max(rest, now):
                return

    def must_be_free(self, turns: dict[Hashable, Rate]) -> None:
        """Take nothing; raise DeliveryFailed("later") where a turn would have to be waited for.

        For a change: waiting in the outbox it gives way to a newer one, and waiting here it does not.
        """
        now = self._clock()
        wait = max((self._wait(key, rate, now) for key, rate in turns.items()), default=0.0)
        if wait > NO_WAIT:
            raise DeliveryFailed("later", Why.BUSY, wait)

    def pause(self, key: Hashable, seconds: float) -> bool:
        """The platform asked for a rest: this key only.

        False when it rests already, and calls under way say so.
        """
        now = self._clock()
        bucket = self._bucket(key, now)
        rested = bucket.shut_until > now
        bucket.shut_until = max(bucket.shut_until, now + seconds)  # less is said of a rest that is begun
        bucket.free_at = max(bucket.free_at, bucket.shut_until)  # after a rest: one burst, and then the rate
        return not rested

    def _rest(self, turns: Iterable[Hashable]) -> float:
        return max((self._buckets[key].shut_until for key in turns if key in self._buckets), default=0.0)

    def _wait(self, key: Hashable, rate: Rate, now: float) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return 0.0
        return max(bucket.free_at - now - rate.every * (rate.burst - 1), bucket.shut_until - now, 0.0)

    def _bucket(self, key: Hashable, now: float) -> Bucket:
        if len(self._buckets) >= MOST_BUCKETS:
            self._buckets = {one: bucket for one, bucket in self._buckets.items() if bucket.free_at > now}
        return self._buckets.setdefault(key, Bucket())

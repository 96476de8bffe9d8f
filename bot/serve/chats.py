"""How the chats stand: the bot is of use as long as one of them reaches it."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Iterator, Sequence

from bot.log import log
from bot.runtime.metrics import Sample, gauge
from bot.serve.sides import NOT_KNOWN_SECONDS, Side
from bot.settings import SettingsRefused
from storage.engine import StoreRefused
from storage.post.inbox import StoreAway

AGAIN_SECONDS = 600.0
"""How often a chat that refused us is asked again: an administrator may let us in where we are refused."""

REFUSED_SECONDS = 60.0
"""How long a message waits to be tried again while its chat refuses us: until somebody mends that."""


class Chats:
    """The sides where something is said, each with what keeps it away."""

    def __init__(
        self, sides: Sequence[Side], sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._named = {side: side.platform.name for side in sides if side.platform}
        self._refused: set[Side] = set()
        self._sleep = sleep

    async def connect(self, side: Side, say: Callable[[str], None]) -> None:
        """Find out who we are there, however long it takes, and however long the store is away.

        One that refuses us takes no other chat along.

        Raises SettingsRefused, or StoreRefused when its keys cannot be opened, when no other chat is on
        or can still be.
        """
        while True:
            try:
                await side.connect()
            except StoreAway:
                log.warning("store_away", action="serve.store_away", kind=self._named.get(side))
                await self._sleep(NOT_KNOWN_SECONDS)
            except (SettingsRefused, StoreRefused) as refused:
                again = side in self._refused
                self._refused.add(side)
                if self._refused.issuperset(self._named):
                    raise
                log.exception("refused", action="serve.chat_refused", kind=self._named.get(side))
                if not again:
                    say(str(refused))
                await self._sleep(AGAIN_SECONDS)
            else:
                self._refused.discard(side)
                return

    def pause(self, side: Side) -> float:
        """Seconds that what is to be said there waits, while the side is not known."""
        return REFUSED_SECONDS if side in self._refused else NOT_KNOWN_SECONDS

    def away(self, stuck: Container[str]) -> tuple[str, ...]:
        """Name everything that keeps a chat from us. `stuck`: the parts that have stopped."""
        return tuple(name for side in self._named for name in self._keeping(side, stuck))

    def hindrances(self, stuck: Container[str]) -> tuple[str, ...]:
        """Name what keeps every chat from us; nothing when we can speak in one."""
        ready = any(not self._keeping(side, stuck) for side in self._named)
        return () if ready else self.away(stuck)

    def samples(self, stuck: Container[str]) -> tuple[Sample, ...]:
        ready = {name: float(not self._keeping(side, stuck)) for side, name in self._named.items()}
        return (gauge("nulage_chat_ready", "Whether we can speak there.", ready, "chat"),)

    def _keeping(self, side: Side, stuck: Container[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._found(side, stuck)))

    def _found(self, side: Side, stuck: Container[str]) -> Iterator[str]:
        if side in self._refused:
            yield f"{self._named[side]}_refused"
            return
        yield from side.hindrances()
        yield from (part.name for part in side.parts() if part.name in stuck)

"""The dead man's switch: somebody elsewhere is told that we live, and notices when we no longer say so."""

import asyncio
from concurrent.futures import Future
from functools import partial
from urllib.error import HTTPError

from bot.beside import begun
from bot.fetching import answer_of
from bot.log import log

PATIENCE_SECONDS = 5.0
LONGEST_SECONDS = 10.0
"""Until who answers drop by drop is left, and can be asked again."""


class Ping:
    """Fetches `url`, and nothing more: what it answers is of no interest.

    It does so in a thread of its own, one at a time: whoever answers drop by drop holds neither the loop,
    nor the threads that others need, nor the bot when it closes.
    """

    def __init__(
        self, url: str, patience: float = PATIENCE_SECONDS, longest: float = LONGEST_SECONDS
    ) -> None:
        self._url = url
        self._patience = patience
        self._longest = longest
        self._under_way: Future[None] | None = None

    async def __call__(self) -> bool:
        """False when it could not be had in time. Raises nothing: whoever lives must not die of saying so."""
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.wrap_future(self._fetched())
        except Exception as problem:  # noqa: BLE001  it is somebody else's server, and may answer anything
            log.warning("ping_failed", action="heartbeat.ping_failed", kind=type(problem).__name__)
            return False
        return True

    def _fetched(self) -> Future[None]:
        """The fetch that is under way, or a new one."""
        if self._under_way is None or self._under_way.done():
            self._under_way = begun(partial(_fetch, self._url, self._longest), "ping")
        return self._under_way


def _fetch(url: str, longest: float) -> None:
    try:
        answer_of(url, longest).close()
    except HTTPError as answer:
        answer.close()
        raise
